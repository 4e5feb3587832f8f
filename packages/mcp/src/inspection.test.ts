import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Inspection, type InspectionOptions, inspectServer, parseToolCall, toolsFile} from './index'
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
  'both-eras': 'ok',
  'stdout-purity': 'ok',
  'output-limits': 'ok',
  'server-name': 'skipped',
  'server-version': 'ok',
  'tools-valid': 'ok',
  'schemas-valid': 'ok',
  'expected-tools': 'skipped',
  'declared-tools': 'skipped',
  'tool-calls': 'skipped',
  'tools-compatible': 'skipped',
  'resources-listed': 'skipped',
  'resource-templates-listed': 'skipped',
  'prompts-listed': 'skipped',
  'clean-exit': 'ok',
  'sigterm-exit': 'ok',
  'no-orphans': 'ok',
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
  expect(check(await inspect({quirk: 'talks-at-the-end'}), 'stdout-purity')?.detail).toMatch(/line \d: bye$/)
})

test.each([
  ['floods-stdout', 'line 1: xxx'],
  ['floods-one-line', 'a line longer than 16 MiB'],
] as const)(
  'a server that %s is killed before it fills the memory',
  async (quirk, words) => {
    const found = await inspect({quirk}, {timeoutMilliseconds: 40_000})
    expect(check(found, 'stdout-purity')?.detail).toContain(words)
    expect(check(found, 'handshake')?.detail).toContain('ended with SIGKILL before it answered')
  },
  60_000,
)

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

test('a server that ignores SIGTERM, or talks when it comes, is found out on a process of its own', async () => {
  const ignoring = await inspect({quirk: 'ignores-sigterm'})
  expect(statuses(ignoring)).toEqual({...healthy, 'sigterm-exit': 'warning'})
  const talking = await inspect({quirk: 'talks-on-sigterm'})
  expect(statuses(talking)).toEqual({...healthy, 'stdout-purity': 'failed'})
  expect(check(talking, 'stdout-purity')?.detail).toContain('shutting down')
})

test.each(['legacy', 'modern'] as const)('a %s server that can only run once at a time passes', async era => {
  const lock = join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock')
  expect(statuses(await inspect({era, lock}))).toEqual(healthy)
})

test.each([
  ['leaves-a-child', 1],
  ['leaves-a-daemon', 1],
  ['forks', 20],
] as const)('the processes of a server that %s are found and killed', async (quirk, count) => {
  // Only Linux tells of processes that have left the group.
  if (process.platform === 'win32' || (process.platform !== 'linux' && quirk === 'leaves-a-daemon')) return
  const found = await inspect({quirk})
  expect(check(found, 'no-orphans')).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining(`left ${process.platform === 'linux' ? count : 1} process`),
  })
})

test('a gigabyte on stderr ends the server and stays out of memory', async () => {
  const before = process.memoryUsage.rss()
  let most = before
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss())
  }, 20)
  const found = await inspect({quirk: 'floods-stderr'}, {timeoutMilliseconds: 40_000})
  clearInterval(timer)
  expect(check(found, 'output-limits')).toMatchObject({
    status: 'failed',
    detail: 'wrote more than 64 MiB to stderr; it was killed',
  })
  expect((most - before) / 1024 / 1024).toBeLessThan(200)
}, 60_000)

test('schemas are judged, and where they are wrong is said', async () => {
  const inputSchema = {type: 'object', properties: {a: {type: 'strng'}}}
  const found = await inspect({pages: [[{name: 'add', inputSchema}]]})
  expect(check(found, 'schemas-valid')).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('inputSchema of "add": /properties/a/type'),
  })
})

test('resources, their templates and prompts are listed; a server may have no templates', async () => {
  const capabilities = {tools: {}, resources: {}, prompts: {}}
  const templates = (found: Inspection) => check(found, 'resource-templates-listed')
  expect(templates(await inspect({capabilities}))).toMatchObject({status: 'ok', detail: '1 listed'})
  expect(templates(await inspect({capabilities, quirk: 'no-templates'}))?.status).toBe('skipped')
})

test('pages that come slowly, one after the other, end in time', async () => {
  const found = await inspect({quirk: 'slow-pages'}, {timeoutMilliseconds: 600})
  expect(check(found, 'tools-valid')?.detail).toMatch(
    /no end after \d+ pages; the time for all lists is over|no answer/,
  )
})

const outputSchema = {type: 'object', properties: {sum: {type: 'integer'}}, required: ['sum']}
const adder = {name: 'add', inputSchema: {type: 'object'}, outputSchema}
const block = (text: string) => [{type: 'text', text}]

test.each([
  ['add => 3', {content: block('the sum is 3'), structuredContent: {sum: 3}}, 'ok', '1 answered as expected'],
  ['add => {"sum": 3}', {content: block(''), structuredContent: {sum: 3, more: 1}}, 'ok', '1 answered as expected'],
  ['add', {content: [], structuredContent: {sum: 3}}, 'ok', '1 answered as expected'],
  ['add => {"sum": 4}', {content: [], structuredContent: {sum: 3}}, 'failed', 'add: expected {"sum":4}, got {"sum":3}'],
  [
    'add => four',
    {content: block('3'), structuredContent: {sum: 3}},
    'failed',
    'add: expected the text "four", got "3"',
  ],
  ['add', {content: block('no'), isError: true}, 'failed', 'add: answered with an error: no'],
  ['add', {content: [], structuredContent: {sum: '3'}}, 'failed', /add: structuredContent does not fit .*\/sum/],
  ['add', {content: block('3')}, 'failed', 'add: has an outputSchema, but answered without structuredContent'],
  ['add', {}, 'failed', 'add: answered without a list "content"'],
  ['sub {"a": 1}', {}, 'failed', 'sub: is not listed'],
])('the call %s of what answers %j: %s', async (line, answer, status, words) => {
  const call = parseToolCall(line)
  const found = await inspect({pages: [[adder]], calls: {add: answer}}, {calls: call === undefined ? [] : [call]})
  expect(check(found, 'tool-calls')).toMatchObject({status, detail: expect.stringMatching(words)})
})

test('the name that a server states is compared with that of the release', async () => {
  const named = (any: readonly string[], strict: boolean) => inspect({}, {names: {any, strict}})
  expect(check(await named(['io.github.me/Fixture', '@me/fixture', 'Fixture'], false), 'server-name')?.status).toBe(
    'ok',
  )
  expect(check(await named(['mcp-server-fixture'], false), 'server-name')?.status).toBe('ok')
  expect(check(await named(['other-mcp-server'], false), 'server-name')?.status).toBe('warning')
  expect(check(await named(['Fixture'], true), 'server-name')).toMatchObject({
    status: 'failed',
    detail: 'the server says "fixture", the release is "Fixture"',
  })
})

test('a broken tool in a release that does not say so is a warning or an error', async () => {
  const gone = {name: 'gone', inputSchema: {type: 'object'}}
  const previous = toolsFile([{server: {name: 'fixture', version: '1.0.0'}, tools: [gone]}])
  const compared = async (version: string, breakingChange?: 'error') =>
    check(
      await inspect({version}, {version, previous, ...(breakingChange === undefined ? {} : {breakingChange})}),
      'tools-compatible',
    )
  expect(await compared('1.0.1')).toMatchObject({
    status: 'warning',
    detail: 'breaking since 1.0.0, in a patch version: gone removed',
  })
  expect(await compared('1.1.0', 'error')).toMatchObject({status: 'failed'})
  expect(await compared('2.0.0', 'error')).toMatchObject({status: 'ok', detail: 'asks for a major version'})
})
