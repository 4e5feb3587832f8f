import {tmpdir} from 'node:os'
import {expect, test} from '@jest/globals'
import {type Inspection, type InspectionOptions, inspectServer} from './index'
import {healthyScript} from './testing/one-fault-servers.mjs'
import {serverScript} from './testing'

const defaults: InspectionOptions = {
  timeoutMilliseconds: 6000,
  versionMismatch: 'warning',
  expectTools: [],
  graceMilliseconds: 1000,
}

async function inspect(script: object, options: Partial<InspectionOptions> = {}): Promise<Inspection> {
  const argv = [process.execPath, serverScript('scripted-server'), JSON.stringify(script)]
  return inspectServer({argv, cwd: tmpdir(), env: {PATH: process.env['PATH'] ?? ''}}, {...defaults, ...options})
}

const check = ({checks}: Inspection, name: string) => checks.find(each => each.name === name)
const [older, newer] = [healthyScript('legacy'), healthyScript('modern')]
const tool = (name: string, more: object = {}) => ({name, inputSchema: {type: 'object'}, ...more})
// Answers fit both eras: each ignores what it does not know.
const withTools = (...tools: readonly object[]) => ({
  result: {resultType: 'complete', ttlMs: 0, cacheScope: 'public', tools},
})

test('a server for both eras offers the same in both', async () => {
  const found = await inspect({...older, ...newer})
  expect(found.era).toBe('modern')
  expect(check(found, 'both-eras')).toEqual({
    name: 'both-eras',
    status: 'ok',
    detail: '2026-07-28 and 2025-11-25, the same tools',
  })
})

// https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#compatibility-matrix
test('a server for one era is told who can use it', async () => {
  const [old, recent] = [await inspect(older), await inspect(newer)]
  expect(check(old, 'both-eras')?.detail).toBe(
    'protocol 2025-11-25; newer clients use it if they fall back to initialize',
  )
  expect(check(recent, 'both-eras')).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(/^only clients of protocol 2026-07-28 can use it: initialize answered error -32601/),
  })
  const refusing = await inspect({...newer, initialize: {error: {code: -32022, message: 'too old'}}})
  expect(check(refusing, 'both-eras')?.detail).toContain('it refuses initialize as too old')
})

test('what older clients get otherwise is told, and what they refuse fails', async () => {
  const initialize = {...older['initialize']?.result, serverInfo: {name: 'fixture', version: '0.9.0'}}
  const differs = await inspect({...newer, initialize: {result: {...initialize, capabilities: {tools: {}}}}})
  expect(check(differs, 'both-eras')).toEqual({
    name: 'both-eras',
    status: 'warning',
    detail:
      'with initialize (2025-11-25) it differs: its version is "0.9.0", otherwise "1.0.0"; it declares no resources; it declares no prompts',
  })
  const both = {...older, ...newer}
  const others = {
    'tools/list': {result: {tools: [tool('add'), tool('sub')]}},
    'prompts/list': {result: {prompts: [{name: 'q'}]}},
  }
  expect(check(await inspect({...both, older: others}), 'both-eras')).toMatchObject({
    status: 'warning',
    detail:
      'with initialize (2025-11-25) it differs: it lacks the tool sum; it has the tool sub more; the tool add has another inputSchema; it lacks the prompt p; it has the prompt q more',
  })
  const wrong = {'resources/list': {result: {resources: [{uri: 7, name: 'a'}]}}}
  expect(check(await inspect({...both, older: wrong}), 'both-eras')).toMatchObject({
    status: 'failed',
    detail: 'with initialize (2025-11-25): resources[0] "a".uri: expected string, received number',
  })
  const broken = await inspect({...newer, initialize: {result: {...initialize, instructions: 7}}})
  expect(check(broken, 'both-eras')).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('instructions: expected string, received number'),
  })
  // Any type of result is right since 2026-07-28 and refused by older clients.
  const listed = withTools(tool('add', {outputSchema: {type: 'array'}}))
  const wider = await inspect({...older, ...newer, 'tools/list': listed})
  expect(check(wider, 'tools-valid')?.status).toBe('ok')
  expect(check(wider, 'both-eras')?.detail).toContain('outputSchema that is not of type object')
})

test('a tool whose parameters in headers are wrong is dropped over HTTP, and that is said', async () => {
  const inputSchema = {type: 'object', properties: {a: {type: 'number', 'x-mcp-header': 'A'}}}
  const found = await inspect({...newer, 'tools/list': withTools({name: 'add', inputSchema})})
  expect(check(found, 'tools-valid')).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining(
      'clients over HTTP drop the tool "add": x-mcp-header of a is on a parameter of the type',
    ),
  })
})

// https://modelcontextprotocol.io/specification/2026-07-28/server/tools#tool-names
test.each([
  ['get_weather', 'ok'],
  ['DATA.export-v2', 'ok'],
  ['files/read', 'warning'],
  ['read file', 'warning'],
  ['grüße', 'warning'],
  ['a'.repeat(128), 'ok'],
  ['a'.repeat(129), 'warning'],
])('the tool name %s: %s', async (name, status) => {
  const found = await inspect({...older, 'tools/list': {result: {tools: [tool(name)]}}})
  expect(check(found, 'tools-valid')?.status).toBe(status)
})

test('a server that offers nothing, or states no version, is told so', async () => {
  const initialize = {...older['initialize']?.result, capabilities: {}, serverInfo: {name: 'fixture', version: ''}}
  const found = await inspect({initialize: {result: initialize}})
  expect(check(found, 'tools-valid')).toMatchObject({
    status: 'warning',
    detail: 'offers no tools, no resources and no prompts at all',
  })
  expect(check(found, 'server-version')).toMatchObject({
    status: 'warning',
    detail: 'the server states an empty version',
  })
  const none = {tools: {}, resources: {}, prompts: {}}
  const lists = {
    'tools/list': {result: {tools: []}},
    'resources/list': {result: {resources: []}},
    'resources/templates/list': {result: {resourceTemplates: []}},
    'prompts/list': {result: {prompts: []}},
  }
  const empty = await inspect({initialize: {result: {...initialize, capabilities: none}}, ...lists})
  expect(check(empty, 'tools-valid')?.detail).toBe('offers no tools, no resources and no prompts at all')
})

const failing = (text: string) => ({result: {isError: true, content: [{type: 'text', text}]}})
const toolTrial = {explains: (said: string) => said.includes('ENOTFOUND')}
const stub = 'Binary was compiled with CGO_ENABLED=0, go-sqlite3 requires cgo to work. This is a stub'

test.each([
  ['each fails', failing(stub), [tool('query'), tool('tables')], /each of 2 tools .* query: Binary was compiled/],
  ['none is known', {error: {code: -32601, message: 'Method not found'}}, [tool('query')], /the one tool/],
  ['one works', [failing(stub), older['tools/call']], [tool('query'), tool('tables')], undefined],
  ['the arguments were wrong', failing('Invalid timezone: dummy'), [tool('query')], undefined],
  ['a network is missing', failing('getaddrinfo ENOTFOUND'), [tool('query')], undefined],
  ['they act', failing(stub), [tool('deleteAll'), tool('send_mail')], undefined],
  ['they may destroy', failing(stub), [tool('query', {annotations: {destructiveHint: true}})], undefined],
  ['they only read', failing(stub), [tool('run', {annotations: {readOnlyHint: true}})], /run: Binary/],
])('tools that nobody asked for are tried where that is harmless: %s', async (_, call, tools, words) => {
  const script = {...older, 'tools/list': {result: {tools}}, 'tools/call': call}
  const calls = check(await inspect(script, {toolTrial}), 'tool-calls')
  expect(calls?.status).toBe(words === undefined ? 'skipped' : 'warning')
  if (words !== undefined) expect(calls?.detail).toMatch(words)
  expect(check(await inspect(script), 'tool-calls')?.status).toBe('skipped')
})
