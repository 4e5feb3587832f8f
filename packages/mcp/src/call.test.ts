import {expect, test} from '@jest/globals'
import {holds} from './call'
import {argumentHeaders, headerValue, requestHeaders} from './http-headers'
import {parseToolCall} from './index'

test.each([
  ['now', {tool: 'now', arguments: {}}],
  ['  now  ', {tool: 'now', arguments: {}}],
  ['now => 12:00', {tool: 'now', arguments: {}, expected: {text: '12:00'}}],
  ['greet {"name": "Ada"}', {tool: 'greet', arguments: {name: 'Ada'}}],
  [
    'greet {"a": {"b": "} => {"}} => Hello, {you}',
    {tool: 'greet', arguments: {a: {b: '} => {'}}, expected: {text: 'Hello, {you}'}},
  ],
  ['add {"a":1}=>{"sum": 3}', {tool: 'add', arguments: {a: 1}, expected: {json: {sum: 3}}}],
  ['list => [1, 2]', {tool: 'list', arguments: {}, expected: {json: [1, 2]}}],
  ['list => [draft]', {tool: 'list', arguments: {}, expected: {text: '[draft]'}}],
])('%s', (line, call) => {
  expect(parseToolCall(line)).toEqual(call)
})

test.each(['', '=> x', '{"a": 1}', 'greet {"a": 1', 'greet {"a": 1} Hello', 'greet hello', 'greet =>', 'greet {a: 1}'])(
  '%j is no call',
  line => {
    expect(parseToolCall(line)).toBeUndefined()
  },
)

test.each([
  [{a: 1, b: 2}, {a: 1}, true],
  [{a: {b: 1, c: 2}}, {a: {b: 1}}, true],
  [{a: 1}, {a: 1, b: undefined}, true],
  [{a: 1}, {b: 1}, false],
  [[{a: 1, b: 2}], [{a: 1}], true],
  [[1, 2], [1], false],
  [null, {}, false],
  ['3', 3, false],
])('whether %j holds %j: %s', (value, expected, answer) => {
  expect(holds(value, expected)).toBe(answer)
})

// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#value-encoding
test.each([
  ['us-west1', 'us-west1'],
  ['a b', 'a b'],
  ['Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='],
  [' padded ', '=?base64?IHBhZGRlZCA=?='],
  ['line1\nline2', '=?base64?bGluZTEKbGluZTI=?='],
  ['=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
  ['', '=?base64??='],
])('the value %j stands in a header as %s', (value, header) => {
  expect(headerValue(value)).toBe(header)
})

test('what newer servers want in headers is taken from the body, older ones get none of it', () => {
  const _meta = {'io.modelcontextprotocol/protocolVersion': '2026-07-28'}
  expect(requestHeaders('tools/call', {name: 'add', _meta})).toEqual({
    'MCP-Protocol-Version': '2026-07-28',
    'Mcp-Method': 'tools/call',
    'Mcp-Name': 'add',
  })
  expect(requestHeaders('tools/list', {})).toEqual({})
})

test('arguments go into headers where the schema says so', () => {
  const schema = {
    properties: {
      region: {type: 'string', 'x-mcp-header': 'Region'},
      deep: {type: 'object', properties: {dry: {type: 'boolean', 'x-mcp-header': 'Dry'}}},
      bad: {type: 'string', 'x-mcp-header': 'a: b\r\n'},
      missing: {type: 'string', 'x-mcp-header': 'Missing'},
    },
  }
  const given = {region: 'us', deep: {dry: true}, bad: 'x', query: 'select'}
  expect(argumentHeaders(schema, given)).toEqual({'Mcp-Param-Region': 'us', 'Mcp-Param-Dry': 'true'})
})
