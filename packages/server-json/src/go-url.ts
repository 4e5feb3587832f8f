import {isIPv6} from 'node:net'

/** The parts of a URL that rules of the registry look at. */
export interface GoUrl {
  /** In lower case, without the colon; empty when there is none. */
  readonly scheme: string
  /** With the port. */
  readonly host: string
  /** Without the port and without the brackets of an address. */
  readonly hostname: string
  /** Decoded. */
  readonly path: string
}

/**
 * Reads a URL as the registry does, which is written in Go and takes what `net/url` takes: it differs from the URL of the
 * web platform in both directions (https://pkg.go.dev/net/url#Parse, of Go 1.26). `undefined` for what Go refuses.
 */
export function goUrl(text: string): GoUrl | undefined {
  const [before, fragment = ''] = cut(text, '#')
  // Go looks for control characters only before the fragment.
  if (/[\0-\x1F\x7F]/.test(before) || !isEscaped(fragment)) return undefined
  if (before.startsWith(':')) return undefined
  const [, scheme = '', behind = ''] = /^(?:([a-z][a-z0-9+.-]*):)?([^]*)$/i.exec(before) ?? []
  const [rest] = cut(behind, '?')
  const empty = {scheme: scheme.toLowerCase(), host: '', hostname: '', path: ''}
  if (!rest.startsWith('/')) {
    // What follows the scheme directly is opaque and may be anything.
    if (scheme !== '') return empty
    return cut(rest, '/')[0].includes(':') || !isEscaped(rest) ? undefined : {...empty, path: decoded(rest)}
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))
  const end = hasAuthority ? rest.indexOf('/', 2) : 0
  const path = end < 0 ? '' : rest.slice(end)
  const host = hasAuthority ? hostOf(rest.slice(2, end < 0 ? undefined : end), empty.scheme) : ''
  if (host === undefined || !isEscaped(path)) return undefined
  return {...empty, host, hostname: hostnameOf(host), path: decoded(path)}
}

function hostOf(authority: string, scheme: string): string | undefined {
  const at = authority.lastIndexOf('@')
  const user = authority.slice(0, Math.max(at, 0))
  if (!/^[\w.~!$&'()*+,;=%:@-]*$/.test(user) || !isEscaped(user)) return undefined
  const host = authority.slice(at + 1)
  const bracket = host.lastIndexOf('[')
  if (bracket > 0) return undefined
  if (bracket === 0) return addressOf(host)
  // Two colons are one too many for http, while other schemes may have them in the name.
  const colon = /^https?$/.test(scheme) ? host.indexOf(':') : host.lastIndexOf(':')
  return colon >= 0 && !/^:\d*$/.test(host.slice(colon)) ? undefined : unescapedHost(host)
}

function addressOf(host: string): string | undefined {
  const [, address = '', port = ''] = /^\[([^]*)\]([^\]]*)$/.exec(host) ?? []
  const [name, zone] = cut(address, '%25')
  const plain = unescapedHost(name)
  if (!/^(:\d*)?$/.test(port) || plain === undefined || !isIPv6(plain)) return undefined
  if (zone === undefined) return `[${plain}]${port}`
  return zone === '' || !isEscaped(zone) ? undefined : `[${plain}%${decoded(zone)}]${port}`
}

// Of the characters of ASCII a host may hold only those, and none in its escaped form but the percent sign.
function unescapedHost(host: string): string | undefined {
  if (!/^[\w.~!$&'()*+,;=:[\]<>"%\u0080-\uFFFF-]*$/.test(host) || !isEscaped(host)) return undefined
  return /%(?!25)[0-7]/.test(host) ? undefined : decoded(host)
}

function hostnameOf(host: string): string {
  const name = host.replace(/:\d*$/, '')
  return name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name
}

function isEscaped(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text)
}

// Byte by byte: the rules that read it only look at characters of ASCII.
function decoded(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function cut(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}
