import {isObject, type JsonObject} from './message'
import {atPointer} from './schema-validation'
import {sortedKeys} from './tools-file'

/** One difference between two schemas. */
export interface SchemaChange {
  readonly breaking: boolean
  /** Such as `the new property "limit" is required`. */
  readonly text: string
}

/** Which way values go: a client must still be allowed to send what it sent, and still understand what it gets. */
export type Direction = 'input' | 'output'

interface Pair {
  readonly before: JsonObject
  readonly after: JsonObject
  readonly direction: Direction
  /** Names of the properties that lead here. */
  readonly path: readonly string[]
  readonly roots: {readonly before: JsonObject; readonly after: JsonObject}
  readonly depth: number
}

const maximumDepth = 30
const words = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  '$schema',
  '$id',
  '$defs',
  'definitions',
  'deprecated',
])
const lowerLimits = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains']
const upperLimits = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains']
const understood = new Set([
  ...words,
  ...lowerLimits,
  ...upperLimits,
  ...['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'items', 'anyOf', 'oneOf', '$ref'],
])

/** All differences between two schemas of a tool, each judged: breaking is what makes an older client fail. */
export function diffSchemas(before: JsonObject, after: JsonObject, direction: Direction): readonly SchemaChange[] {
  return diff({before, after, direction, path: [], roots: {before, after}, depth: 0})
}

function diff(pair: Pair): readonly SchemaChange[] {
  const before = resolve(pair.before, pair.roots.before)
  const after = resolve(pair.after, pair.roots.after)
  if (same(before, after) && same(pair.roots.before['$defs'], pair.roots.after['$defs'])) return []
  if (pair.depth > maximumDepth) return []
  const here = {...pair, before, after}
  const judged = [
    ...types(here),
    ...values(here),
    ...limits(here),
    ...properties(here),
    ...items(here),
    ...others(here),
  ]
  if (judged.length > 0) return judged
  const isWorded = [...words].some(key => !key.startsWith('$') && !same(before[key], after[key]))
  return isWorded ? [{breaking: false, text: `the words of ${place(here)} changed`}] : []
}

// A change that allows less to be sent, or more to be got, breaks older clients.
function judge({direction}: Pair, effect: 'wider' | 'narrower' | 'other'): boolean {
  return effect === 'other' || (direction === 'input' ? effect === 'narrower' : effect === 'wider')
}

function types(pair: Pair): readonly SchemaChange[] {
  const [before, after] = [alternatives(pair.before), alternatives(pair.after)]
  const [gone, come] = [before.filter(each => !covers(after, each)), after.filter(each => !covers(before, each))]
  if (gone.length === 0 && come.length === 0) return []
  const effect = gone.length > 0 && come.length > 0 ? 'other' : gone.length > 0 ? 'narrower' : 'wider'
  const text = `the type of ${place(pair)} was ${listed(before)}, is ${listed(after)}`
  return [{breaking: judge(pair, effect), text}]
}

// What a value may be: names of types, or whole schemas in the text of their JSON.
function alternatives(schema: JsonObject): readonly string[] {
  const {type, anyOf, oneOf} = schema
  const branches = anyOf ?? oneOf
  if (Array.isArray(branches)) {
    return branches.flatMap(branch => {
      const only = isObject(branch) ? branch['type'] : undefined
      const isPlain = isObject(branch) && Object.keys(branch).every(key => key === 'type' || words.has(key))
      return typeof only === 'string' && isPlain ? [only] : [JSON.stringify(sortedKeys(branch))]
    })
  }
  if (Array.isArray(type)) return type.map(String)
  return typeof type === 'string' ? [type] : ['any']
}

function covers(types: readonly string[], type: string): boolean {
  return types.includes('any') || types.includes(type) || (type === 'integer' && types.includes('number'))
}

function values(pair: Pair): readonly SchemaChange[] {
  const [before, after] = [allowed(pair.before), allowed(pair.after)]
  if (same(before, after)) return []
  const gone = before?.filter(value => after !== undefined && !after.includes(value)) ?? []
  const come = after?.filter(value => before !== undefined && !before.includes(value)) ?? []
  const narrower = gone.length > 0 || (before === undefined && after !== undefined)
  const wider = come.length > 0 || (before !== undefined && after === undefined)
  if (!narrower && !wider) return []
  const parts = [
    ...(gone.length > 0 ? [`no longer ${gone.join(', ')}`] : []),
    ...(come.length > 0 ? [`new: ${come.join(', ')}`] : []),
    ...(before === undefined ? [`only ${after?.join(', ') ?? ''}`] : []),
    ...(after === undefined ? ['no longer a fixed list'] : []),
  ]
  const effect = narrower && wider ? 'other' : narrower ? 'narrower' : 'wider'
  return [{breaking: judge(pair, effect), text: `the values of ${place(pair)} changed: ${parts.join('; ')}`}]
}

function allowed(schema: JsonObject): readonly string[] | undefined {
  const values = 'const' in schema ? [schema['const']] : schema['enum']
  return Array.isArray(values) ? values.map(value => JSON.stringify(value)).sort() : undefined
}

function limits(pair: Pair): readonly SchemaChange[] {
  const changes = (names: readonly string[], isNarrower: (before: number, after: number) => boolean) =>
    names.flatMap(name => {
      const [before, after] = [pair.before[name], pair.after[name]]
      if (before === after) return []
      const narrower = typeof before === 'number' ? typeof after === 'number' && isNarrower(before, after) : true
      const text = `${name} of ${place(pair)} was ${shown(before)}, is ${shown(after)}`
      return [{breaking: judge(pair, narrower ? 'narrower' : 'wider'), text}]
    })
  return [...changes(lowerLimits, (a, b) => b > a), ...changes(upperLimits, (a, b) => b < a)]
}

function properties(pair: Pair): readonly SchemaChange[] {
  const [before, after] = [members(pair.before), members(pair.after)]
  const [wasRequired, isRequired] = [required(pair.before), required(pair.after)]
  const name = (key: string) => place({...pair, path: [...pair.path, key]})
  const changes: SchemaChange[] = []
  for (const key of Object.keys(before)) {
    if (key in after) continue
    const [gone, refused] = [`${name(key)} is gone`, pair.after['additionalProperties'] === false]
    if (pair.direction === 'output') changes.push({breaking: true, text: gone})
    else changes.push({breaking: refused, text: refused ? `${gone} and refused` : `${gone} and ignored`})
  }
  for (const key of Object.keys(after)) {
    if (key in before) continue
    const needed = isRequired.includes(key)
    const breaking = pair.direction === 'input' && needed
    changes.push({breaking, text: `${name(key)} is new${needed ? ' and required' : ''}`})
  }
  for (const key of isRequired.filter(each => !wasRequired.includes(each) && (each in before || !(each in after)))) {
    changes.push({breaking: pair.direction === 'input', text: `${name(key)} is now required`})
  }
  for (const key of wasRequired.filter(each => !isRequired.includes(each) && each in after)) {
    changes.push({breaking: pair.direction === 'output', text: `${name(key)} is no longer required`})
  }
  changes.push(...openness(pair))
  for (const [key, schema] of Object.entries(before)) {
    const next = after[key]
    if (!isObject(schema) || !isObject(next)) continue
    changes.push(...diff({...pair, before: schema, after: next, path: [...pair.path, key], depth: pair.depth + 1}))
  }
  return changes
}

// Whether properties that are not named are let in.
function openness(pair: Pair): readonly SchemaChange[] {
  const [before, after] = [pair.before['additionalProperties'] ?? true, pair.after['additionalProperties'] ?? true]
  if (isObject(before) && isObject(after)) {
    return diff({...pair, before, after, path: [...pair.path, '*'], depth: pair.depth + 1})
  }
  if (same(before, after)) return []
  const narrower = after === false || before === true
  const text = `other properties of ${place(pair)} are ${after === false ? 'refused' : after === true ? 'let in' : 'limited'}`
  return [{breaking: pair.direction === 'input' && narrower, text}]
}

function items(pair: Pair): readonly SchemaChange[] {
  const [before, after] = [pair.before['items'], pair.after['items']]
  if (same(before, after)) return []
  if (isObject(before) && isObject(after)) {
    return diff({...pair, before, after, path: [...pair.path, '[]'], depth: pair.depth + 1})
  }
  return [
    {breaking: judge(pair, before === undefined ? 'narrower' : 'wider'), text: `the items of ${place(pair)} changed`},
  ]
}

// What is not compared in detail counts as breaking when it differs: it may be.
function others(pair: Pair): readonly SchemaChange[] {
  const keys = new Set([...Object.keys(pair.before), ...Object.keys(pair.after)])
  const changed = [...keys].filter(key => !understood.has(key) && !same(pair.before[key], pair.after[key])).sort()
  const isHarmless = (key: string) =>
    key.startsWith('x-') || key === 'format' || key === 'readOnly' || key === 'writeOnly'
  return changed.map(key => ({breaking: !isHarmless(key), text: `${key} of ${place(pair)} changed`}))
}

function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  let found = schema
  for (let at = 0; at < 10 && typeof found['$ref'] === 'string'; at++) {
    const target = atPointer(root, found['$ref'])
    if (!isObject(target)) return found
    const {$ref: _, ...beside} = found
    found = {...target, ...beside}
  }
  return found
}

function members(schema: JsonObject): JsonObject {
  return isObject(schema['properties']) ? schema['properties'] : {}
}

function required(schema: JsonObject): readonly string[] {
  return Array.isArray(schema['required']) ? schema['required'].map(String) : []
}

function place({path, direction}: Pair): string {
  return path.length === 0 ? `the ${direction}` : JSON.stringify(path.join('.'))
}

function listed(types: readonly string[]): string {
  return types.join(' or ')
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sortedKeys(one)) === JSON.stringify(sortedKeys(other))
}
