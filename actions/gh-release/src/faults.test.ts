import {afterEach, describe, expect, test} from '@jest/globals'
import type {Fault, Forge} from '@mcp-release/forge'
import {callsOf, contents, haste, machine, published, release, startStand, threeFiles} from './testing/release-scene'

const open: Forge[] = []
async function stand(options: Parameters<typeof startStand>[0] = {}): Promise<Forge> {
  const forge = await startStand(options)
  open.push(forge)
  return forge
}
afterEach(async () => {
  for (const forge of open.splice(0)) await forge.close()
})

const named = Object.fromEntries(Object.entries(threeFiles).map(([path, text]) => [path.replace('dist/', ''), text]))
const pace = {...haste, timeout: 400}

const kinds: Readonly<Record<string, Omit<Fault, 'match'>>> = {
  '500': {kind: 'status', status: 500},
  '500 after the effect': {kind: 'status', status: 500, effect: true},
  '502 that leaves a starter': {kind: 'status', status: 502, leaves: 'starter'},
  '503': {kind: 'status', status: 503},
  '429': {kind: 'secondary-limit', status: 429, retryAfterSeconds: 0},
  'secondary limit': {kind: 'secondary-limit', status: 403, retryAfterSeconds: 0},
  'reset before': {kind: 'reset-before'},
  'reset half-way': {kind: 'reset-half-way', leaves: 'starter'},
  'answer lost': {kind: 'answer-lost'},
  'answer truncated': {kind: 'truncate-answer'},
  stall: {kind: 'stall'},
  'stall after the effect': {kind: 'stall', effect: true},
}

/** Which calls a run makes, as operation and how often it came before. */
async function callsOfARun(inputs: Record<string, string>): Promise<readonly {operationId: string; nth: number}[]> {
  const forge = await startStand()
  await release(await machine(forge), inputs)
  const seen = new Map<string, number>()
  const calls = callsOf(forge).map(operationId => {
    const nth = (seen.get(operationId) ?? 0) + 1
    seen.set(operationId, nth)
    return {operationId, nth}
  })
  await forge.close()
  return calls
}

const inputs = {checksums: 'true', body: 'Notes', 'generate-notes': 'true'}
const calls = await callsOfARun(inputs)

async function expectComplete(forge: Forge): Promise<void> {
  expect(forge.releases()).toHaveLength(1)
  const [view] = published(forge)
  expect(view?.assets.every(({state, digest}) => state === 'uploaded' && digest !== null)).toBe(true)
  const {SHA256SUMS, ...files} = await contents(forge, view)
  expect(files).toEqual(named)
  expect(SHA256SUMS?.split('\n')).toHaveLength(Object.keys(named).length + 1)
}

test('a run makes the calls that the faults are meant for', () => {
  expect(new Set(calls.map(({operationId}) => operationId))).toEqual(
    new Set([
      'repos/get-release-by-tag',
      'graphql',
      'repos/list-releases',
      'git/get-ref',
      'repos/generate-release-notes',
      'repos/create-release',
      'repos/upload-release-asset',
      'repos/list-release-assets',
      'repos/update-release',
      'repos/get-release',
    ]),
  )
})

describe.each(Object.entries(kinds))('%s once', (_, fault) => {
  test.each(calls)('at $operationId number $nth: the release is complete', async match => {
    const forge = await stand({immutableReleases: match.nth % 2 === 0})
    forge.faults.add({...fault, match})
    await release(await machine(forge), inputs, pace)
    expect(forge.requests.some(({fault: hit}) => hit !== undefined)).toBe(true)
    await expectComplete(forge)
  })
})

const needed = [...new Set(calls.map(({operationId}) => operationId))]
describe.each(['500', 'answer lost', 'secondary limit', 'reset half-way'])('%s for ever', kind => {
  test.each(needed)('at %s: nothing is public unless the release is complete', async operationId => {
    const forge = await stand()
    const host = await machine(forge)
    forge.faults.add({kind: 'status', ...kinds[kind], match: {operationId}, times: Infinity})
    const quick = {...pace, attempts: 3, limits: 3}
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
  const forge = await stand({
    rateLimit: {secondary: {mutations: 3, windowSeconds: 1, retryAfterSeconds: 1, status: 403}},
  })
  const files = Object.fromEntries(Array.from({length: 6}, (_, at) => [`dist/file-${at}.txt`, `text ${at}`]))
  await release(await machine(forge, files), {concurrency: '6'}, pace)
  expect(Object.keys(await contents(forge, published(forge)[0]))).toHaveLength(6)
  const refused = forge.requests.filter(({status}) => status === 403)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.length).toBeLessThanOrEqual(18)
})

test('a page of HTML becomes one line, with the call and the id of the request', async () => {
  const forge = await stand()
  forge.faults.add({kind: 'status', status: 502, match: {operationId: 'repos/create-release'}, times: Infinity})
  await expect(release(await machine(forge), {}, {...pace, attempts: 2})).rejects.toMatchObject({
    code: 'GITHUB_UNREACHABLE',
    message: expect.stringMatching(
      /^POST \/repos\/acme\/tool\/releases answered 502: a page titled "502 Bad Gateway" \(request \S+\)$/,
    ),
  })
})
