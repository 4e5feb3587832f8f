import {afterEach, expect, test} from '@jest/globals'
import type {FakeHost} from '@mcp-release/action-kit/testing'
import type {Forge} from '@mcp-release/forge'
import {CallFailure, type Release, type Releases, githubReleases, patience} from '@mcp-release/github'
import {run} from './run'
import type {Task} from './task'
import {contents, haste, machine, startStand} from './testing/release-scene'

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

const draft = {tag: 'v1.2.3', name: 'v1.2.3', body: '', prerelease: false}

interface Race {
  readonly forge: Forge
  readonly host: FakeHost
  readonly task: Task
  readonly releases: Releases
  /** The draft of the other job, which this one does not see until it has made its own. */
  readonly first: Release
}

/** Another job made its draft just after this one had looked for it; `meanwhile` is done before the second look. */
async function race(meanwhile: (forge: Forge, releases: Releases) => Promise<void> = () => Promise.resolve()) {
  const forge = await startStand({latency: 2})
  open.push(forge)
  const host = await machine(forge)
  const repository = {owner: 'acme', name: 'tool'}
  const server = {apiUrl: forge.url, graphqlUrl: forge.graphqlUrl, token: 't', repository}
  const real = githubReleases(server, {...patience, ...haste}, () => undefined)
  const {release: first} = await real.create(draft)
  let looks = 0
  const listNewest = async () => {
    if (++looks === 1) return {newest: [], areAll: true}
    await meanwhile(forge, real)
    return real.listNewest()
  }
  const releases = new Proxy(real, {
    get: (target, name: keyof Releases) =>
      name === 'listNewest' ? listNewest : (target[name] as () => unknown).bind(target),
  })
  const paths = ['dist/a.txt', 'dist/b.tar.gz', 'dist/c.json']
  const files = paths.map(async path => ({
    path: `${host.workspace}/${path}`,
    name: path.replace('dist/', ''),
    size: (await host.files.stat(path))?.size ?? 0,
    sha256: await host.files.sha256(path),
  }))
  const task: Task = {
    tag: draft.tag,
    releaseId: undefined,
    files: await Promise.all(files),
    metadata: {name: undefined, body: undefined, prerelease: undefined},
    onExistingAsset: 'replace',
    onExtraAsset: 'keep',
    onExistingRelease: 'update',
    appendBody: false,
    generateNotes: false,
    previousTag: undefined,
    target: undefined,
    commit: undefined,
    complete: true,
    draft: false,
    makeLatest: 'auto',
    discussionCategory: undefined,
    expect: [],
    prune: [],
    checksums: false,
    concurrency: 1,
  }
  return {forge, host, task, releases, first} satisfies Race
}

const uploads = (forge: Forge) =>
  forge.requests.filter(({operationId}) => operationId === 'repos/upload-release-asset').length

/** Until the first file is on the way, or whole. */
async function someFilesAreSent(forge: Forge): Promise<void> {
  for (let looks = 0; uploads(forge) < 2 && looks < 500; looks++) await new Promise(resolve => setTimeout(resolve, 2))
}

test('files are on their way while another job may still turn out to be first; then its draft gets them', async () => {
  const {forge, host, task, releases, first} = await race(someFilesAreSent)
  const {release, state} = await run(task, {releases, host})
  expect(release.id).toBe(first.id)
  expect(state).toBe('updated')
  expect(uploads(forge)).toBeGreaterThan(task.files.length)
  expect(forge.releases().map(({id, draft: isDraft}) => [id, isDraft])).toEqual([[first.id, false]])
  expect(Object.keys(await contents(forge, forge.releases()[0]))).toEqual(['a.txt', 'b.tar.gz', 'c.json'])
})

test('the own draft stays when another job has put a file into it', async () => {
  const {forge, host, task, releases, first} = await race(async (there, real) => {
    await someFilesAreSent(there)
    const own = (await real.list()).find(({assets}) => assets.length > 0)
    const file = {...(await foreignFile(there)), name: 'foreign.txt'}
    await real.upload(own as Release, file)
  })
  const {release} = await run(task, {releases, host})
  expect(release.id).toBe(first.id)
  expect(forge.releases().filter(({draft: isDraft}) => !isDraft)).toMatchObject([{id: first.id}])
  const [left] = forge.releases().filter(({draft: isDraft}) => isDraft)
  expect(left?.assets.map(({name}) => name)).toContain('foreign.txt')
  expect(host.lines.join('\n')).toMatch(/created release \d+ for v1\.2\.3 first; draft \d+ stays: it holds/)
})

async function foreignFile(forge: Forge) {
  const host = await machine(forge, {foreign: 'of another job'})
  const {size} = (await host.files.stat('foreign')) ?? {size: 0}
  return {path: `${host.workspace}/foreign`, size, sha256: await host.files.sha256('foreign')}
}

test('nothing is published when nobody says whether another job was first', async () => {
  const {forge, host, task, releases} = await race(() => {
    throw new CallFailure({outcome: 'refused', message: 'GET /releases answered 418'})
  })
  await expect(run(task, {releases, host})).rejects.toThrow('answered 418')
  expect(forge.releases().every(({draft: isDraft}) => isDraft)).toBe(true)
})

test('a fault of an upload counts only when the draft is the right one', async () => {
  const {forge, host, task, releases, first} = await race(someFilesAreSent)
  const match = {operationId: 'repos/upload-release-asset', nth: 2}
  forge.faults.add({kind: 'status', status: 422, match})
  expect((await run(task, {releases, host})).release.id).toBe(first.id)
})
