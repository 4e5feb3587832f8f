import type {StartValue} from '@mcp-release/release-model'

/** Stands for what only the start of a process decides. */
export const places = {port: '${port}', folder: '${folder}', file: '${file}'} as const

/** What is known of a value besides its text. */
export interface Hints {
  /** The flag before it, or the variable. */
  readonly name?: string
  readonly description?: string
  readonly secret?: boolean
}

/**
 * What an example in instructions means: a text that everybody writes as it stands is `fixed`; for what each user replaces,
 * an answer of the same shape is made up.
 */
export function startValueOf(text: string, hints: Hints = {}): StartValue {
  const {prefix, rest, name} = parts(text, hints.name)
  const told = {...hints, ...(name === undefined ? {} : {name})}
  if (!isAsked(rest, told)) return {value: text, origin: 'fixed', ...named(told)}
  const answer = answerFor(rest, told)
  return {
    value: prefix + answer.value,
    origin: 'asked',
    ...named(told),
    ...(prefix === '' ? {} : {prefix}),
    ...(isSecret(told) ? {secret: true} : {}),
    ...(answer.format === undefined ? {} : {format: answer.format}),
  }
}

function named({name, description}: Hints) {
  return {...(name === undefined ? {} : {name}), ...(description === undefined ? {} : {description})}
}

// `--root=/path`: the option belongs to everybody, what follows to one.
function parts(text: string, name: string | undefined) {
  const [, prefix = '', option = ''] = /^((--?[A-Za-z][\w.-]*)=)(?=.)/s.exec(text) ?? []
  return {prefix, rest: text.slice(prefix.length), name: option === '' ? name : option}
}

const secretName =
  /(?:^|[_-])(?:api[_-]?key|key|token|secret|password|passwd|pwd|pass|credentials?|auth|pat|bearer|cookie|dsn|private[_-]?key)s?$|api_?key|token|secret|password/i

/** Whether a name is that of something nobody else may know. */
export function isSecret({name = '', secret}: Hints): boolean {
  if (secret !== undefined) return secret
  return (
    secretName.test(name) && !/(?:file|path|dir|url|uri|max[_-]?tokens?|tokens?[_-](?:limit|count)|public)/i.test(name)
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

const localPath =
  /^(?:~(?:[\\/]|$)|\$HOME\b|%USERPROFILE%|[A-Za-z]:[\\/]|\/(?!$)|\.{0,2}\/path\b|path\/to\b|(?:absolute|full)[-_ ]path)/i

function isAsked(text: string, hints: Hints): boolean {
  if (text === '' || isSecret(hints))
    return isSecret(hints) || (hints.name !== undefined && !hints.name.startsWith('-'))
  if (text === places.port || text === places.folder || text === places.file) return true
  if (placeholder.test(text) || isConnection(text)) return true
  // A path of the author's machine; one of the web, such as `/mcp`, is short and named so, and devices are everywhere.
  return (localPath.test(text) || isOwnPlace(text, hints)) && !isSharedPath(text, hints)
}

// A folder of the author's project, in which a server keeps or finds something: nobody else starts it there.
function isOwnPlace(text: string, {name = ''}: Hints): boolean {
  const kept =
    /(?:^|[_-])(?:log|log[_-]?file|db|db[_-]?file|database|database[_-]?file|sqlite|storage|output|cache|vault|root|path|dir|directory|folder)s?$/i
  return kept.test(name) && /^[\w.-]+(?:[\\/][\w.-]+)+$/.test(text)
}

/** Whether a text is a path of somebody's own machine, which leads nowhere on another. */
export function isLocalPath(text: string): boolean {
  return localPath.test(text) && !isSharedPath(text, {})
}

function isSharedPath(text: string, {name = ''}: Hints): boolean {
  if (text.startsWith('/dev/')) return true
  return /^\/(?:mcp|sse|messages?|health|api)?\/?$/.test(text) || /(?:endpoint|route|base-?path|url|prefix)/i.test(name)
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
  const {name = '', description = ''} = hints
  const all = `${name} ${example} ${description}`
  if (example === places.folder) return {value: places.folder, format: 'directory'}
  if (example === places.file) return {value: places.file, format: 'file'}
  const address = /^([a-z][a-z0-9+.-]*):\/\//i.exec(example)?.[1]
  if (address !== undefined) return {value: addressFor(example, address)}
  if (isSecret(hints)) return {value: secretFor(example)}
  if (/\$\{(?:workspaceFolder|workspaceRoot|workspaceFolderBasename|userHome|cwd|HOME|PWD)[^}]*\}/.test(example))
    return {value: places.folder, format: 'directory'}
  if (/(?:^|[_-])port$/i.test(name) || /^<?port>?$/i.test(example) || example === places.port)
    return {value: places.port, format: 'number'}
  const database = databaseName.exec(name)?.[1]?.toLowerCase()
  if (database !== undefined) return {value: addressFor('', databases[database] ?? 'postgresql')}
  if (/(?:^|[_-])(?:url|uri|endpoint|base_?url)$/i.test(name) || /^<[^<>]*\burl>$/i.test(example))
    return {value: 'http://localhost:9'}
  if (/e-?mail/i.test(all)) return {value: 'dummy@example.com'}
  if (isPath(example, hints))
    return isFile(example, hints) ? {value: places.file, format: 'file'} : {value: places.folder, format: 'directory'}
  if (/(?:timeout|limit|count|max|min|size|number|seconds|_ms|interval|retries)/i.test(name))
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
  return /^(?:file|sqlite)/i.test(scheme)
    ? `${scheme}:///${places.file}`.replace('///$', '//$')
    : `${scheme.replace('+srv', '')}://dummy:dummy@localhost:9${path}`
}

// Some servers look at the beginning of a key before they take it.
function secretFor(example: string): string {
  const [prefix = ''] =
    /^(?:sk-ant-|sk-proj-|sk-|pk-|ghp_|gho_|github_pat_|xoxb-|xoxp-|glpat-|hf_|ntn_|secret_|pat_?)/i.exec(example) ?? []
  return `${prefix}dummy`
}

function isPath(example: string, {name = ''}: Hints): boolean {
  return (
    localPath.test(example) ||
    /(?:^|[_-])(?:path|dir|directory|folder|file|root|vault|workspace|filename)s?$/i.test(name) ||
    /^[<[{].*(?:path|dir|folder|file)/i.test(example) ||
    /[\\/]\S+[\\/]/.test(example)
  )
}

function isFile(example: string, {name = '', description = ''}: Hints): boolean {
  if (/dir|folder|root|vault|workspace/i.test(name)) return false
  const last = example.replace(/^.*[\\/]/, '').replace(/[>\]}]$/, '')
  if (/^[^.\s]+\.[A-Za-z][A-Za-z0-9]{0,7}$/.test(last)) return true
  if (/dir|folder/i.test(example)) return false
  return (
    /(?:file|config|database|_db|-db|\bdb)(?:[_-]?path)?$/i.test(name) ||
    /\bfile\b/i.test(last) ||
    (/\bfile\b/i.test(description) && !/director|folder/i.test(description))
  )
}
