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

/** Reads one line of stdout: its messages (several in a batch of protocol 2025-03-26), or `undefined` when it is no JSON-RPC. */
export function readLine(line: Uint8Array): readonly Message[] | undefined {
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(line))
  } catch {
    return undefined
  }
  const messages = (Array.isArray(value) ? value : [value]).map(readMessage)
  const known = messages.filter(message => message !== undefined)
  return known.length > 0 && known.length === messages.length ? known : undefined
}

/** Whether a value is a JSON object, no array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
