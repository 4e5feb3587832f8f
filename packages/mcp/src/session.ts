import type {Answer, Channel} from './channel'
import {type JsonObject, type RpcError, isObject} from './message'
import {printable, printableEnds} from './printable'
import {type Era, omissions, refusalWords, refusals} from './wire/results'

/** What a server says of itself. */
export interface ServerInfo {
  readonly name: string
  readonly version: string
  readonly title?: string
}

/** An opened conversation. */
export interface Session {
  readonly channel: Channel
  readonly era: Era
  readonly protocol: string
  readonly capabilities: JsonObject
  /** Absent when a modern server does not identify itself, which the specification allows. */
  readonly server?: ServerInfo
  readonly startMilliseconds: number
  /** What clients of today overlook in how the session was opened. */
  readonly concerns: readonly string[]
  /** Sends a request in the manner of the era; see `Channel.request` for `headers`. */
  request(
    method: string,
    params: JsonObject,
    milliseconds: number,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
}

/** Why no session came about, in words. */
export interface HandshakeFailure {
  readonly problem: string
  /** The request was answered with a result. */
  readonly answered?: boolean
}

/** A server that knows the new manner, but not so that clients accept it: they fall back to `initialize`. */
export interface Fallback {
  readonly fallback: string
  /** `true`: it says nothing of why `initialize` fails, where that fails as well. */
  readonly isAside?: boolean
}

/** The protocol without sessions, and the prefix of what each of its requests says of itself in `_meta`. */
export const modernProtocol = '2026-07-28'
export const meta = 'io.modelcontextprotocol'

const offeredProtocol = '2025-11-25'
const legacyProtocols = ['2024-10-07', '2024-11-05', '2025-03-26', '2025-06-18', offeredProtocol]
const clientInfo = {name: 'mcp-release', version: '0.1.0'}
const unsupportedVersion = -32022
const firstModern = '2026-07-28'
const envelope = {
  [`${meta}/protocolVersion`]: modernProtocol,
  [`${meta}/clientInfo`]: clientInfo,
  [`${meta}/clientCapabilities`]: {},
}

/**
 * Opens a session in the modern manner. `undefined` when the server does not know it: whatever is no `DiscoverResult` and
 * no list of newer versions is an older server, and a version that is rejected while it is offered is tried once more
 * (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/stdio#backward-compatibility).
 */
export async function discover(
  channel: Channel,
  milliseconds: number,
): Promise<Session | HandshakeFailure | Fallback | undefined> {
  const ask = () => channel.request('server/discover', {_meta: envelope}, milliseconds)
  let answer = await ask()
  if (answer.kind === 'error' && offered(answer.error).includes(modernProtocol)) answer = await ask()
  if (answer.kind === 'error') {
    const versions = offered(answer.error)
    if (!versions.some(isModern)) return stopped(answer)
    const told = `server/discover answered ${errorText(answer.error)}`
    return {
      problem: versions.includes(modernProtocol)
        ? `${told}, although it offers ${modernProtocol}, and again when it was tried once more`
        : `${told}; it speaks ${listed(versions)}, this client ${modernProtocol}`,
    }
  }
  if (answer.kind === 'http' || (answer.kind === 'timeout' && channel.transport === 'http')) return stopped(answer)
  if (answer.kind !== 'result' || !isObject(answer.result)) return undefined
  return readDiscovery(channel, answer.result)
}

// Clients of the new era take most refusals for an older server, and no others: 401 and 403 ask for a login, a server that
// fails is tried again later, and what is no answer at all is none (https://github.com/modelcontextprotocol/typescript-sdk).
function stopped(answer: Extract<Answer, {kind: 'http' | 'error' | 'timeout'}>): Fallback | undefined {
  const what = whatStops(answer)
  if (what === undefined) return undefined
  return {
    fallback: `server/discover is answered with ${what}, at which newer clients stop; an older server answers it with a JSON-RPC error or HTTP 400`,
    isAside: true,
  }
}

function whatStops(answer: Extract<Answer, {kind: 'http' | 'error' | 'timeout'}>): string | undefined {
  if (answer.kind === 'timeout') return `nothing for ${answer.milliseconds / 1000} s`
  const {kind, status} = answer
  if (status === undefined) return kind === 'http' ? `nothing that can be read (${answer.problem})` : undefined
  if ([401, 403].includes(status) || status >= 500) return `HTTP ${status}`
  return kind === 'http' && status < 300 ? `something else than JSON-RPC (HTTP ${status})` : undefined
}

function readDiscovery(channel: Channel, result: JsonObject): Session | Fallback | undefined {
  const versions = strings(result['supportedVersions'])
  const refused = refusals('modern', 'server/discover', result)
  if (!versions.includes(modernProtocol) || refused.length > 0) {
    if (!versions.some(isModern)) return undefined
    const fallback = versions.includes(modernProtocol)
      ? `server/discover answers what clients refuse: ${refusalWords(refused).join('; ')}`
      : `speaks protocol ${listed(versions)}; this client speaks ${modernProtocol} and ${offeredProtocol}`
    return {fallback}
  }
  const own = isObject(result['_meta']) ? result['_meta'][`${meta}/serverInfo`] : undefined
  const server = readServerInfo(own ?? result['serverInfo'])
  const omitted = refusalWords(omissions('modern', 'server/discover', result))
  return {
    channel,
    era: 'modern',
    protocol: modernProtocol,
    capabilities: isObject(result['capabilities']) ? result['capabilities'] : {},
    ...(server === undefined ? {} : {server}),
    startMilliseconds: channel.milliseconds,
    concerns:
      omitted.length === 0 ? [] : [`server/discover lacks what the specification demands: ${omitted.join('; ')}`],
    request: (method, params, limit, headers) => channel.request(method, {...params, _meta: envelope}, limit, headers),
  }
}

/** Opens a session with `initialize`; `modern` when the server refuses it because it is newer than that. */
export async function initialize(
  channel: Channel,
  milliseconds: number,
): Promise<Session | HandshakeFailure | 'modern'> {
  const params = {protocolVersion: offeredProtocol, capabilities: {}, clientInfo}
  const answer = await channel.request('initialize', params, milliseconds)
  if (answer.kind === 'error' && answer.error.code === unsupportedVersion) return 'modern'
  if (answer.kind !== 'result') return {problem: describeAnswer('initialize', answer, channel)}
  const result = isObject(answer.result) ? answer.result : {}
  const {protocolVersion, capabilities} = result
  if (typeof protocolVersion !== 'string' || !legacyProtocols.includes(protocolVersion)) {
    const spoken = printable(typeof protocolVersion === 'string' ? protocolVersion : typeof protocolVersion)
    return {
      problem: `initialize answered protocolVersion ${spoken}, known are ${legacyProtocols.join(', ')}`,
      answered: true,
    }
  }
  const failed = (problem: string) => ({problem, answered: true})
  if (!isObject(capabilities)) return failed('initialize answered without capabilities')
  const server = readServerInfo(result['serverInfo'])
  if (server === undefined) return failed('initialize answered without serverInfo of name and version')
  const refused = refusalWords(refusals('legacy', 'initialize', result))
  if (refused.length > 0) return failed(`initialize answers what clients refuse: ${refused.join('; ')}`)
  const startMilliseconds = channel.milliseconds
  const refusal = await channel.notify('notifications/initialized')
  if (refusal !== undefined) return failed(`notifications/initialized: ${refusal}, at which clients give up`)
  const request: Session['request'] = (method, own, limit) => channel.request(method, own, limit)
  const said = {protocol: protocolVersion, capabilities, server, startMilliseconds, concerns: []}
  return {channel, era: 'legacy', ...said, request}
}

/** What came instead of a result, with what the server said last. */
export function describeAnswer(
  method: string,
  answer: Exclude<Answer, {kind: 'result'}>,
  {stderr, stray}: Pick<Channel, 'stderr' | 'stray'>,
): string {
  const said = lastWords(stderr)
  switch (answer.kind) {
    case 'error':
      return `${method} answered ${errorText(answer.error)}`
    case 'timeout':
      return `no answer to ${method} within ${answer.milliseconds / 1000} s${said}`
    case 'http':
      return `${method}: ${answer.problem}${said}`
    case 'closed': {
      const {code, signal, error} = answer.exit
      const how =
        error === undefined ? `ended with ${signal ?? `exit code ${code ?? 0}`}` : `could not be started: ${error}`
      // What a program prints before it ends, such as its help, may be on stdout.
      return error === undefined ? `${how} before it answered ${method}${lastWords(stderr, stray)}` : how
    }
  }
}

/** What a program printed, first and last lines, to be put behind what went wrong. */
export function lastWords(stderr: string | undefined, stdout = ''): string {
  if (stderr === undefined) return ''
  const [words, others] = [printableEnds(stderr), printableEnds(stdout)]
  // Some programs say the same on both.
  const printed = words.join('\n') === others.join('\n') ? words : [...others, ...words]
  if (printed.length === 0) return '; it wrote nothing to stderr'
  return `; its last words:\n${printed.map(line => `  ${line}`).join('\n')}`
}

function errorText(error: RpcError): string {
  return `error ${error.code}: ${printable(error.message)}`
}

// The versions that an error offers instead.
function offered({code, data}: RpcError): readonly string[] {
  return code === unsupportedVersion && isObject(data) ? strings(data['supported']) : []
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string') ? value : []
}

// Versions are dates.
function isModern(version: string): boolean {
  return version >= firstModern
}

function listed(versions: readonly string[]): string {
  return printable(versions.join(', '))
}

function readServerInfo(value: unknown): ServerInfo | undefined {
  if (!isObject(value)) return undefined
  const {name, version, title} = value
  if (typeof name !== 'string' || typeof version !== 'string') return undefined
  return {
    name: printable(name),
    version: printable(version),
    ...(typeof title === 'string' ? {title: printable(title)} : {}),
  }
}
