import {isObject, type JsonObject} from './message'
import {printable} from './printable'

const keyword = 'x-mcp-header'
const token = /^[!#$%&'*+.^_`|~\w-]+$/
const types = ['string', 'integer', 'boolean']
// Values are data, in which the keyword is a word like any other.
const data = new Set(['const', 'enum', 'default', 'examples'])
// Their members are schemas by name.
const maps = new Set(['patternProperties', '$defs', 'definitions', 'dependentSchemas'])

/**
 * Why clients over streamable HTTP drop a tool because of the parameters that it wants in headers; empty when they do not.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#custom-headers-from-tool-parameters
 */
export function headerProblems(inputSchema: JsonObject): readonly string[] {
  const problems: string[] = []
  const names = new Map<string, string>()
  visit(inputSchema, {path: [], isReachable: false, problems, names})
  return problems
}

interface Visit {
  readonly path: readonly string[]
  /** Whether only `properties` lead here. */
  readonly isReachable: boolean
  readonly problems: string[]
  /** Of headers that were seen, in small letters. */
  readonly names: Map<string, string>
}

function visit(node: unknown, here: Visit): void {
  if (Array.isArray(node)) for (const each of node) visit(each, {...here, isReachable: false})
  if (!isObject(node)) return
  if (Object.hasOwn(node, keyword)) judge(node, here)
  const isRoot = here.path.length === 0
  for (const [key, each] of Object.entries(node)) {
    if (data.has(key) || key === keyword) continue
    const isProperties = key === 'properties'
    if ((isProperties || maps.has(key)) && isObject(each)) {
      const isReachable = isProperties && (isRoot || here.isReachable)
      for (const [name, schema] of Object.entries(each))
        visit(schema, {...here, path: [...here.path, name], isReachable})
    } else visit(each, {...here, path: [...here.path, `(${key})`], isReachable: false})
  }
}

function judge(node: JsonObject, {path, isReachable, problems, names}: Visit): void {
  const place = path.length === 0 ? 'the schema itself' : printable(path.join('.'), 80)
  const {[keyword]: header, type} = node
  const tell = (words: string) => problems.push(`${keyword} of ${place} ${words}`)
  if (!isReachable) return void tell('is not on a property that only `properties` lead to')
  if (typeof header !== 'string' || !token.test(header)) {
    return void tell(`is ${printable(JSON.stringify(header ?? null), 60)}, which is no name of a header`)
  }
  if (typeof type !== 'string' || !types.includes(type)) {
    const given = type === undefined ? 'without a type' : `of the type ${printable(JSON.stringify(type), 60)}`
    tell(`is on a parameter ${given}, not string, integer or boolean`)
  }
  const other = names.get(header.toLowerCase())
  if (other !== undefined) tell(`is ${header}, as that of ${other}`)
  names.set(header.toLowerCase(), place)
}
