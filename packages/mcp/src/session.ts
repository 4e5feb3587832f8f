import type {Answer, Channel} from './channel'
import {type JsonObject, type RpcError, isObject} from './message'
import {printable, printableEnds} from './printable'

/** What a server says of itself. */
export interface ServerInfo {
  readonly name: string
  readonly version: string
  readonly title?: string
}

/** An opened conversation. */
export interface Session {
  readonly channel: Channel
  readonly era: 'legacy' | 'modern'
  readonly protocol: string
  readonly capabilities: JsonObject
  /** Absent when a modern server does not identify itself, which the specification allows. */
  readonly server?: ServerInfo
  readonly startMilliseconds: number
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
}

/** The protocol without sessions, and the prefix of what each of its requests says of itself in `_meta`. */
export const modernProtocol = '2026-07-28'
export const meta = 'io.modelcontextprotocol'

const offeredProtocol = '2025-11-25'
const legacyProtocols = ['2024-10-07', '2024-11-05', '2025-03-26', '2025-06-18', offeredProtocol]
const clientInfo = {name: 'mcp-release', version: '0.1.0'}
const unsupportedVersion = -32022
const modernErrors = [unsupportedVersion, -32021, -32020]
const envelope = {
  [`${meta}/protocolVersion`]: modernProtocol,
  [`${meta}/clientInfo`]: clientInfo,
  [`${meta}/clientCapabilities`]: {},
}

/** Opens a session in the modern manner; `undefined` when the server does not know it. */
export async function discover(
  channel: Channel,
  milliseconds: number,
): Promise<Session | HandshakeFailure | undefined> {
  const answer = await channel.request('server/discover', {_meta: envelope}, milliseconds)
  if (answer.kind === 'error' && isModernError(answer.error)) {
    return {
      problem: `server/discover answered ${errorText(answer.error)}; this client speaks ${modernProtocol}`,
    }
  }
  const result = answer.kind === 'result' && isObject(answer.result) ? answer.result : {}
  const versions = result['supportedVersions']
  if (!Array.isArray(versions)) return undefined
  if (!versions.includes(modernProtocol)) {
    const spoken = printable(versions.map(String).join(', '))
    return {
      problem: `speaks protocol ${spoken}; this client speaks ${modernProtocol} and ${offeredProtocol}`,
    }
  }
  const own = isObject(result['_meta']) ? result['_meta'][`${meta}/serverInfo`] : undefined
  const server = readServerInfo(own ?? result['serverInfo'])
  return {
    channel,
    era: 'modern',
    protocol: modernProtocol,
    capabilities: isObject(result['capabilities']) ? result['capabilities'] : {},
    ...(server === undefined ? {} : {server}),
    startMilliseconds: channel.milliseconds,
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
  if (answer.kind === 'error' && isModernError(answer.error)) return 'modern'
  if (answer.kind !== 'result') return {problem: describeAnswer('initialize', answer, channel)}
  const result = isObject(answer.result) ? answer.result : {}
  const {protocolVersion, capabilities} = result
  const server = readServerInfo(result['serverInfo'])
  if (typeof protocolVersion !== 'string' || !legacyProtocols.includes(protocolVersion)) {
    const spoken = printable(typeof protocolVersion === 'string' ? protocolVersion : typeof protocolVersion)
    return {
      problem: `initialize answered protocolVersion ${spoken}, known are ${legacyProtocols.join(', ')}`,
    }
  }
  if (!isObject(capabilities)) return {problem: 'initialize answered without capabilities'}
  if (server === undefined) return {problem: 'initialize answered without serverInfo of name and version'}
  const startMilliseconds = channel.milliseconds
  await channel.notify('notifications/initialized')
  const request: Session['request'] = (method, own, limit) => channel.request(method, own, limit)
  return {channel, era: 'legacy', protocol: protocolVersion, capabilities, server, startMilliseconds, request}
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

function isModernError(error: RpcError): boolean {
  return modernErrors.includes(error.code)
}

function readServerInfo(value: unknown): ServerInfo | undefined {
  if (!isObject(value)) return undefined
  const {name, version, title} = value
  if (typeof name !== 'string' || name === '' || typeof version !== 'string') return undefined
  return {
    name: printable(name),
    version: printable(version),
    ...(typeof title === 'string' ? {title: printable(title)} : {}),
  }
}
