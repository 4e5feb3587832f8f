import {spawn} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterEach, expect, test} from '@jest/globals'
import {type Fault, type Forge, type ForgeOptions, type RepositorySeed, startForge} from '@mcp-release/forge'
import {type NodeVersion, describeEachNode} from './node-versions'
import {runBundle, temporaryFolder} from './run-bundle'

// gh-release as a process, on each Node.js: faults, SIGKILL, two at once, many files.

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

type StandOptions = Partial<ForgeOptions> & Pick<RepositorySeed, 'immutableReleases'>

async function stand({immutableReleases = false, ...options}: StandOptions = {}): Promise<Forge> {
  const repository = {owner: 'acme', name: 'tool', tags: {'v1.2.3': 'c'.repeat(40)}, immutableReleases}
  const forge = await startForge({repositories: [repository], ...options})
  open.push(forge)
  return forge
}

const strange = ['read me.txt', 'notes [1].txt', 'Größe.md', '-dash.bin']
const published = ['-dash.bin', 'Gro.e.md', 'SHA256SUMS', 'notes.1.txt', 'read.me.txt']

function workspace(names: readonly string[] = strange): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'dist'))
  for (const name of names) writeFileSync(join(folder, 'dist', name), `The bytes of ${name}`)
  return folder
}

const environment = (forge: Forge) => ({
  GITHUB_API_URL: forge.url,
  GITHUB_GRAPHQL_URL: forge.graphqlUrl,
  GITHUB_REPOSITORY: 'acme/tool',
  GITHUB_REF: 'refs/tags/v1.2.3',
  GITHUB_SHA: 'c'.repeat(40),
})
const inputs = {
  files: 'dist/*',
  body: 'Notes',
  checksums: 'true',
  concurrency: '2',
  timeout: '1',
  token: 'hidden-token',
}

function release(forge: Forge, {program}: NodeVersion, folder = workspace(), more: Record<string, string> = {}) {
  return runBundle('gh-release', {
    inputs: {...inputs, ...more},
    env: environment(forge),
    workspace: folder,
    node: program,
  })
}

async function expectComplete(forge: Forge, names: readonly string[] = published): Promise<void> {
  expect(forge.releases()).toHaveLength(1)
  const [view] = forge.releases()
  expect(view).toMatchObject({draft: false, body: 'Notes'})
  expect(view?.assets.map(({name, state}) => `${name} ${state}`).sort()).toEqual(
    [...names].sort().map(name => `${name} uploaded`),
  )
  const sums = view?.assets.find(({name}) => name === 'SHA256SUMS')
  const digests = view?.assets
    .filter(asset => asset !== sums)
    .map(({name, digest}) => `${(digest ?? '').replace('sha256:', '')}  ${name}`)
  const lines = sums === undefined ? [] : (await forge.assetBytes(sums.id)).toString().trim().split('\n')
  expect(digests?.sort()).toEqual(lines.sort())
}

const bundle = join(dirname(fileURLToPath(import.meta.url)), '../../dist/gh-release/index.js')

/** Starts the bundle; at the nth request that the forge gets, the process is killed. */
async function killedAt(nth: number, node: NodeVersion, immutableReleases: boolean) {
  let kill: () => void = () => undefined
  const onRequest = (n: number) => {
    if (n === nth) kill()
  }
  const forge = await stand({immutableReleases, onRequest})
  const folder = workspace()
  const given = Object.entries(inputs).map(([name, value]): [string, string] => [`INPUT_${name.toUpperCase()}`, value])
  const runner = {PATH: process.env['PATH'] ?? '', GITHUB_WORKSPACE: folder, RUNNER_TEMP: temporaryFolder()}
  const env = {...environment(forge), ...runner, ...Object.fromEntries(given)}
  const child = spawn(node.program, [bundle], {env, stdio: 'ignore'})
  kill = () => child.kill('SIGKILL')
  const signal = await new Promise<string | null>(resolve => child.on('close', (_, name) => resolve(name)))
  return {forge, folder, signal}
}

// by tag, list, ref, create, list, the files, assets, SHA256SUMS, assets, ref, publish.
const calls = 5 + strange.length + 5

const kinds: Readonly<Record<string, Omit<Fault, 'match'>>> = {
  '500': {kind: 'status', status: 500},
  '502 that leaves a starter': {kind: 'status', status: 502, leaves: 'starter'},
  '503': {kind: 'status', status: 503},
  '429': {kind: 'rate-limit', status: 429, retryAfterSeconds: -2},
  'secondary limit': {kind: 'secondary-limit', status: 403, retryAfterSeconds: 0},
  'reset half-way': {kind: 'reset-half-way', leaves: 'starter'},
  'answer lost': {kind: 'answer-lost'},
  stall: {kind: 'stall'},
}
const needed = ['get-release-by-tag', 'create-release', 'upload-release-asset', 'list-release-assets', 'update-release']

describeEachNode(node => {
  test(`a run makes ${calls} calls`, async () => {
    const forge = await stand()
    expect(await release(forge, node)).toMatchObject({exitCode: 0})
    expect(forge.requests).toHaveLength(calls)
    await expectComplete(forge)
  })

  test.each(Object.entries(kinds))('%s at one call after the other: exit code 0, and complete', async (_, fault) => {
    const run = async (operation: string) => {
      const forge = await stand()
      forge.faults.add({...fault, match: {operationId: `repos/${operation}`}})
      expect([operation, (await release(forge, node)).exitCode]).toEqual([operation, 0])
      expect(forge.requests.filter(({fault: hit}) => hit !== undefined)).toHaveLength(1)
      await expectComplete(forge)
    }
    await Promise.all(needed.map(run))
  })

  test('a limit that does not end: exit code 1, nothing is public, and a later run completes it', async () => {
    const forge = await stand()
    const folder = workspace()
    const match = {operationId: 'repos/update-release'}
    forge.faults.add({kind: 'secondary-limit', retryAfterSeconds: 86_400, match, times: Infinity})
    const {exitCode, stdout} = await release(forge, node, folder)
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('::error::gh-release [GITHUB_LIMIT]')])
    expect(forge.releases()).toMatchObject([{draft: true}])
    forge.faults.clear()
    expect(await release(forge, node, folder)).toMatchObject({exitCode: 0})
    await expectComplete(forge)
  })

  test.each(Array.from({length: calls}, (_, at) => at + 1))(
    'killed at call %i and run again, the release is complete',
    async nth => {
      // The other half of the calls has its turn on the other Node.js.
      const immutable = (nth % 2 === 0) === (node.program === 'node24')
      const {forge, folder, signal} = await killedAt(nth, node, immutable)
      expect(signal).toBe('SIGKILL')
      expect(await release(forge, node, folder)).toMatchObject({exitCode: 0})
      await expectComplete(forge)
      expect(forge.releases()[0]?.immutable).toBe(immutable)
      // All is there: a third run sends nothing.
      const before = forge.requests.length
      expect(await release(forge, node, folder)).toMatchObject({exitCode: 0, outputs: {state: 'unchanged'}})
      expect(forge.requests.slice(before).every(({method}) => method === 'GET')).toBe(true)
    },
  )

  test('two at once end with one release that has the files of both', async () => {
    const forge = await stand({latency: 20})
    const only = {checksums: 'false'}
    const runs = [workspace(['one.txt', 'same.txt']), workspace(['two.txt', 'same.txt'])]
    const results = await Promise.all(runs.map(folder => release(forge, node, folder, only)))
    expect(results.map(({exitCode}) => exitCode)).toEqual([0, 0])
    expect(forge.releases()).toHaveLength(1)
    expect(
      forge
        .releases()[0]
        ?.assets.map(({name}) => name)
        .sort(),
    ).toEqual(['one.txt', 'same.txt', 'two.txt'])
  })

  test('a release may have 1,000 files', async () => {
    const forge = await stand({immutableReleases: true})
    const names = Array.from({length: 999}, (_, at) => `file-${String(at).padStart(4, '0')}.txt`)
    const folder = workspace(names)
    const wide = {concurrency: '10', timeout: '60'}
    expect(await release(forge, node, folder, wide)).toMatchObject({exitCode: 0, outputs: {state: 'created'}})
    await expectComplete(forge, [...names, 'SHA256SUMS'])
    const before = forge.requests.length
    expect(await release(forge, node, folder, wide)).toMatchObject({exitCode: 0, outputs: {state: 'unchanged'}})
    expect(forge.requests.slice(before).map(({operationId}) => operationId?.replace('repos/', ''))).toEqual([
      ...Array<unknown>(3).fill(expect.any(String)),
      ...Array<string>(11).fill('list-release-assets'),
    ])
  }, 60_000)
})
