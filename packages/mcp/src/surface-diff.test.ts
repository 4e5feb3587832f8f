import {expect, test} from '@jest/globals'
import {diffSchemas} from './schema-diff'
import {stepBetween} from './surface-verdict'
import {diffTools, predecessor, toolsFile} from './index'

const object = (properties: object, rest: object = {}) => ({type: 'object', properties, ...rest})
const one = (schema: object) => object({a: schema})
const text = {type: 'string'}
const strict = {additionalProperties: false}

// Each with what it means for arguments and for results: breaking or not.
test.each([
  ['a new property', object({}), object({a: text}), false, false],
  ['a new required property', object({}), object({a: text}, {required: ['a']}), true, false],
  ['a property that becomes required', object({a: text}), object({a: text}, {required: ['a']}), true, false],
  ['a property that is no longer required', object({a: text}, {required: ['a']}), object({a: text}), false, true],
  ['a removed property that is ignored', object({a: text}), object({}), false, true],
  ['a removed property that is refused', object({a: text}, strict), object({}, strict), true, true],
  ['other properties refused', object({}), object({}, strict), true, false],
  ['other properties let in', object({}, strict), object({}), false, false],
  ['other properties limited', object({}), object({}, {additionalProperties: text}), true, false],
  [
    'values of other properties',
    object({}, {additionalProperties: text}),
    object({}, {additionalProperties: {type: 'null'}}),
    true,
    true,
  ],
  ['a wider type', one({type: 'integer'}), one({type: 'number'}), false, true],
  ['a narrower type', one({type: 'number'}), one({type: 'integer'}), true, false],
  ['another type', one(text), one({type: 'boolean'}), true, true],
  ['any type', one(text), one({}), false, true],
  ['a type where any was', one({}), one(text), true, false],
  ['null as well', one(text), one({anyOf: [text, {type: 'null'}]}), false, true],
  ['null no more', one({type: ['string', 'null']}), one(text), true, false],
  ['another branch', one({anyOf: [text, one(text)]}), one({anyOf: [text, one({type: 'null'})]}), true, true],
  ['a value more', one({enum: ['x']}), one({enum: ['y', 'x']}), false, true],
  ['a value less', one({enum: ['x', 'y']}), one({enum: ['x']}), true, false],
  ['fixed values', one(text), one({...text, enum: ['x']}), true, false],
  ['a constant changed', one({const: 1}), one({const: 2}), true, true],
  ['a higher minimum', one({minimum: 1}), one({minimum: 2}), true, false],
  ['a lower minimum', one({minimum: 2}), one({minimum: 1}), false, true],
  ['a new maximum', one({}), one({maxLength: 5}), true, false],
  ['no maximum', one({maxLength: 5}), one({}), false, true],
  ['other items', one({items: text}), one({items: {type: 'null'}}), true, true],
  ['items that were free', one({type: 'array'}), one({type: 'array', items: text}), true, false],
  ['a pattern', one(text), one({...text, pattern: 'a'}), true, true],
  ['a format', one(text), one({...text, format: 'uri'}), false, false],
  ['deep inside', one(one(one(text))), one(one(one({type: 'null'}))), true, true],
  [
    'behind a reference',
    object({a: {$ref: '#/$defs/A'}}, {$defs: {A: text}}),
    object({a: {$ref: '#/$defs/A'}}, {$defs: {A: {type: 'null'}}}),
    true,
    true,
  ],
])('%s', (_, before, after, breaksInput, breaksOutput) => {
  const breaks = (direction: 'input' | 'output') => diffSchemas(before, after, direction).some(({breaking}) => breaking)
  expect({input: breaks('input'), output: breaks('output')}).toEqual({input: breaksInput, output: breaksOutput})
  expect(diffSchemas(before, after, 'input').length).toBeGreaterThan(0)
})

test.each([
  [
    'order of keys and of types',
    one({type: ['string', 'null'], title: 'A'}),
    one({title: 'A', type: ['null', 'string']}),
  ],
  ['a definition moved behind a reference', one(text), object({a: {$ref: '#/$defs/A'}}, {$defs: {A: text}})],
  ['an enum in another order', one({enum: [1, 2]}), one({enum: [2, 1]})],
  [
    'a recursive schema',
    object({next: {$ref: '#/$defs/N'}}, {$defs: {N: object({next: {$ref: '#/$defs/N'}})}}),
    object({next: {$ref: '#/$defs/N'}}, {$defs: {N: object({next: {$ref: '#/$defs/N'}})}}),
  ],
])('%s: no change', (_, before, after) => {
  expect(diffSchemas(before, after, 'input')).toEqual([])
  expect(diffSchemas(before, after, 'output')).toEqual([])
})

test('a change inside of a recursive schema is found, and the search ends', () => {
  const node = (value: object) =>
    object({next: {$ref: '#/$defs/N'}}, {$defs: {N: object({next: {$ref: '#/$defs/N'}, value})}})
  expect(diffSchemas(node(text), node({type: 'null'}), 'input').length).toBeGreaterThan(0)
})

const tool = (name: string, rest: object = {}) => ({name, inputSchema: object({}), ...rest})

test('tools that come, go and change, with the step that each asks for', () => {
  const before = [tool('gone'), tool('same'), tool('words', {description: 'a'}), tool('wider'), tool('narrower')]
  const after = [
    tool('same'),
    tool('new'),
    tool('words', {description: 'b'}),
    tool('wider', {inputSchema: object({limit: {type: 'integer'}})}),
    tool('narrower', {inputSchema: object({limit: {type: 'integer'}}, {required: ['limit']})}),
  ]
  expect(diffTools(before, after)).toEqual({
    step: 'major',
    changes: [
      {tool: 'gone', kind: 'removed', step: 'major', details: []},
      {tool: 'narrower', kind: 'changed', step: 'major', details: ['"limit" is new and required (breaking)']},
      {tool: 'new', kind: 'added', step: 'minor', details: []},
      {tool: 'wider', kind: 'changed', step: 'minor', details: ['"limit" is new']},
      {tool: 'words', kind: 'changed', step: 'patch', details: ['the description changed']},
    ],
  })
  expect(diffTools(before, before)).toEqual({step: 'none', changes: []})
})

test.each([
  [{}, {outputSchema: object({})}, 'minor', 'the outputSchema is new'],
  [{outputSchema: object({})}, {}, 'major', 'the outputSchema is gone (breaking)'],
  [{outputSchema: one(text)}, {outputSchema: object({})}, 'major', '"a" is gone (breaking)'],
  [{annotations: {readOnlyHint: true}}, {annotations: {readOnlyHint: false}}, 'patch', 'the annotations changed'],
])('from %j to %j', (before, after, step, words) => {
  expect(diffTools([tool('a', before)], [tool('a', after)])).toMatchObject({step, changes: [{details: [words]}]})
})

test.each([
  ['1.2.3', '1.2.4', 'patch'],
  ['v1.2.3', '1.3.0rc1', 'minor'],
  ['1.2.3', '2.0.0', 'major'],
  ['0.2.3', '0.3.0', 'major'],
  ['0.2.3', '0.2.4', 'patch'],
  ['1.0.0', '1.0.0', 'none'],
  ['today', '1.0.0', undefined],
])('from %s to %s is a step of %s', (before, after, step) => {
  expect(stepBetween(before, after)).toBe(step)
})

test('a server follows the one of its name, or the only one', () => {
  const server = (name: string) => ({server: {name, version: '1'}, tools: []})
  const [several, single] = [toolsFile([server('a'), server('b')]), toolsFile([server('a')])]
  expect(predecessor('b', {previous: several, count: 1})?.name).toBe('b')
  expect(predecessor('c', {previous: several, count: 1})).toBeUndefined()
  expect(predecessor('c', {previous: single, count: 1})?.name).toBe('a')
  expect(predecessor('c', {previous: single, count: 2})).toBeUndefined()
})
