import {expect, test} from '@jest/globals'
import {headerProblems} from './header-parameters'

const object = (properties: object, rest: object = {}) => ({type: 'object', properties, ...rest})
const marked = (header: unknown, type: unknown = 'string') => ({type, 'x-mcp-header': header})

// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters
test.each([
  ['without any', object({a: {type: 'string'}})],
  [
    'on texts, whole numbers and truth values',
    object({a: marked('A'), b: marked('B', 'integer'), c: marked('C', 'boolean')}),
  ],
  ['inside of objects', object({a: object({b: object({c: marked('Deep-Name')})})})],
  ['as the name of a parameter', object({'x-mcp-header': {type: 'string'}})],
  ['as a value', object({a: {const: {'x-mcp-header': ''}, default: {'x-mcp-header': 1}}})],
])('parameters in headers are right: %s', (_, schema) => {
  expect(headerProblems(schema)).toEqual([])
})

test.each([
  ['an empty name', object({a: marked('')}), 'x-mcp-header of a is "", which is no name of a header'],
  ['a name with a space', object({a: marked('My Header')}), 'which is no name of a header'],
  ['a name with a line break', object({a: marked('A\r\nB')}), 'which is no name of a header'],
  ['a name that is no text', object({a: marked(7)}), 'x-mcp-header of a is 7'],
  [
    'two names but for case',
    object({a: marked('Region'), b: marked('region')}),
    'x-mcp-header of b is region, as that of a',
  ],
  ['a number', object({a: marked('A', 'number')}), 'of the type "number", not string, integer or boolean'],
  ['an object', object({a: {...object({}), 'x-mcp-header': 'A'}}), 'of the type "object"'],
  ['a list of types', object({a: marked('A', ['string', 'null'])}), 'of the type ["string","null"]'],
  ['no type', object({a: {'x-mcp-header': 'A'}}), 'without a type'],
  ['the schema itself', {...object({}), 'x-mcp-header': 'A'}, 'x-mcp-header of the schema itself is not on a property'],
  ['items', object({a: {type: 'array', items: marked('A')}}), 'a.(items) is not on a property that only'],
  ['a choice', object({}, {anyOf: [object({a: marked('A')})]}), 'is not on a property that only'],
  ['a definition', object({}, {$defs: {A: object({a: marked('A')})}}), 'is not on a property that only'],
  ['a condition', object({}, {if: object({a: marked('A')})}), 'is not on a property that only'],
  ['any other key', object({}, {additionalProperties: marked('A')}), 'is not on a property that only'],
])('parameters in headers are wrong: %s', (_, schema, words) => {
  expect(headerProblems(schema).join('; ')).toContain(words)
})
