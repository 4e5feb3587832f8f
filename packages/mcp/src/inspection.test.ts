import {tmpdir} from 'node:os'
import {setTimeout as pause} from 'node:timers/promises'
import {expect, test} from '@jest/globals'
import {type Inspection, type InspectionOptions, inspectServer} from './index'
import {type FixtureBehaviour, fixtureServer, serverScript} from './testing'

const env = {PATH: process.env['PATH'] ?? ''}
const defaults: InspectionOptions = {
  timeoutMilliseconds: 6000,
  version: '1.0.0',
  versionMismatch: 'error',
  expectTools: [],
  graceMilliseconds: 1000,
}

function inspectArgv(argv: readonly string[], options: Partial<InspectionOptions> = {}): Promise<Inspection> {
  return inspectServer({argv, cwd: tmpdir(), env}, {...defaults, ...options})
}

function inspect(behaviour: FixtureBehaviour, options: Partial<InspectionOptions> = {}): Promise<Inspection> {
  return inspectArgv(fixtureServer(behaviour), options)
}

const statuses = ({checks}: Inspection) => Object.fromEntries(checks.map(({name, status}) => [name, status]))
const check = ({checks}: Inspection, name: string) => checks.find(each => each.name === name)
const healthy = {
  handshake: 'ok',
  'stdout-purity': 'ok',
  'server-version': 'ok',
  'tools-valid': 'ok',
  'expected-tools': 'skipped',
  'resources-listed': 'skipped',
  'prompts-listed': 'skipped',
  'clean-exit': 'ok',
}

test('a legacy server passes, with its tools, start-up time and memory', async () => {
  const found = await inspect({})
  expect(statuses(found)).toEqual(healthy)
  expect(found).toMatchObject({era: 'legacy', protocol: '2025-11-25', server: {name: 'fixture', version: '1.0.0'}})
  expect(found.tools.map(({name}) => name)).toEqual(['add'])
  expect(found.startMilliseconds).toBeGreaterThan(10)
  if (process.platform === 'linux') expect(found.peakMemoryKilobytes).toBeGreaterThan(10_000)
})

test('an older protocol version is accepted, an unknown one is not', async () => {
  expect(await inspect({protocol: '2024-11-05'})).toMatchObject({protocol: '2024-11-05'})
  const unknown = check(await inspect({protocol: '1999-01-01'}), 'handshake')
  expect(unknown).toMatchObject({status: 'failed', detail: expect.stringContaining('protocolVersion 1999-01-01')})
})

test('a modern server passes without initialize', async () => {
  const found = await inspect({era: 'modern'})
  expect(statuses(found)).toEqual(healthy)
  expect(found).toMatchObject({era: 'modern', protocol: '2026-07-28', server: {name: 'fixture'}})
})

test('a server of a later era fails with the versions that it speaks', async () => {
  const found = await inspect({era: 'modern', supportedVersions: ['2031-01-01']})
  expect(check(found, 'handshake')?.detail).toContain('speaks protocol 2031-01-01')
})

test('a server that dies on server/discover gets a fresh process', async () => {
  expect(statuses(await inspect({quirk: 'dies-on-discover'}))).toEqual(healthy)
})

test('a server that never answers server/discover gets a fresh process', async () => {
  expect(statuses(await inspect({quirk: 'silent-on-discover'}, {timeoutMilliseconds: 2000}))).toEqual(healthy)
})

test.each([
  ['sdk-server', [], 'legacy', '2.1.0'],
  ['modern-sdk-server', [], 'modern', '3.0.0rc1'],
  ['modern-sdk-server', ['modern-only'], 'modern', 'v3.0.0-rc.1'],
] as const)('the %s %j of the official SDK passes', async (name, args, era, version) => {
  const found = await inspectArgv([process.execPath, serverScript(name), ...args], {version, expectTools: ['now']})
  expect(found.checks.filter(({status}) => status !== 'ok' && status !== 'skipped')).toEqual([])
  expect(found.era).toBe(era)
})

test('a log line on stdout fails and is shown safe for a log', async () => {
  const found = await inspect({quirk: 'logs-on-stdout'})
  expect(check(found, 'stdout-purity')).toMatchObject({
    status: 'failed',
    detail: String.raw`stdout holds what is no JSON-RPC message: line 1: \u001b[32mINFO\u001b[0m server is starting`,
  })
  expect(check(found, 'handshake')?.status).toBe('ok')
})

test('a last word on stdout after the end is found', async () => {
  expect(check(await inspect({quirk: 'talks-at-the-end'}), 'stdout-purity')?.detail).toMatch(/line 3: bye$/)
})

test.each([
  ['floods-stdout', 'line 1: xxx'],
  ['floods-one-line', 'a line longer than 16 MiB'],
] as const)('a server that %s is killed before it fills the memory', async (quirk, words) => {
  const found = await inspect({quirk})
  expect(check(found, 'stdout-purity')?.detail).toContain(words)
  expect(check(found, 'handshake')?.detail).toContain('ended with SIGKILL before it answered')
})

test('a server that hangs fails in time', async () => {
  const found = await inspect({quirk: 'hangs'}, {timeoutMilliseconds: 1000})
  expect(check(found, 'handshake')?.detail).toBe('no answer to initialize within 1 s; it wrote nothing to stderr')
})

test('a server that ends at once fails with its last words', async () => {
  const found = await inspect({quirk: 'exits-at-once'})
  expect(check(found, 'handshake')?.detail).toBe(
    'ended with exit code 3 before it answered initialize; its last words:\n  cannot find the settings',
  )
})

test('a program that is not there fails', async () => {
  expect(check(await inspectArgv(['/no/such/server']), 'handshake')?.detail).toContain('could not be started')
})

test('variables reach the server', async () => {
  const argv = fixtureServer({quirk: 'needs-env'})
  expect(statuses(await inspectArgv(argv))).toMatchObject({handshake: 'failed'})
  const found = await inspectServer({argv, cwd: tmpdir(), env: {...env, API_TOKEN: 'x'}}, defaults)
  expect(statuses(found)).toEqual(healthy)
})

test('requests of the server are answered', async () => {
  expect(statuses(await inspect({quirk: 'asks-back'}))).toEqual(healthy)
})

test('all pages of tools are read, and those that never end are not', async () => {
  const tool = (name: string) => ({name, inputSchema: {type: 'object'}})
  const found = await inspect({pages: [[tool('a')], [tool('b')], [tool('c')]]}, {expectTools: ['c', 'd']})
  expect(found.tools.map(({name}) => name)).toEqual(['a', 'b', 'c'])
  expect(check(found, 'expected-tools')?.detail).toBe('lacks d; it lists a, b, c')
  expect(check(await inspect({quirk: 'same-page'}), 'tools-valid')?.detail).toContain('came twice')
  expect(check(await inspect({quirk: 'endless-pages'}), 'tools-valid')?.detail).toContain('no end after 200 pages')
})

test('tools that no client can use fail, all at once', async () => {
  const pages = [[{name: 'a', inputSchema: {type: 'object'}}, {name: 'a', inputSchema: {type: 'string'}}, {name: ''}]]
  expect(check(await inspect({pages}), 'tools-valid')).toEqual({
    name: 'tools-valid',
    status: 'failed',
    detail: 'the tool "a" has no inputSchema of type object; the tool name "a" is there twice; tool 3 has no name',
  })
})

test('resources that are declared and cannot be listed are a warning', async () => {
  const capabilities = {tools: {}, resources: {}, prompts: {}}
  expect(statuses(await inspect({capabilities}))).toMatchObject({'resources-listed': 'ok', 'prompts-listed': 'ok'})
  const found = await inspect({capabilities, quirk: 'no-resources'})
  expect(check(found, 'resources-listed')?.status).toBe('warning')
})

test('another version is a warning or an error', async () => {
  const detail = 'the server says "0.9.0", the release is 1.0.0'
  const [strict, lenient] = [
    await inspect({version: '0.9.0'}),
    await inspect({version: '0.9.0'}, {versionMismatch: 'warning'}),
  ]
  expect(check(strict, 'server-version')).toEqual({name: 'server-version', status: 'failed', detail})
  expect(check(lenient, 'server-version')?.status).toBe('warning')
})

test('a server that only SIGTERM ends is a warning, one that nothing ends fails', async () => {
  expect(check(await inspect({quirk: 'needs-sigterm'}), 'clean-exit')?.status).toBe('warning')
  expect(check(await inspect({quirk: 'ignores-the-end'}), 'clean-exit')?.detail).toContain('it was killed')
})

test('processes that a server leaves behind are found and killed', async () => {
  if (process.platform === 'win32') return
  const found = await inspect({quirk: 'leaves-a-child'})
  expect(check(found, 'clean-exit')).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('left processes'),
  })
  await pause(100)
})
