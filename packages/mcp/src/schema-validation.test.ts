import {expect, test} from '@jest/globals'
import {checkInstance, checkSchema} from './schema-validation'

const draft7 = 'http://json-schema.org/draft-07/schema#'
const middle = 'https://json-schema.org/draft/2019-09/schema'
const newest = 'https://json-schema.org/draft/2020-12/schema'
const object = (properties: object, rest: object = {}) => ({type: 'object', properties, ...rest})

test.each([
  ['without properties', {type: 'object'}],
  ['as zod writes them', object({a: {type: 'string', minLength: 1}}, {$schema: draft7, additionalProperties: false})],
  ['as pydantic writes them', object({a: {anyOf: [{type: 'integer'}, {type: 'null'}], default: null, title: 'A'}})],
  ['with references', object({a: {$ref: '#/$defs/A~1b'}}, {$defs: {'A/b': {enum: [1]}}, $schema: newest})],
  ['that is recursive', object({next: {$ref: '#'}}, {$schema: newest})],
  [
    'with $ref as a property name and as data',
    object({$ref: {type: 'string', default: '#/none'}}, {default: {$ref: '#/x'}}),
  ],
  ['with tuples of their dialect', object({a: {items: [{type: 'string'}], type: 'array'}}, {$schema: draft7})],
  [
    'of draft 2019-09',
    object({a: {type: 'array', items: [{$recursiveRef: '#'}], unevaluatedItems: false}}, {$schema: middle}),
  ],
  [
    'of draft 6',
    object({a: {items: [{type: 'string'}], type: 'array'}}, {$schema: 'http://json-schema.org/draft-06/schema#'}),
  ],
  [
    'with https where http is usual',
    object({a: {type: 'string'}}, {$schema: 'https://json-schema.org/draft-07/schema'}),
  ],
  ['with newer tuples', object({a: {prefixItems: [{type: 'string'}], type: 'array', items: false}})],
])('a schema %s is valid and left as it is', (_, schema) => {
  const before = JSON.stringify(schema)
  expect(checkSchema(schema)).toEqual({problems: []})
  expect(JSON.stringify(schema)).toBe(before)
})

test.each([
  ['an unknown type', object({a: {type: 'strng'}}), '/properties/a/type'],
  ['an unknown type deep inside', object({a: {items: {anyOf: [{type: 'x'}]}}}), '/properties/a/items/anyOf/0/type'],
  ['the same in draft 7', object({a: {items: {anyOf: [{type: 'x'}]}}}, {$schema: draft7}), 'anyOf/0/type'],
  ['the same in draft 2019-09', object({a: {items: {anyOf: [{type: 'x'}]}}}, {$schema: middle}), 'anyOf/0/type'],
  ['required that is no list', object({}, {required: true}), '/required'],
  ['required inside a property (draft 3)', object({a: {type: 'string', required: true}}), '/properties/a/required'],
  ['a negative length', object({a: {minLength: -1}}), '/properties/a/minLength'],
  ['a broken pattern', object({a: {pattern: '('}}), '/properties/a/pattern'],
  ['an enum that is no list', object({a: {enum: 'x'}}), '/properties/a/enum'],
  ['tuples of the other dialect', object({a: {items: [{type: 'string'}]}}), '/properties/a/items'],
  ['a reference that leads nowhere', object({a: {$ref: '#/$defs/None'}}), '$ref "#/$defs/None" leads nowhere'],
])('%s is found', (_, schema, words) => {
  expect(checkSchema(schema).problems.join('; ')).toContain(words)
})

test('an unknown dialect cannot be judged', () => {
  const schema = {$schema: 'http://json-schema.org/draft-03/schema#', type: 'object'}
  expect(checkSchema(schema)).toEqual({
    problems: [],
    concern: 'the dialect "http://json-schema.org/draft-03/schema#" is not known here',
  })
})

test('a schema that is too deep is a problem, not a crash', () => {
  let deep: object = {type: 'string'}
  for (let at = 0; at < 20_000; at++) deep = {not: deep}
  expect(checkSchema(object({a: deep})).problems).toEqual(['is nested deeper than 200 levels'])
})

test('values are compared with a schema', () => {
  const schema = object({sum: {type: 'integer'}}, {required: ['sum'], additionalProperties: false})
  expect(checkInstance({sum: 3}, schema)).toEqual([])
  expect(checkInstance({sum: '3'}, schema)).toEqual(['/sum: Instance type "string" is invalid. Expected "integer".'])
  expect(checkInstance({}, schema).join()).toContain('"sum"')
  expect(checkInstance([], schema).join()).toContain('array')
})
