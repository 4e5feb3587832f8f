/** A JSON object whose members are not known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** What went wrong, as JSON-RPC 2.0 has it. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: unknown
}

/** One JSON-RPC 2.0 message. */
export type Message =
  | {readonly kind: 'request'; readonly id: string | number; readonly method: string; readonly params: unknown}
  | {readonly kind: 'notification'; readonly method: string; readonly params: unknown}
  | {readonly kind: 'result'; readonly id: string | number; readonly result: unknown}
  | {readonly kind: 'error'; readonly id: string | number | null; readonly error: RpcError}

const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

/** What a line holds. */
export interface Line {
  /** One, or several in a batch of protocol 2025-03-26. */
  readonly messages: readonly Message[]
  /** Why clients drop the line all the same. */
  readonly flaw?: string
}

/** Reads one line of stdout, or the body of an answer; `undefined` when it is no JSON-RPC. */
export function readLine(line: Uint8Array): Line | undefined {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(line))
  } catch {
    return undefined
  }
  const messages = (Array.isArray(value) ? value : [value]).map(readMessage)
  const known = messages.filter(message => message !== undefined)
  if (known.length === 0 || known.length < messages.length) return undefined
  const flaw = Array.isArray(value) ? 'holds several messages, which no client asked for' : flawOf(value as JsonObject)
  return {messages: known, ...(flaw === undefined ? {} : {flaw})}
}

/** Whether a value is a JSON object, no array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Official clients read messages strictly: https://www.jsonrpc.org/specification, schema.json (JSONRPCMessage).
function flawOf(message: JsonObject): string | undefined {
  const body = 'method' in message ? 'method' : 'error' in message ? 'error' : 'result'
  const allowed = ['jsonrpc', 'id', body, ...(body === 'method' ? ['params'] : [])]
  const more = Object.keys(message).filter(key => !allowed.includes(key))
  if (more.length > 0) return `has ${more.map(key => JSON.stringify(key)).join(', ')} beside ${JSON.stringify(body)}`
  const {id, result, error, params} = message
  if (typeof id === 'number' && !Number.isInteger(id)) return 'has an id that is no whole number'
  if (body === 'result' && !isObject(result)) return 'has a result that is no object'
  if (body === 'method' && params !== undefined && !isObject(params)) return 'has params that are no object'
  if (!isObject(error)) return undefined
  if (!Number.isInteger(error['code'])) return 'has an error code that is no whole number'
  return typeof error['message'] === 'string' ? undefined : 'has an error without a message'
}

function readMessage(value: unknown): Message | undefined {
  if (!isObject(value) || value['jsonrpc'] !== '2.0') return undefined
  const {id, method, params, result, error} = value
  const hasId = typeof id === 'string' || typeof id === 'number'
  if (typeof method === 'string') {
    if (hasId) return {kind: 'request', id, method, params}
    return id === undefined ? {kind: 'notification', method, params} : undefined
  }
  if (hasId && 'result' in value) return {kind: 'result', id, result}
  if (isObject(error) && typeof error['code'] === 'number' && (hasId || id === null || id === undefined)) {
    const message = typeof error['message'] === 'string' ? error['message'] : ''
    return {kind: 'error', id: hasId ? id : null, error: {code: error['code'], message, data: error['data']}}
  }
  return undefined
}
