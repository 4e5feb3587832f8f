import {afterEach, expect, test} from '@jest/globals'
import type {Forge} from '@mcp-release/forge'
import {machine, published, release, startStand} from './testing/release-scene'

const built = 'c'.repeat(40)
const moved = 'e'.repeat(40)
const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

async function stand(options: Parameters<typeof startStand>[0] = {}) {
  const forge = await startStand(options)
  open.push(forge)
  return {forge, host: await machine(forge)}
}

const refusal = {
  code: 'TAG_MOVED',
  message: `the tag v1.2.3 stands for commit ${moved}, and the files are those of ${built}`,
}

test.each([
  ['the commit of the run that the tag started', {}],
  ['a commit that is said', {'target-commitish': built.toUpperCase(), 'tag-name': 'refs/tags/v1.2.3'}],
])('a tag that was moved away from %s makes no release, and not even a draft', async (_, inputs) => {
  const {forge, host} = await stand()
  forge.pushTag('acme/tool', 'v1.2.3', moved)
  // the tag v1.2.3 stands for commit eeee
  await expect(release(host, inputs)).rejects.toMatchObject(refusal)
  await expect(release(host, {...inputs, 'dry-run': 'true'})).rejects.toMatchObject(refusal)
  expect(forge.releases()).toEqual([])
})

test('a tag that is moved while files are sent publishes nothing; put back, the same draft is published', async () => {
  const stage: {forge?: Forge} = {}
  const onRequest = (_: number, {operationId}: {readonly operationId: string | undefined}) => {
    if (operationId === 'repos/upload-release-asset') stage.forge?.pushTag('acme/tool', 'v1.2.3', moved)
  }
  const {forge, host} = await stand({onRequest})
  stage.forge = forge
  await expect(release(host)).rejects.toMatchObject(refusal)
  expect(published(forge)).toEqual([])
  forge.pushTag('acme/tool', 'v1.2.3', built)
  expect(await release(host)).toMatchObject({draft: 'false', state: 'updated'})
  expect(forge.releases()).toHaveLength(1)
})

test('a finished release whose tag was moved afterwards is not gone on with', async () => {
  const {forge, host} = await stand()
  const {id} = await release(host)
  forge.pushTag('acme/tool', 'v1.2.3', moved)
  await expect(release(host)).rejects.toMatchObject(refusal)
  await expect(release(host, {'release-id': id})).rejects.toMatchObject(refusal)
  // What is left as it is publishes nothing: a job that releases each new version on its branch ends well.
  expect(await release(host, {'on-existing-release': 'skip'})).toMatchObject({state: 'unchanged'})
})

test('an annotated tag stands for the commit behind it, also through another tag', async () => {
  const [outer, inner] = ['1'.repeat(40), '2'.repeat(40)]
  const tagObjects = {[outer]: {name: 'v1.2.3', target: inner}, [inner]: {name: 'signed', target: built}}
  const {forge, host} = await stand({tagObjects})
  forge.pushTag('acme/tool', 'v1.2.3', outer)
  expect(await release(host)).toMatchObject({draft: 'false'})
  const other = await stand({tagObjects: {[outer]: {name: 'v1.2.3', target: moved}}})
  other.forge.pushTag('acme/tool', 'v1.2.3', outer)
  await expect(release(other.host)).rejects.toMatchObject(refusal)
})

test('a branch of the same name is not the tag, and a branch as target says no commit', async () => {
  const {forge, host} = await stand({branches: {main: 'd'.repeat(40), 'v1.2.3': moved}})
  expect(await release(host, {'target-commitish': 'main'})).toMatchObject({draft: 'false'})
  expect(forge.tags('acme/tool')['v1.2.3']).toBe(built)
})

test('a draft that an earlier run made on another commit is published on this one', async () => {
  const {forge, host} = await stand()
  const inputs = {'tag-name': 'v2.0.0'}
  await release(host, {...inputs, 'target-commitish': moved, draft: 'true'})
  await release(host, {...inputs, 'target-commitish': built})
  expect(forge.tags('acme/tool')['v2.0.0']).toBe(built)
  expect(published(forge)).toMatchObject([{targetCommitish: built}])
})
