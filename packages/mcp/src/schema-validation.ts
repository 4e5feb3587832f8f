import {type OutputUnit, type SchemaDraft, Validator} from '@cfworker/json-schema'
import {isObject, type JsonObject} from './message'
import metaSchemas from './meta-schemas.gen.json' with {type: 'json'}
import {printable} from './printable'

interface Dialect {
  readonly draft: SchemaDraft
  readonly schemas: readonly object[]
}

const newest: Dialect = {draft: '2020-12', schemas: metaSchemas['2020-12']}
const seventh: Dialect = {draft: '7', schemas: metaSchemas['draft-07']}
// Those that the official clients know; drafts 6 and 7 are one to them.
const dialects: Readonly<Record<string, Dialect>> = {
  'draft/2020-12': newest,
  'draft/2019-09': {draft: '2019-09', schemas: metaSchemas['2019-09']},
  'draft-07': seventh,
  'draft-06': seventh,
}
// They only say that something below them is wrong.
const combining = new Set(['$ref', 'allOf', 'anyOf', 'oneOf', 'properties', 'additionalProperties', 'items', 'false'])
const shownProblems = 3
const maximumDepth = 200

/** What stands against a schema, and why it could not be judged. */
export interface SchemaFindings {
  readonly problems: readonly string[]
  readonly concern?: string
}

/**
 * Validates a schema against the meta-schema of its dialect, and that its local references lead somewhere. Without
 * `$schema` it is draft 2020-12, as https://modelcontextprotocol.io/specification/2025-11-25/basic#json-schema-usage says.
 */
export function checkSchema(schema: JsonObject): SchemaFindings {
  if (isTooDeep(schema)) return {problems: [`is nested deeper than ${maximumDepth} levels`]}
  const dialect = dialectOf(schema)
  if (dialect === undefined) {
    return {problems: [], concern: `the dialect ${printable(JSON.stringify(schema['$schema']))} is not known here`}
  }
  const [main, ...others] = dialect.schemas
  const problems = run(schema, {draft: dialect.draft, main: main ?? {}, others})
  return {problems: [...problems, ...danglingReferences(schema)].slice(0, shownProblems)}
}

/** What is wrong with a value that should fit a valid schema; empty when nothing is. */
export function checkInstance(value: unknown, schema: JsonObject): readonly string[] {
  const {draft} = dialectOf(schema) ?? newest
  return run(value, {draft, main: schema, others: []}).slice(0, shownProblems)
}

/** Whether a value is nested so deeply that walking through it may exhaust the stack. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maximumDepth) return true
    level = level.flatMap((node): unknown[] => (typeof node === 'object' && node !== null ? Object.values(node) : []))
  }
  return false
}

function dialectOf({$schema}: JsonObject): Dialect | undefined {
  if ($schema === undefined) return newest
  if (typeof $schema !== 'string') return undefined
  const [, name = ''] = /^https?:\/\/json-schema\.org\/(draft[-/][\d-]+)\/schema#?$/.exec($schema) ?? []
  return Object.hasOwn(dialects, name) ? dialects[name] : undefined
}

function run(
  value: unknown,
  {draft, main, others}: {readonly draft: SchemaDraft; readonly main: object; readonly others: readonly object[]},
): readonly string[] {
  try {
    // The validator writes notes into schemas.
    const validator = new Validator(structuredClone(main), draft, false)
    for (const other of others) validator.addSchema(structuredClone(other))
    const {valid, errors} = validator.validate(value)
    return valid ? [] : describe(errors)
  } catch (error) {
    return [printable(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))]
  }
}

// One line for each place, and only for the deepest places: what is wrong there makes everything around it wrong too.
function describe(errors: readonly OutputUnit[]): readonly string[] {
  const places = [...new Set(errors.map(({instanceLocation}) => instanceLocation))]
  const deepest = places.filter(place => !places.some(other => other.startsWith(`${place}/`)))
  return deepest.map(place => {
    const here = errors.filter(({instanceLocation}) => instanceLocation === place)
    const {error = ''} = here.find(({keyword}) => !combining.has(keyword)) ?? here[0] ?? {}
    return `${printable(place.slice(1) || '/')}: ${printable(error)}`
  })
}

// Values are data, in which $ref is a word like any other.
const valueKeywords = new Set(['const', 'enum', 'default', 'examples'])

function danglingReferences(schema: JsonObject): readonly string[] {
  const dangling: string[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit)
    if (!isObject(node)) return
    const {$ref} = node
    if (typeof $ref === 'string' && $ref.startsWith('#/') && atPointer(schema, $ref) === undefined) {
      dangling.push(`$ref ${printable(JSON.stringify($ref))} leads nowhere`)
    }
    for (const [key, each] of Object.entries(node)) if (!valueKeywords.has(key)) visit(each)
  }
  visit(schema)
  return dangling
}

/** What a local reference such as `#/$defs/x` leads to. */
export function atPointer(schema: JsonObject, reference: string): unknown {
  let node: unknown = schema
  for (const part of decoded(reference).slice(1).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(node)) node = node[Number(key)]
    else node = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined
  }
  return node
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}
