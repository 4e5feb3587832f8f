import type {StartValue} from '@mcp-release/release-model'
import {isFile, isOwnFolder, isOwnPath, isPath, isSharedPath} from './local-paths'

/** Stands for what only the start of a process decides. */
export const places = {port: '${port}', folder: '${folder}', file: '${file}'} as const

/** What is known of a value besides its text. */
export interface Hints {
  /** The flag before it, or the variable. */
  readonly name?: string
  readonly description?: string
  readonly secret?: boolean
  /** What a question proposes. */
  readonly proposal?: string
}

/**
 * What an example in instructions means: a text that everybody writes as it stands is `fixed`; for what each user replaces,
 * an answer of the same shape is made up.
 */
export function startValueOf(text: string, hints: Hints = {}): StartValue {
  const {prefix, rest, ...more} = parts(text)
  const own = isLocalPath(rest) && hints.secret !== true ? {secret: false} : {}
  const told = {...hints, ...more, ...own}
  if (!isAsked(rest, told)) return {value: text, origin: 'fixed', ...named(told)}
  const proposed: Answer | undefined =
    hints.proposal === undefined || isAsked(hints.proposal, {}) ? undefined : {value: hints.proposal}
  const answer = proposed ?? answerFor(rest, told)
  return {
    value: prefix + answer.value,
    origin: 'asked',
    ...named(told),
    ...(prefix === '' ? {} : {prefix}),
    ...(isSecret(named(told).name === undefined ? {...told, ...innerName(rest)} : told) ? {secret: true} : {}),
    ...(answer.format === undefined ? {} : {format: answer.format}),
  }
}

function named({name, description}: Hints) {
  return {...(name === undefined ? {} : {name}), ...(description === undefined ? {} : {description})}
}

// `--root=/path`: the option belongs to everybody, what follows to one. So do the words before a key (RFC 9110, section 11.4).
function parts(text: string): {readonly prefix: string; readonly rest: string} & Pick<Hints, 'name' | 'secret'> {
  const [, option = ''] = /^(--?[A-Za-z][\w.-]*)=(?=.)/s.exec(text) ?? []
  const from = option === '' ? 0 : option.length + 1
  const [scheme = ''] =
    /^(?:(?:proxy-)?authorization\s*:\s*)?(?:bearer|basic|token|apikey)\s+(?=\S+$)|^(?:proxy-)?authorization\s*:\s*(?=\S+$)/i.exec(
      text.slice(from),
    ) ?? []
  return {
    prefix: text.slice(0, from + scheme.length),
    rest: text.slice(from + scheme.length),
    ...(option === '' ? {} : {name: option}),
    ...(scheme === '' ? {} : {secret: true}),
  }
}

const secretName =
  /(?:^|[_-])(?:api[_-]?key|key|token|secret|password|passwd|pwd|pass|credentials?|auth|pat|bearer|cookie|dsn|private[_-]?key)s?$|api_?key|token|secret|password/i

/** Whether a name is that of something nobody else may know. */
export function isSecret({name = '', secret}: Hints): boolean {
  if (secret !== undefined) return secret
  return (
    secretName.test(name) &&
    !/(?:file|path|dir|url|uri|max[_-]?tokens?|tokens?[_-](?:limit|count)|public|application[_-]credentials)/i.test(
      name,
    )
  )
}

// Each alternative is anchored or has no repetition inside a repetition: hostile texts take linear time.
const placeholder = new RegExp(
  [
    '<[^<>]{1,80}>', // <your-key>
    '\\$\\{[^{}]{1,120}\\}|\\{\\{[^{}]{1,80}\\}\\}', // ${input:key}, {{key}}
    '^\\{[^{}"]{1,80}\\}$|^\\[[^\\[\\]"]{1,80}\\]$', // {key}, [your key]
    '^\\$[A-Z_]{2,}$|^%[A-Z_]{2,}%$', // $HOME, %KEY%
    '(?:^|[^a-z])your(?![a-z])|(?:^|[^a-z])my[-_](?:key|token|secret|password|api)',
    '\\bx{3,}\\b|x{4,}|\\*{3,}|\\.{3}|…', // xxx, sk-xxxx, ***
    'place-?holder|change-?me|replace[-_ ]|insert[-_ ]|example\\.(?:com|org|net)\\b|^(?:todo|tbd|dummy|foo|bar)$|_here\\b|-here\\b',
    '^(?:sk|pk|ghp|gho|github_pat|xox[bp]|glpat|hf|pat|ntn|secret)[-_]\\S*$', // keys of well-known services
  ].join('|'),
  'i',
)

function isAsked(text: string, hints: Hints): boolean {
  if (text === '' || isSecret(hints))
    return isSecret(hints) || (hints.name !== undefined && !hints.name.startsWith('-'))
  if (text === places.port || text === places.folder || text === places.file) return true
  if (placeholder.test(text) || isConnection(text)) return true
  // A path of the author's machine; one of the web, such as `/mcp`, is short and named so, and devices are everywhere.
  return (isOwnPath(text) || isOwnPlace(text, hints)) && !isSharedPath(text, hints)
}

// A folder of the author's project, in which a server keeps or finds something: nobody else starts it there.
function isOwnPlace(text: string, {name = ''}: Hints): boolean {
  const kept =
    /(?:^|[_-])(?:log|log[_-]?file|db|db[_-]?file|database|database[_-]?file|sqlite|storage|output|cache|vault|root|path|dir|directory|folder)s?$/i
  return kept.test(name) && /^[\w.-]+(?:[\\/][\w.-]+)+$/.test(text)
}

/** Whether a text is a path of somebody's own machine, which leads nowhere on another. */
export function isLocalPath(text: string): boolean {
  return isOwnPath(text) && !isSharedPath(text, {})
}

interface Answer {
  readonly value: string
  readonly format?: 'number' | 'boolean' | 'file' | 'directory'
}

// A whole address of one's own: a database with its user and password, not a place of the web.
function isConnection(text: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined || scheme === 'file' || scheme === 'socks5') return false
  return !/^(?:https?|wss?)$/.test(scheme) || /^[^:]+:\/\/[^/@\s]*:[^/@\s]*@/.test(text)
}

/** An answer of the shape that the example and the name show. */
export function answerFor(example: string, hints: Hints): Answer {
  if (example === places.folder || isOwnFolder(example)) return {value: places.folder, format: 'directory'}
  if (example === places.file) return {value: places.file, format: 'file'}
  const told = hints.name === undefined ? {...hints, ...innerName(example)} : hints
  return composed(example, told) ?? shaped(example, told)
}

/** A text of which only parts are replaced: a fallback, JSON, an address, or words around what stands in marks. */
function composed(example: string, hints: Hints): Answer | undefined {
  // https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02
  const [, fallback] = /^\$\{(?:env:)?\w+:?-([^{}]+)\}$/.exec(example) ?? []
  if (fallback !== undefined) return isAsked(fallback, hints) ? answerFor(fallback, hints) : {value: fallback}
  const json = filledJson(example)
  if (json !== undefined) return {value: json}
  const address = /^([a-z][a-z0-9+.-]*):\/\//i.exec(example)?.[1]
  if (address !== undefined) return {value: addressFor(example, address)}
  if (isOwnPath(example) || /e-?mail|@/i.test(`${hints.name ?? ''} ${example}`)) return undefined
  const filled = example.replace(marked, mark => shaped(mark, innerName(mark)).value)
  return filled === example || example.replace(marked, '').trim() === '' ? undefined : {value: filled}
}

const marked = /<[^<>]{1,80}>|\$\{[^{}]{1,120}\}|\{\{[^{}]{1,80}\}\}/g

/** What a placeholder calls the value that it stands for: `<your-api-key>`, `${input:vault_path}`, `%API_KEY%`. */
function innerName(example: string): {readonly name?: string} {
  const [, inner = ''] =
    /^[<[{$%]{1,2}(?:(?:input|env|config):)?\{?(?:(?:input|env|config):)?([\w .:-]{2,60}?)[>\]}%]{0,2}$/.exec(
      example,
    ) ?? []
  const name = inner
    .replace(/^(?:your|the|my|an?|insert|enter)[ _-]/i, '')
    .replace(/[ _-]here$/i, '')
    .replace(/[ .:]+/g, '_')
  return name === '' ? {} : {name}
}

// A server that reads JSON looks at its shape before it looks at what is in it.
function filledJson(example: string): string | undefined {
  if (!/^\s*[[{]\s*["{[]/.test(example)) return undefined
  try {
    return JSON.stringify(JSON.parse(example), (name, value: unknown) => {
      if (typeof value !== 'string') return value
      const {value: given, origin} = startValueOf(value, name === '' || /^\d+$/.test(name) ? {} : {name})
      return origin === 'asked' && value !== '' ? given : value
    })
  } catch {
    return undefined
  }
}

/** An answer for a text that is replaced as a whole. */
function shaped(example: string, hints: Hints): Answer {
  const {description = ''} = hints
  const name = (hints.name ?? '').replace(/([a-z])([A-Z])/g, '$1_$2')
  const all = `${name} ${example} ${description}`
  const own = isOwnPath(example) && !isSharedPath(example, {})
  if (isSecret(hints) && !own) return {value: secretFor(example)}
  if (/(?:^|[_-])port$/i.test(name) || /^<?port>?$/i.test(example) || example === places.port)
    return {value: places.port, format: 'number'}
  const database = databaseName.exec(name)?.[1]?.toLowerCase()
  if (database !== undefined && !own) return {value: addressFor('', databases[database] ?? 'postgresql')}
  if (!own && (/(?:^|[_-])(?:url|uri|endpoint|base_?url)$/i.test(name) || /^<[^<>]*\burl>$/i.test(example)))
    return {value: 'http://localhost:9'}
  if (/e-?mail/i.test(all) || /^[^\s@]+@[^\s@]+$/.test(example)) return {value: 'dummy@example.com'}
  if (isPath(example, {name}))
    return isFile(example, {...hints, name})
      ? {value: places.file, format: 'file'}
      : {value: places.folder, format: 'directory'}
  if (/(?:^|[_-])(?:timeout|limit|count|max|min|size|number|num|seconds|ms|interval|retries)(?:$|[_-])/i.test(name))
    return {value: '1', format: 'number'}
  if (/true\|false|true or false|boolean/i.test(all)) return {value: 'false', format: 'boolean'}
  // `<json|text>` names its choices.
  const choice = /^<([\w-]+)(?:\|[\w-]+)+>$/.exec(example)?.[1]
  return {value: choice ?? 'dummy'}
}

// `DATABASE_URL`, `database URL`, `MONGO_URI`, `--redis-url`
const databaseName =
  /(?:^|[ _-])(database|db|postgres|postgresql|pg|mysql|mariadb|mongo|mongodb|redis)[ _-]?(?:ur[il]|connection[ _-]?string)$/i
const databases: Readonly<Record<string, string>> = {
  mysql: 'mysql',
  mariadb: 'mysql',
  mongo: 'mongodb',
  mongodb: 'mongodb',
  redis: 'redis',
}

// Port 9 discards (RFC 863): nothing answers there, at once.
function addressFor(example: string, scheme: string): string {
  if (/^https?$/i.test(scheme)) return `${scheme.toLowerCase()}://localhost:9`
  const path = /^[^:]+:\/\/[^/]*(\/[\w-]+)/.exec(example)?.[1] ?? '/dummy'
  if (/^file$/i.test(scheme)) return `file://${places.file}`
  // With three slashes alone, a path is relative: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#connect-strings
  return /^sqlite/i.test(scheme)
    ? `${scheme}:///${places.file}`
    : `${scheme.replace('+srv', '')}://dummy:dummy@localhost:9${path}`
}

// Some servers look at the beginning of a key before they take it.
function secretFor(example: string): string {
  const [prefix = ''] =
    /^(?:sk-ant-|sk-proj-|sk-|pk-|ghp_|gho_|github_pat_|xoxb-|xoxp-|glpat-|hf_|ntn_|secret_|pat_?)/i.exec(example) ?? []
  return `${prefix}dummy`
}
