import {type InputsOf, rejectProblems} from '@mcp-release/action-kit'
import {type StartableServer, type ToolCall, type ToolsFile, parseToolCall, places} from '@mcp-release/mcp'
import {parseVersion} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Demand} from './isolation'
import type {Trial} from './matrix/trial'

/** How servers are started and judged. */
export interface Settings {
  readonly executable?: string
  readonly serverArgs: readonly string[]
  readonly serverEnv: Readonly<Record<string, string>>
  readonly transport: 'auto' | 'stdio' | 'http'
  readonly httpPath?: string
  readonly network: 'off' | 'on'
  readonly expectTools: readonly string[]
  readonly calls: readonly ToolCall[]
  readonly version?: string
  readonly serverName?: string
  readonly versionMismatch: 'warning' | 'error'
  readonly breakingChange: 'warning' | 'error'
  readonly unverifiable: 'skip' | 'error'
  readonly timeoutMilliseconds: number
  /** What happens when a server cannot start without a real account or device. */
  readonly unverified: 'refuse' | 'allow'
  /** What inputs say; it wins over the settings of a plan. */
  readonly given?: Partial<Pick<Settings, 'network' | 'timeoutMilliseconds' | 'unverified'>> & {
    /** What it means when servers cannot be isolated. */
    readonly isolation?: Demand
  }
  readonly concurrency: number
  /** A running server. */
  readonly remote?: {readonly url: string; readonly headers: Readonly<Record<string, string>>}
  /** What the files say that the inputs name. */
  readonly serverJson?: StartableServer
  readonly previous?: ToolsFile
  /** How the compatibility matrix takes part in an installation. */
  readonly trial?: Trial
}

const defaultSeconds = 60

/** Inputs in a form in which they cannot be wrong; throws all problems at once. */
export function refine(raw: InputsOf<typeof contract>): Settings {
  const problems: string[] = []
  const serverEnv = readPairs(raw.serverEnv, {
    input: 'server-env',
    form: 'NAME=value',
    pattern: /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s,
    problems,
  })
  const calls = raw.call.flatMap(line => {
    const call = parseToolCall(line)
    if (call === undefined) problems.push(`call: ${JSON.stringify(line)} is not: tool {"arguments": …} => expected`)
    return call === undefined ? [] : [call]
  })
  if (raw.timeout !== undefined && (raw.timeout < 1 || raw.timeout > 3600))
    problems.push(`timeout: ${raw.timeout} is not from 1 to 3600 seconds`)
  if (raw.concurrency < 1 || raw.concurrency > 50) {
    problems.push(`concurrency: ${raw.concurrency} is not between 1 and 50`)
  }
  if (raw.version !== undefined && parseVersion(raw.version) === undefined) {
    problems.push(`version: ${JSON.stringify(raw.version)} is neither SemVer nor PEP 440`)
  }
  if (raw.httpPath?.startsWith('/') === false)
    problems.push(`http-path: ${JSON.stringify(raw.httpPath)} has no / before it`)
  if (raw.files.length === 0 && raw.url === undefined) problems.push('files: required, when there is no url')
  const remote = readRemote(raw, problems)
  const isPlaced = [...raw.serverArgs, ...Object.values(serverEnv)].some(text => text.includes(places.port))
  const isOwn = raw.serverArgs.length > 0 || (raw.serverJson === undefined && raw.plan === undefined)
  if (raw.transport === 'http' && !isPlaced && isOwn && raw.files.length > 0) {
    problems.push(`transport: http, but neither server-args nor server-env holds ${places.port}, the port to listen on`)
  }
  rejectProblems(problems)
  return {
    ...(raw.executable === undefined ? {} : {executable: raw.executable}),
    ...(raw.version === undefined ? {} : {version: raw.version}),
    ...(raw.serverName === undefined ? {} : {serverName: raw.serverName}),
    ...(raw.httpPath === undefined ? {} : {httpPath: raw.httpPath}),
    ...(remote === undefined ? {} : {remote}),
    serverArgs: raw.serverArgs,
    serverEnv,
    transport: raw.transport,
    network: raw.network ?? 'off',
    expectTools: raw.expectTools,
    calls,
    versionMismatch: raw.versionMismatch,
    breakingChange: raw.breakingChange,
    unverifiable: raw.unverifiable,
    timeoutMilliseconds: (raw.timeout ?? defaultSeconds) * 1000,
    unverified: raw.unverified ?? 'refuse',
    given: {
      ...(raw.network === undefined ? {} : {network: raw.network}),
      ...(raw.timeout === undefined ? {} : {timeoutMilliseconds: raw.timeout * 1000}),
      ...(raw.unverified === undefined ? {} : {unverified: raw.unverified}),
      ...(raw.isolation === undefined ? {} : {isolation: raw.isolation}),
    },
    concurrency: raw.concurrency,
  }
}

function readRemote(raw: InputsOf<typeof contract>, problems: string[]): Settings['remote'] {
  const headers = readPairs(raw.urlHeaders, {
    input: 'url-headers',
    form: 'Name: value',
    pattern: /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e]+)$/,
    problems,
  })
  if (raw.url === undefined) return undefined
  const url = URL.canParse(raw.url) ? new URL(raw.url) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    problems.push(`url: ${JSON.stringify(raw.url)} is no URL with http or https`)
    return undefined
  }
  if (url.username !== '' || url.password !== '') problems.push('url: holds a password; give it in url-headers')
  return {url: raw.url, headers}
}

function readPairs(
  items: readonly string[],
  {
    input,
    form,
    pattern,
    problems,
  }: {readonly input: string; readonly form: string; readonly pattern: RegExp; readonly problems: string[]},
): Readonly<Record<string, string>> {
  const pairs: Record<string, string> = {}
  items.forEach((item, at) => {
    const [, name, value] = pattern.exec(item) ?? []
    // The item itself may hold a secret, so that only its place is named.
    if (name === undefined || value === undefined) problems.push(`${input}: item ${at + 1} is not ${form}`)
    else pairs[name] = value
  })
  return pairs
}
