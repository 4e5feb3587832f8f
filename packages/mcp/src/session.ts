import type {Answer, Connection} from './connection'
import {type JsonObject, type RpcError, isObject} from './message'
import {printable, printableTail} from './printable'

/** What a server says of itself. */
export interface ServerInfo {
  readonly name: string
  readonly version: string
  readonly title?: string
}

/** An opened connection. */
export interface Session {
  readonly connection: Connection
  readonly era: 'legacy' | 'modern'
  readonly protocol: string
  readonly capabilities: JsonObject
  /** Absent when a modern server does not identify itself, which the specification allows. */
  readonly server?: ServerInfo
  readonly startMilliseconds: number
  /** Sends a request in the manner of the era. */
  request(method: string, params: JsonObject, milliseconds: number): Promise<Answer>
}

/** Why no session came about, in words. */
export interface HandshakeFailure {
  readonly connection: Connection
  readonly problem: string
}

const modernProtocol = '2026-07-28'
const offeredProtocol = '2025-11-25'
const legacyProtocols = ['2024-10-07', '2024-11-05', '2025-03-26', '2025-06-18', offeredProtocol]
const clientInfo = {name: 'mcp-release', version: '0.1.0'}
const unsupportedVersion = -32022
const modernErrors = [unsupportedVersion, -32021, -32020]
const meta = 'io.modelcontextprotocol'
const envelope = {
  [`${meta}/protocolVersion`]: modernProtocol,
  [`${meta}/clientInfo`]: clientInfo,
  [`${meta}/clientCapabilities`]: {},
}

/** Opens a session in the modern manner; `undefined` when the server does not know it. */
export async function discover(
  connection: Connection,
  milliseconds: number,
): Promise<Session | HandshakeFailure | undefined> {
  const answer = await connection.request('server/discover', {_meta: envelope}, milliseconds)
  if (answer.kind === 'error' && isModernError(answer.error)) {
    return {
      connection,
      problem: `server/discover answered ${errorText(answer.error)}; this client speaks ${modernProtocol}`,
    }
  }
  const result = answer.kind === 'result' && isObject(answer.result) ? answer.result : {}
  const versions = result['supportedVersions']
  if (!Array.isArray(versions)) return undefined
  if (!versions.includes(modernProtocol)) {
    const spoken = printable(versions.map(String).join(', '))
    return {
      connection,
      problem: `speaks protocol ${spoken}; this client speaks ${modernProtocol} and ${offeredProtocol}`,
    }
  }
  const own = isObject(result['_meta']) ? result['_meta'][`${meta}/serverInfo`] : undefined
  const server = readServerInfo(own ?? result['serverInfo'])
  return {
    connection,
    era: 'modern',
    protocol: modernProtocol,
    capabilities: isObject(result['capabilities']) ? result['capabilities'] : {},
    ...(server === undefined ? {} : {server}),
    startMilliseconds: connection.process.milliseconds,
    request: (method, params, limit) => connection.request(method, {...params, _meta: envelope}, limit),
  }
}

/** Opens a session with `initialize`; `modern` when the server refuses it because it is newer than that. */
export async function initialize(
  connection: Connection,
  milliseconds: number,
): Promise<Session | HandshakeFailure | 'modern'> {
  const params = {protocolVersion: offeredProtocol, capabilities: {}, clientInfo}
  const answer = await connection.request('initialize', params, milliseconds)
  if (answer.kind === 'error' && isModernError(answer.error)) return 'modern'
  if (answer.kind !== 'result') return {connection, problem: describeAnswer('initialize', answer, connection)}
  const result = isObject(answer.result) ? answer.result : {}
  const {protocolVersion, capabilities} = result
  const server = readServerInfo(result['serverInfo'])
  if (typeof protocolVersion !== 'string' || !legacyProtocols.includes(protocolVersion)) {
    const spoken = printable(typeof protocolVersion === 'string' ? protocolVersion : typeof protocolVersion)
    return {
      connection,
      problem: `initialize answered protocolVersion ${spoken}, known are ${legacyProtocols.join(', ')}`,
    }
  }
  if (!isObject(capabilities)) return {connection, problem: 'initialize answered without capabilities'}
  if (server === undefined) return {connection, problem: 'initialize answered without serverInfo of name and version'}
  connection.notify('notifications/initialized')
  const startMilliseconds = connection.process.milliseconds
  const request: Session['request'] = (method, own, limit) => connection.request(method, own, limit)
  return {connection, era: 'legacy', protocol: protocolVersion, capabilities, server, startMilliseconds, request}
}

/** What came instead of a result, with what the server said last. */
export function describeAnswer(
  method: string,
  answer: Exclude<Answer, {kind: 'result'}>,
  connection: Connection,
): string {
  const words = printableTail(connection.process.stderr)
  const said =
    words.length === 0
      ? '; it wrote nothing to stderr'
      : `; its last words:\n${words.map(line => `  ${line}`).join('\n')}`
  switch (answer.kind) {
    case 'error':
      return `${method} answered ${errorText(answer.error)}`
    case 'timeout':
      return `no answer to ${method} within ${answer.milliseconds / 1000} s${said}`
    case 'closed': {
      const {code, signal, error} = answer.exit
      const how =
        error === undefined ? `ended with ${signal ?? `exit code ${code ?? 0}`}` : `could not be started: ${error}`
      return error === undefined ? `${how} before it answered ${method}${said}` : how
    }
  }
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
