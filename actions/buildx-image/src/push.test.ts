import {beforeEach, expect, test} from '@jest/globals'
import {readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {contract} from './action.gen'
import {readFacts} from './facts'
import {refine} from './inputs'
import {planBuild} from './plan'
import {push} from './push'
import {type FakeBuildx, fakeBuildx, writeLayout} from './testing/fake-buildx'

const tool = {buildx: ['docker', 'buildx'], builder: 'ci'}
const tags = ['ghcr.io/o/n:1.0.0', 'ghcr.io/o/n:latest', 'quay.io/o/n:1.0.0']
const other = `sha256:${'0'.repeat(64)}`
let fake: FakeBuildx
let host: FakeHost

beforeEach(async () => {
  fake = fakeBuildx()
  host = new FakeHost(fake.program)
  await host.files.write('Containerfile', 'FROM scratch\n')
})

async function pushed(): Promise<{readonly digest: string; readonly references: readonly string[]}> {
  const inputs = {INPUT_PUSH: 'true', INPUT_TAGS: tags.join('\n'), INPUT_PLATFORMS: 'linux/amd64'}
  const request = await refine(host, readInputs(contract, inputs))
  const plan = planBuild(request, await readFacts(host, request, 0))
  const labels = {'org.opencontainers.image.created': '1970-01-01T00:00:00Z'}
  const digest = await writeLayout(undefined, {platforms: ['linux/amd64'], user: fake.user, labels, epoch: 0})
  const folder = await host.files.makeTemporary('push')
  return {
    digest,
    references: await push(host, tool, {
      publication: {request, plan, digest, folder},
      policy: {attempts: 3, delay: 1, longestDelay: 1},
    }),
  }
}

const steps = () =>
  host.commands
    .map(({argv}) => argv)
    .filter(argv => argv[2] === 'build' || argv[3] === 'create')
    .map(argv => argv.find(word => /^--(?:output|tag)=/.test(word))?.replace(/,push=.*/, ''))

test('each repository gets the image by digest once, then all tags are set', async () => {
  const {digest, references} = await pushed()
  expect(steps()).toEqual([
    '--output=type=image,name=ghcr.io/o/n',
    '--output=type=image,name=quay.io/o/n',
    ...tags.map(tag => `--tag=${tag}`),
  ])
  expect([...fake.registry]).toEqual(tags.map(tag => [tag, digest]))
  expect(references).toEqual([`ghcr.io/o/n@${digest}`, `quay.io/o/n@${digest}`])
})

test('a second run sends nothing', async () => {
  const {digest} = await pushed()
  const before = steps().length
  expect((await pushed()).digest).toBe(digest)
  expect(steps()).toHaveLength(before)
})

test('latest moves', async () => {
  fake.registry.set('ghcr.io/o/n:latest', other)
  const {digest} = await pushed()
  expect(fake.registry.get('ghcr.io/o/n:latest')).toBe(digest)
})

test('a version that is published with other bytes is refused before anything is sent', async () => {
  fake.registry.set('quay.io/o/n:1.0.0', other)
  const message: unknown = expect.stringContaining(`quay.io/o/n:1.0.0 is published as ${other}`)
  await expect(pushed()).rejects.toMatchObject({code: 'PUBLISHED', message})
  expect(steps()).toEqual([])
})

test('server errors pass, a refusal does not', async () => {
  fake.failures.push('ERROR: unexpected status from POST request: 503 Service Unavailable')
  await pushed()
  expect(steps()).toHaveLength(6)
  fake.registry.clear()
  fake.images.clear()
  fake.failures.push('ERROR: failed to push: 403 Forbidden')
  await expect(pushed()).rejects.toMatchObject({
    code: 'PUSH',
    message: 'ghcr.io/o/n: buildx build exited with 1:\nERROR: failed to push: 403 Forbidden',
    hint: expect.stringContaining('packages: write'),
  })
  expect(steps()).toHaveLength(7)
})

test('after the last attempt the words of the registry are shown', async () => {
  fake.failures.push(...Array.from({length: 3}, () => 'ERROR: 502 Bad Gateway'))
  const message: unknown = expect.stringContaining('502 Bad Gateway')
  await expect(pushed()).rejects.toMatchObject({code: 'PUSH', message})
})

test('other bytes than those that were checked get no tag', async () => {
  fake.pushed = other
  await expect(pushed()).rejects.toMatchObject({
    code: 'DIGEST',
    message: expect.stringMatching(
      /^ghcr\.io\/o\/n: sha256:0{64} was pushed, but sha256:\w{64} was built and checked before$/,
    ),
    hint: expect.stringContaining('pin what the Containerfile downloads'),
  })
  expect(fake.registry.size).toBe(0)
})
