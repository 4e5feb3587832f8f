import {isObject, type JsonObject} from './message'
import {atPointer} from './schema-validation'

const maximumDepth = 6

const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'user@example.com',
  time: '12:00:00Z',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '00000000-0000-4000-8000-000000000000',
}

/** Arguments that fit a schema as far as that is easily had: what is required, with the values that it names itself. */
export function sampleArguments(schema: JsonObject): JsonObject {
  const value = sample(schema, {root: schema, depth: 0})
  return isObject(value) ? value : {}
}

interface Place {
  readonly root: JsonObject
  readonly depth: number
}

function sample(schema: unknown, {root, depth}: Place): unknown {
  if (!isObject(schema) || depth > maximumDepth) return 'dummy'
  const inner = {root, depth: depth + 1}
  const {const: fixed, default: usual, enum: values, examples, $ref, type} = schema
  for (const named of [fixed, usual, first(values), first(examples)])
    if (named !== undefined && named !== null) return named
  if (typeof $ref === 'string') return sample(atPointer(root, $ref), inner)
  const [alternative] = ['anyOf', 'oneOf'].flatMap(key => schemas(schema[key]).filter(each => each['type'] !== 'null'))
  if (alternative !== undefined) return sample(alternative, inner)
  switch (Array.isArray(type) ? type.find(each => each !== 'null') : type) {
    case 'integer':
    case 'number':
      return limited(schema)
    case 'boolean':
      return false
    case 'null':
      return null
    case 'array':
      return Number(schema['minItems'] ?? 0) > 0 ? [sample(schema['items'], inner)] : []
    case 'string':
      return formats[String(schema['format'])] ?? 'dummy'
    default:
      return members(schema, inner)
  }
}

function members({properties, required}: JsonObject, place: Place): JsonObject {
  const names = Array.isArray(required) ? required.filter(each => typeof each === 'string') : []
  const own = isObject(properties) ? properties : {}
  return Object.fromEntries(names.map(name => [name, sample(own[name], place)]))
}

function limited({minimum, maximum}: JsonObject): number {
  if (typeof minimum === 'number' && minimum > 1) return minimum
  return typeof maximum === 'number' && maximum < 1 ? maximum : 1
}

function schemas(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : undefined
}
