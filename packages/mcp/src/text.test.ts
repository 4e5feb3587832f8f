import {expect, test} from '@jest/globals'
import {LineBuffer} from './line-buffer'
import {readLine} from './message'
import {printable, readToolsFile, serverEnvironment, toolsFile} from './index'

const strings = (lines: readonly Buffer[]) => lines.map(String)

test('lines are found however the bytes are cut', () => {
  const lines = new LineBuffer(100)
  expect(strings(lines.push(Buffer.from('a')))).toEqual([])
  expect(strings(lines.push(Buffer.from('b\n\ncd\ne')))).toEqual(['ab', '', 'cd'])
  expect(String(lines.rest())).toBe('e')
})

test('a line that is too long is dropped, and all that follows', () => {
  const lines = new LineBuffer(4)
  expect(strings(lines.push(Buffer.from('abcd\nabcde\nx\n')))).toEqual(['abcd'])
  expect(lines.overflowed).toBe(true)
  expect(lines.push(Buffer.from('y\n'))).toEqual([])
})

test.each([
  ['{"jsonrpc":"2.0","id":1,"result":{}}\r', ['result']],
  ['{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}', ['error']],
  ['[{"jsonrpc":"2.0","method":"a"},{"jsonrpc":"2.0","id":"x","method":"b"}]', ['notification', 'request']],
])('%s is JSON-RPC', (line, kinds) => {
  expect(readLine(Buffer.from(line))?.messages.map(({kind}) => kind)).toEqual(kinds)
})

test.each(['', 'hello', '{}', '[]', '{"id":1,"result":{}}', '{"jsonrpc":"2.0","id":{},"method":"a"}', '[1]'])(
  '%j is no JSON-RPC',
  line => {
    expect(readLine(Buffer.from(line))).toBeUndefined()
  },
)

test('bytes that are no UTF-8 are no JSON-RPC', () => {
  expect(readLine(Buffer.from('{"jsonrpc":"2.0","method":"\xff"}', 'latin1'))).toBeUndefined()
})

test('foreign text cannot speak to the runner or the terminal', () => {
  expect(printable('::error::x')).toBe(': :error::x')
  expect(printable('a ##[error] \u001b[1m\r\n')).toBe(String.raw`a ## [error] \u001b[1m\u000d\u000a`)
  expect(printable('x'.repeat(300))).toBe(`${'x'.repeat(200)}… (300 characters)`)
})

test('servers see no variables but harmless and given ones', () => {
  const env = {PATH: '/bin', LC_ALL: 'C', DATABASE: 'secret', GITHUB_TOKEN: 'secret', HOME: '/home/me'}
  const seen = serverEnvironment(env, {home: '/h', temp: '/t', given: {API_TOKEN: 'dummy'}})
  expect(seen).toMatchObject({PATH: '/bin', LC_ALL: 'C', HOME: '/h', TMPDIR: '/t', API_TOKEN: 'dummy'})
  expect(JSON.stringify(seen)).not.toMatch(/secret|\/home\/me/)
})

test('tools.json is the same however a server orders its tools and keys', () => {
  const server = {name: 's', version: '1'}
  const a = {name: 'a', inputSchema: {type: 'object', properties: {x: {}, y: {}}}}
  const b = {inputSchema: {properties: {}, type: 'object'}, name: 'b'}
  const turned = {inputSchema: {properties: {y: {}, x: {}}, type: 'object'}, name: 'a'}
  const once = toolsFile([{server, tools: [a, b]}])
  expect(
    JSON.stringify(
      toolsFile([
        {server, tools: [b, turned]},
        {server, tools: [a, b]},
      ]),
    ),
  ).toBe(JSON.stringify(once))
  expect(once).toMatchObject({schemaVersion: 1, servers: [{name: 's', tools: [{name: 'a'}, {name: 'b'}]}]})
})

test('tools.json is read as it was written, and what else stands in one is left', () => {
  const tool = (description: string) => ({
    name: 'b',
    title: 'B',
    description,
    annotations: {readOnlyHint: true, 10: 1},
    inputSchema: {
      type: 'object',
      properties: {y: {}, x: {default: 1.5}},
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    },
    outputSchema: {type: 'object'},
  })
  const server = {name: 's', version: '1', title: 'S'}
  const surfaces = ['one', 'other'].map(text => ({server, tools: [tool(text)], file: `${text}.tgz`}))
  const written = JSON.stringify(toolsFile(surfaces))
  expect(JSON.stringify(readToolsFile(written))).toBe(written)
  const [first] = toolsFile(surfaces).servers
  const more = {...first, readme: '# x', files: [{}], tools: [{...first?.tools[0], _meta: {html: '<b>'}}]}
  const read = readToolsFile(JSON.stringify({schemaVersion: 1, servers: [more], note: 'x'}))
  const {files, ...plain} = first ?? {}
  expect(files).toEqual(['one.tgz'])
  expect(read).toEqual({schemaVersion: 1, servers: [plain]})
})
