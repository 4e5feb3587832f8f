import type {Finding} from '@mcp-release/action-kit'
import {nearestName} from '@mcp-release/release-model'
import {z} from 'zod'
import {knownMembers} from './known-members'
import {isRegistryRule} from './registry-rule'
import {type ServerJson, currentSchema, publisherProvided, serverJsonSchema} from './schema'

/** What a server.json is, as far as it can be read, and everything that is to be said of it. */
export interface Reading {
  /** Absent when there is an error. */
  readonly server?: ServerJson
  readonly findings: readonly Finding[]
}

/**
 * Reads the text of a server.json and checks it against the published schema and the rules of the MCP Registry, without a
 * network. Each finding begins with the file and the path of the value.
 */
export function readServerJson(text: string, file = 'server.json'): Reading {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return {
      findings: [{level: 'error', text: `${file}: is not valid JSON (${error instanceof Error ? error.message : ''})`}],
    }
  }
  return checkServerJson(value, file)
}

/** The same for a value that is parsed already. */
export function checkServerJson(value: unknown, file = 'server.json'): Reading {
  const result = serverJsonSchema.safeParse(value, {error: issueText})
  const said = (result.error?.issues ?? []).map((issue): Finding => error(file, issue.path, issue.message))
  const findings = [...schemaFindings(value, file), ...said]
  if (result.data === undefined) return {findings}
  const lost = unknownKeys(value, result.data).map((path): Finding => {
    const text = `${file}: ${z.core.toDotPath(path)}: the registry knows no such member, so it is left out; ${remedyFor(path)}`
    return {level: 'warning', text}
  })
  const isWrong = findings.some(({level}) => level === 'error')
  return {...(isWrong ? {} : {server: result.data}), findings: [...findings, ...lost]}
}

// Nearly always a member is misspelt, or has its name of an older schema, such as `package_arguments`.
function remedyFor(path: readonly PropertyKey[]): string {
  const given = String(path.at(-1))
  const known = knownMembers(serverJsonSchema, path.slice(0, -1))
  const plain = (name: string) => name.replaceAll(/[-_\s]/g, '').toLowerCase()
  const meant = known.find(name => plain(name) === plain(given)) ?? nearestName(given, known)
  if (meant !== undefined) return `did you mean ${JSON.stringify(meant)}?`
  return `remove it, or keep data of your own in _meta, below ${JSON.stringify(publisherProvided)}`
}

/** Whether a value follows the published schema, whatever the registry's further rules say. For comparisons with it. */
export function followsPublishedSchema(value: unknown): boolean {
  const result = serverJsonSchema.safeParse(value)
  return result.success || result.error.issues.every(isRegistryRule)
}

const older = ['2025-07-09', '2025-09-16', '2025-09-29', '2025-10-11', '2025-10-17']

// The registry asks for $schema, and takes the ones that it has ever published.
function schemaFindings(value: unknown, file: string): readonly Finding[] {
  if (typeof value !== 'object' || value === null) return []
  const given = (value as {readonly $schema?: unknown}).$schema
  if (given === currentSchema) return []
  if (given === undefined || given === '')
    return [error(file, ['$schema'], `is missing; write ${JSON.stringify(currentSchema)}`)]
  const version =
    typeof given === 'string' ? (/\/schemas\/([\w~.-]+)\/server\.schema\.json/.exec(given)?.[1] ?? '') : ''
  if (older.includes(version)) {
    const text = `${file}: $schema: ${version} is an older schema; it was checked against ${currentSchema}, write that`
    return [{level: 'warning', text}]
  }
  return [error(file, ['$schema'], `${JSON.stringify(given)} is unknown; write ${JSON.stringify(currentSchema)}`)]
}

function error(file: string, path: readonly PropertyKey[], message: string): Finding {
  return {level: 'error', text: `${file}: ${z.core.toDotPath(path) || '(root)'}: ${message}`}
}

/** The words for what zod finds; every value of server.json that is not a list, an object or a flag is a text. */
function issueText(issue: z.core.$ZodRawIssue): string | undefined {
  const {input} = issue
  if (input === undefined) return 'is missing'
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'string' && (typeof input === 'number' || typeof input === 'boolean'))
      return `is the ${typeof input} ${input}; the registry takes only texts: write "${input}"`
    return `is ${kindOf(input)}, not ${kinds[issue.expected] ?? issue.expected}`
  }
  if (issue.code === 'invalid_value')
    return `${JSON.stringify(input)} is none of ${issue.values.map(String).join(', ')}`
  if (issue.code !== 'invalid_union') return undefined
  const type = (input as {readonly type?: unknown}).type
  return type === undefined ? 'has no known type' : `${JSON.stringify(type)} is not a type that is allowed here`
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `the ${typeof value} ${JSON.stringify(value)}`
}

/** The paths of the keys that are in the first value and not in the second. */
function unknownKeys(given: unknown, kept: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[][] {
  if (Array.isArray(given))
    return given.flatMap((each: unknown, at) => unknownKeys(each, (kept as readonly unknown[])[at], [...path, at]))
  if (typeof given !== 'object' || given === null) return []
  return Object.entries(given).flatMap(([key, value]) => {
    const next = (kept as Readonly<Record<string, unknown>>)[key]
    return next === undefined ? [[...path, key]] : unknownKeys(value, next, [...path, key])
  })
}
