import type {Finding} from '@mcp-release/action-kit'
import {z} from 'zod'
import {type AsRead, asRead} from './as-read'
import {knownMembers} from './known-members'
import {isRegistryRule} from './registry-rule'
import {repeatedMembers} from './repeated-members'
import {type ServerJson, currentSchema, publisherProvided, serverJsonSchema} from './schema'
import {isUri} from './url-rules'

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
  const {draft, findings} = readDraft(text, file)
  if (draft === undefined) return {findings}
  const {server, findings: found} = checkServerJson(draft, file)
  const all = [...findings, ...found]
  return server === undefined || all.some(({level}) => level === 'error') ? {findings: all} : {server, findings: all}
}

/** The same for a value that is parsed already. */
export function checkServerJson(value: unknown, file = 'server.json'): Reading {
  const {value: read, notes} = readAs(value)
  if (notes.some(({path}) => path.length === 0)) return {findings: notes.map(({path, says}) => error(file, path, says))}
  const result = serverJsonSchema.safeParse(read, {error: issueText})
  const findings = [
    ...schemaFindings(read, file),
    ...(result.error?.issues ?? []).map((issue): Finding => error(file, issue.path, issue.message)),
    ...notes.map(({level, path, says}): Finding => ({level, text: placed(file, path, says)})),
    ...(result.success ? [...sizeFindings(read, file), ...uriFindings(read as ServerJson, file)] : []),
  ]
  const isWrong = findings.some(({level}) => level === 'error')
  // The document itself, not what the schema made of it: nothing of it is left out.
  return {...(isWrong ? {} : {server: read as ServerJson}), findings}
}

/** A document before it is stamped, and what is to be said of its text. */
export interface Draft {
  /** With its members called as the registry knows them; absent when the text is not JSON. */
  readonly draft?: unknown
  readonly findings: readonly Finding[]
}

/** Reads a text. What is wrong with the document is told when it is checked, and left in it until then. */
export function readDraft(text: string, file = 'server.json'): Draft {
  const json = text.replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (reason) {
    const why = reason instanceof Error ? reason.message : ''
    return {findings: [{level: 'error', text: `${file}: is not valid JSON (${why})`}]}
  }
  const repeated = repeatedMembers(json).map(path => error(file, path, 'is there more than once; leave one'))
  const {value: draft, notes} = readAs(value)
  if (notes.some(({level}) => level === 'error')) return {draft: value, findings: repeated}
  return {
    draft,
    findings: [...repeated, ...notes.map(({level, path, says}) => ({level, text: placed(file, path, says)}))],
  }
}

/** Whether an object may be meant as a server.json: other tools have files of that name, with nothing in common. */
export function isMeantForRegistry(value: object): boolean {
  const {names = []} = knownMembers(serverJsonSchema)
  const given = Object.keys(value).map(key => key.toLowerCase())
  return given.length === 0 || names.some(name => given.includes(name.toLowerCase()))
}

function readAs(value: unknown): AsRead {
  const remedy = `remove it, or keep data of your own in _meta, below ${JSON.stringify(publisherProvided)}`
  return asRead(value, serverJsonSchema, remedy)
}

/** Whether a value follows the published schema, whatever the registry's further rules say. For comparisons with it. */
export function followsPublishedSchema(value: unknown): boolean {
  const result = serverJsonSchema.safeParse(value)
  const isRight = result.success || result.error.issues.every(isRegistryRule)
  return isRight && uris(value as ServerJson).every(({uri}) => isUri(uri))
}

// The published schema asks for URIs by RFC 3986; the registry takes some more, which other readers may not.
function uriFindings(server: ServerJson, file: string): readonly Finding[] {
  return uris(server)
    .filter(({uri}) => !isUri(uri))
    .map(({path, uri}) => ({
      level: 'warning',
      text: placed(file, path, `${JSON.stringify(uri)} holds characters that must be percent-encoded in a URL`),
    }))
}

function uris({$schema, websiteUrl, repository, icons = [], packages = []}: ServerJson) {
  const places: readonly (readonly [readonly PropertyKey[], string | undefined])[] = [
    [['$schema'], $schema],
    [['websiteUrl'], websiteUrl],
    [['repository', 'url'], repository?.url],
    ...icons.map(({src}, at) => [['icons', at, 'src'], src] as const),
    ...packages.map(({registryBaseUrl}, at) => [['packages', at, 'registryBaseUrl'], registryBaseUrl] as const),
  ]
  return places.flatMap(([path, uri]) => (uri === undefined ? [] : [{path, uri}]))
}

const largest = 1024 * 1024 - 1

// The registry refuses a request of a mebibyte.
function sizeFindings(server: unknown, file: string): readonly Finding[] {
  const bytes = Buffer.byteLength(JSON.stringify(server))
  return bytes > largest ? [error(file, [], `has ${bytes} bytes, at most ${largest} are allowed`)] : []
}

const versions = ['2025-07-09', '2025-09-16', '2025-09-29', '2025-10-11', '2025-10-17', '2025-12-11']

// The registry asks for $schema, and takes the ones that it has ever published, from whatever host.
function schemaFindings(value: unknown, file: string): readonly Finding[] {
  if (typeof value !== 'object' || value === null) return []
  const {$schema: given = ''} = value as {readonly $schema?: unknown}
  if (typeof given !== 'string' || given === currentSchema) return []
  if (given === '') return [error(file, ['$schema'], `is missing; write ${JSON.stringify(currentSchema)}`)]
  const [, version = ''] = /\/schemas\/([\w~.-]+)\/server\.schema\.json/.exec(given) ?? []
  if (!versions.includes(version))
    return [error(file, ['$schema'], `${JSON.stringify(given)} is unknown; write ${JSON.stringify(currentSchema)}`)]
  const isOlder = !currentSchema.includes(`/${version}/`)
  const what = isOlder
    ? `${version} is an older schema`
    : `${JSON.stringify(given)} is not where the schema is published`
  const text = `${what}; it was checked against ${currentSchema}, write that`
  return [{level: 'warning', text: placed(file, ['$schema'], text)}]
}

function error(file: string, path: readonly PropertyKey[], message: string): Finding {
  return {level: 'error', text: placed(file, path, message)}
}

function placed(file: string, path: readonly PropertyKey[], message: string): string {
  return `${file}: ${z.core.toDotPath(path) || '(root)'}: ${message}`
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
