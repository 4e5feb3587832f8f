import type {Settings} from './inputs'
import type {Outcome} from './verify'

const shortest = 4
const secretNames = /token|key|secret|pass|pwd|credential|auth|cookie|(?:^|_)pat(?:$|_)/i

type Given = Pick<Settings, 'remote' | 'serverEnv' | 'serverArgs'>

/** What inputs hold that may be secret: nothing of it belongs into reports, which are published. */
export function secretsOf({remote, serverEnv, serverArgs}: Given): readonly string[] {
  const headers = Object.values(remote?.headers ?? {}).flatMap(text => [text, ...credentialsOf(text)])
  const queries = remote === undefined ? [] : [...new URL(remote.url).searchParams.values()]
  const variables = Object.entries(serverEnv).flatMap(([name, text]) => [
    ...(secretNames.test(name) ? [text, ...credentialsOf(text)] : []),
    ...(/^\w+:\/\/[^/@\s]*:([^/@\s]+)@/.exec(text)?.slice(1) ?? []),
  ])
  const all = [...headers, ...queries, ...variables, ...serverArgs.flatMap(secretArgument)].filter(
    text => text.length >= shortest && !text.includes('${'),
  )
  // The longest first, as one may be a part of another.
  return [...new Set(all.flatMap(spellings))].sort((one, other) => other.length - one.length)
}

// `--token=SECRET`, and `--token` before it.
function secretArgument(argument: string, at: number, all: readonly string[]): readonly string[] {
  const [, flag = '', text] = /^(-[\w-]+)=(.*)$/s.exec(argument) ?? []
  if (secretNames.test(flag) && text !== undefined) return [text]
  const before = all[at - 1] ?? ''
  return /^-[\w-]+$/.test(before) && secretNames.test(before) && !argument.startsWith('-') ? [argument] : []
}

// `Bearer CREDENTIALS`, and `Basic` with a name and a password in base64 (RFC 7617).
function credentialsOf(text: string): readonly string[] {
  const [, scheme = '', credentials] = /^([\w-]+) +(\S.*)$/.exec(text) ?? []
  if (credentials === undefined) return []
  if (scheme.toLowerCase() !== 'basic') return [credentials]
  const pair = Buffer.from(credentials, 'base64').toString()
  return [credentials, pair, pair.slice(pair.indexOf(':') + 1)]
}

function spellings(text: string): readonly string[] {
  return [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]
}

/** What became of a file as it may be told and published. */
export function publishable(outcome: Outcome, secrets: readonly string[]): Outcome {
  const {server, surface, ...rest} = outcome
  return {
    ...rest,
    server: withoutSecrets(server, secrets),
    ...(surface === undefined ? {} : {surface: withoutSecrets(surface, secrets)}),
  }
}

/** The same without secrets in any of its texts, keys of objects included. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T {
  return secrets.length === 0 ? value : (cleaned(value, secrets) as T)
}

function cleaned(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value)
  if (Array.isArray(value)) return value.map(each => cleaned(each, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, each]) => [cleaned(key, secrets), cleaned(each, secrets)] as const)
  return Object.fromEntries(entries)
}
