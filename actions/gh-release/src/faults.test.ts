import {afterEach, describe, expect, test} from '@jest/globals'
import type {Fault, Forge} from '@mcp-release/forge'
import {githubReleases, patience} from '@mcp-release/github'
import {temporaryName} from './reconcile'
import {
  type StandOptions,
  callsOf,
  contents,
  haste,
  machine,
  published,
  release,
  startStand,
  threeFiles,
} from './testing/release-scene'

const open: Forge[] = []
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

const named = Object.fromEntries(Object.entries(threeFiles).map(([path, text]) => [path.replace('dist/', ''), text]))
const pace = {...haste, timeout: 150}
const inputs = {checksums: 'true', body: 'Notes', 'generate-notes': 'true', prune: 'superseded-*'}

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
const variants: typeof kinds = {
  '500 after the effect': {kind: 'status', status: 500, effect: true},
  'reset before': {kind: 'reset-before'},
  'answer truncated': {kind: 'truncate-answer'},
  'stall after the effect': {kind: 'stall', effect: true},
}

/** Where a run begins: with nothing, or with what an interrupted one left, in a repository of several pages of releases. */
const beginnings = {'a fresh tag': fresh, 'a broken draft': brokenDraft} as const
type Beginning = keyof typeof beginnings

async function fresh(options: StandOptions = {}): Promise<Forge> {
  const forge = await startStand(options)
  open.push(forge)
  return forge
}

/** A draft in which each file is in another state, older than a page of other releases. */
async function brokenDraft(options: StandOptions = {}): Promise<Forge> {
  const forge = await fresh({...options, otherReleases: 100})
  const server = {
    apiUrl: forge.url,
    graphqlUrl: forge.graphqlUrl,
    token: 't',
    repository: {owner: 'acme', name: 'tool'},
  }
  const releases = githubReleases(server, patience, () => undefined)
  const {release: draft} = await releases.create({tag: 'v1.2.3', name: 'v1.2.3', body: '', prerelease: false})
  const host = await machine(forge, {old: 'outdated', ...threeFiles})
  const sha256 = await host.files.sha256('dist/b.tar.gz')
  const send = async (path: string, name: string) => {
    const {size} = (await host.files.stat(path)) ?? {size: 0}
    const file = {path: `${host.workspace}/${path}`, name, size, sha256: await host.files.sha256(path)}
    await releases.upload(draft, file)
  }
  await send('old', 'a.txt')
  await send('old', 'b.tar.gz')
  await send('dist/b.tar.gz', temporaryName({path: '', name: 'b.tar.gz', size: 0, sha256}))
  await send('old', 'superseded-1.bin')
  forge.faults.add({kind: 'status', status: 502, leaves: 'starter', match: {operationId: 'repos/upload-release-asset'}})
  const address = draft.uploadUrl.replace(/\{.*$/, '?name=c.json')
  const headers = {authorization: 'token t', 'content-type': 'text/plain'}
  expect((await fetch(address, {method: 'POST', headers, body: 'half'})).status).toBe(502)
  return forge
}

interface CallPlace {
  readonly operationId: string
  readonly nth: number
}

/** Which calls a run makes, as operation and how often it came before. */
async function callsOfARun(beginning: Beginning): Promise<readonly CallPlace[]> {
  const forge = await beginnings[beginning]()
  const from = forge.requests.length
  await release(await machine(forge), inputs)
  const seen = new Map<string, number>()
  const calls = callsOf(forge, from).map(operationId => {
    const nth = (seen.get(operationId) ?? 0) + 1
    seen.set(operationId, nth)
    return {operationId, nth}
  })
  for (const each of open.splice(0)) await each.close()
  return calls
}

const places = {
  'a fresh tag': await callsOfARun('a fresh tag'),
  'a broken draft': await callsOfARun('a broken draft'),
} as const

async function expectComplete(forge: Forge): Promise<void> {
  const ours = forge.releases().filter(({tagName}) => tagName === 'v1.2.3')
  expect(ours).toHaveLength(1)
  const [view] = ours
  expect(view?.draft).toBe(false)
  expect(view?.assets.every(({state, digest}) => state === 'uploaded' && digest !== null)).toBe(true)
  const {SHA256SUMS, ...files} = await contents(forge, view)
  expect(files).toEqual(named)
  expect(SHA256SUMS?.split('\n')).toHaveLength(Object.keys(named).length + 1)
}

test('the runs make the calls that the faults are meant for', () => {
  const all = [...places['a fresh tag'], ...places['a broken draft']].map(({operationId}) => operationId)
  expect([...new Set(all)].sort()).toEqual([
    'git/get-ref',
    'graphql',
    'repos/create-release',
    'repos/delete-release-asset',
    'repos/generate-release-notes',
    'repos/get-release',
    'repos/get-release-by-tag',
    'repos/list-release-assets',
    'repos/list-releases',
    'repos/update-release',
    'repos/update-release-asset',
    'repos/upload-release-asset',
  ])
})

const faults = (beginning: Beginning, some: typeof kinds) =>
  Object.entries(some).map(([kind, fault]) => ({beginning, kind, fault}))
const everyFault = [...faults('a fresh tag', {...kinds, ...variants}), ...faults('a broken draft', kinds)]

describe.each(everyFault)('$kind once, with $beginning', ({beginning, fault}) => {
  test.each(places[beginning])('at $operationId number $nth: the release is complete', async match => {
    const forge = await beginnings[beginning]({immutableReleases: match.nth % 2 === 0})
    forge.faults.clear()
    const from = forge.requests.length
    forge.faults.add({...fault, match})
    await release(await machine(forge), inputs, pace)
    expect(forge.requests.slice(from).some(({fault: hit}) => hit !== undefined)).toBe(true)
    await expectComplete(forge)
  })
})

const needed = [...new Set(places['a fresh tag'].map(({operationId}) => operationId))]
describe.each(Object.entries(kinds))('%s for ever', (_, fault) => {
  test.each(needed)('at %s: nothing is public unless the release is complete', async operationId => {
    const forge = await fresh()
    const host = await machine(forge)
    forge.faults.add({...fault, match: {operationId}, times: Infinity})
    const quick = {...pace, timeout: 100, attempts: 2, limits: 2}
    const code = await release(host, inputs, quick).then(
      () => undefined,
      (error: unknown) => (error as {code?: string}).code,
    )
    if (published(forge).length > 0) await expectComplete(forge)
    else expect(code).toMatch(/^GITHUB_/)
    forge.faults.clear()
    await release(host, inputs, pace)
    await expectComplete(forge)
  })
})

test('all calls wait when one of them meets a limit', async () => {
  const forge = await fresh({
    rateLimit: {secondary: {mutations: 3, windowSeconds: 1, retryAfterSeconds: 1, status: 403}},
  })
  const files = Object.fromEntries(Array.from({length: 6}, (_, at) => [`dist/file-${at}.txt`, `text ${at}`]))
  await release(await machine(forge, files), {concurrency: '6'}, pace)
  expect(Object.keys(await contents(forge, published(forge)[0]))).toHaveLength(6)
  const refused = forge.requests.filter(({status}) => status === 403)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(18)
})

test('a quota that is spent makes all calls wait until the time that the server tells', async () => {
  const forge = await fresh({rateLimit: {limit: 5, windowSeconds: 2}})
  await release(await machine(forge), {}, pace)
  expect(await contents(forge, published(forge)[0])).toEqual(named)
  const refused = forge.requests.filter(({status}) => status === 403)
  expect(refused.length).toBeGreaterThan(0)
})

test('a page of HTML becomes one line, with the call and the id of the request', async () => {
  const forge = await fresh()
  forge.faults.add({kind: 'status', status: 502, match: {operationId: 'repos/create-release'}, times: Infinity})
  await expect(release(await machine(forge), {}, {...pace, attempts: 2})).rejects.toMatchObject({
    code: 'GITHUB_UNREACHABLE',
    message: expect.stringMatching(
      /^POST \/repos\/acme\/tool\/releases answered 502: a page titled "502 Bad Gateway" \(request \S+\)$/,
    ),
  })
})
