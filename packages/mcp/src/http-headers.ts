import {isObject, type JsonObject} from './message'
import {meta} from './session'

/**
 * The headers that protocol 2026-07-28 wants beside a request, taken from its body; none for older protocols.
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#request-metadata
 */
export function requestHeaders(method: string, params: JsonObject): Readonly<Record<string, string>> {
  const own = params['_meta']
  const protocol = isObject(own) ? own[`${meta}/protocolVersion`] : undefined
  if (typeof protocol !== 'string') return {}
  const name = params['name'] ?? params['uri']
  return {
    'MCP-Protocol-Version': protocol,
    'Mcp-Method': method,
    ...(typeof name === 'string' ? {'Mcp-Name': headerValue(name)} : {}),
  }
}

/** The headers for those arguments of a tool whose schema asks for them with `x-mcp-header`. */
export function argumentHeaders(schema: JsonObject, given: JsonObject): Readonly<Record<string, string>> {
  const {properties} = schema
  if (!isObject(properties)) return {}
  const headers: Record<string, string> = {}
  for (const [name, property] of Object.entries(properties)) {
    const value = given[name]
    if (!isObject(property)) continue
    if (isObject(value)) Object.assign(headers, argumentHeaders(property, value))
    const header = property['x-mcp-header']
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    if (typeof header === 'string' && /^[!#$%&'*+.^_`|~\w-]+$/.test(header) && isPlain) {
      headers[`Mcp-Param-${header}`] = headerValue(String(value))
    }
  }
  return headers
}

/** A value as it may stand in a header: as it is, or in Base64 between the marks that the protocol defines. */
export function headerValue(value: string): string {
  const isPlain = /^[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value)
  return isPlain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`
}
