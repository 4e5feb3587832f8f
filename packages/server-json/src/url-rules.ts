import {goUrl} from './go-url'
import type {Verdict} from './registry-rule'

/** A URL with a scheme, as the registry reads URLs. */
export function urlRule(url: string): Verdict {
  const {scheme, hostname} = goUrl(url) ?? {scheme: '', hostname: ''}
  // `format: uri` of the published schema allows addresses, but not with a zone.
  const isAbsolute = scheme !== '' && !/:.*%/.test(hostname)
  return isAbsolute ? undefined : 'is not an absolute URL; write it with its scheme, such as https://example.com'
}

/** A public link: https only. */
export function httpsRule(link: string): Verdict {
  const scheme = goUrl(link)?.scheme ?? ''
  return scheme === '' || scheme === 'https' ? undefined : `${JSON.stringify(link)} must begin with https://`
}

/** The address of a web page: no character that another page could take for the end of an attribute. */
export function pageRule(link: string): Verdict {
  return /["'<> \t\n\r]/.test(link)
    ? `${JSON.stringify(link)} holds a character that must be percent-encoded`
    : undefined
}

/** Whether a text is a URI by RFC 3986, which is stricter than the registry and is what the published schema asks for. */
export function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) && URL.canParse(text)
}

/** The URL of a transport: http or https with a host, and every `{variable}` in it is declared. */
export function templateRule(url: string, declared: readonly string[]): Verdict {
  const {scheme, host} = goUrl(filled(url)) ?? {scheme: '', host: ''}
  if (!/^https?$/.test(scheme) || host === '') return `${JSON.stringify(url)} is not an http or https URL`
  const used = [...url.matchAll(/\{([^}]+)\}/g)].map(match => match[1] ?? '')
  const unknown = [...new Set(used.filter(name => !declared.includes(name)))]
  if (unknown.length === 0) return undefined
  const known = declared.length === 0 ? 'nothing is declared' : `declared are ${declared.join(', ')}`
  return `uses ${unknown.map(name => `{${name}}`).join(', ')}, but ${known}; declare each as a variable or argument`
}

/** The URL of a remote server: public and https. */
export function remoteRule(url: string): Verdict {
  const {scheme, hostname} = goUrl(filled(url)) ?? {scheme: '', hostname: ''}
  if (scheme === 'http') return `${JSON.stringify(url)} must use https`
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname.endsWith('.localhost')
  return isLocal ? `${JSON.stringify(url)} is only reachable on its own machine; give the public URL` : undefined
}

const examples = {host: 'example.com', port: '8080', path: 'api', protocol: 'http', scheme: 'http'} as const

// What the registry puts in place of variables before it reads a URL.
function filled(url: string): string {
  return url
    .replaceAll(/\{(host|port|path|protocol|scheme)\}/g, (_, name: keyof typeof examples) => examples[name])
    .replaceAll(/:\{[^}]+\}(\/|$)/g, ':8080$1')
    .replaceAll(/\{[^}]+\}/g, 'placeholder')
}

const forges = {
  github: /^https?:\/\/(www\.)?github\.com\/[\w.-]+\/[\w.-]+\/?$/,
  gitlab: /^https?:\/\/(www\.)?gitlab\.com\/[\w.-]+(\/[\w.-]+)+\/?$/,
} as const

/** The repository: a project of a forge that the registry knows, and a clean folder below it. */
export function repositoryRule(repository: {
  readonly url: string
  readonly source: string
  readonly subfolder?: string | undefined
}): readonly Verdict[] {
  const {url, source, subfolder = ''} = repository
  const at = (key: string, says: string): Verdict => ({at: [key], says})
  if (source !== 'github' && source !== 'gitlab')
    return [at('source', `${JSON.stringify(source)} is neither "github" nor "gitlab"`)]
  const isProject = forges[source].test(url) && !`${url}/`.includes('/-/')
  const steps = subfolder.split('/')
  const isClean = /^[\w./-]*$/.test(subfolder) && !steps.some(step => ['', '.', '..'].includes(step))
  return [
    isProject
      ? undefined
      : at('url', `${JSON.stringify(url)} is not a repository such as https://${source}.com/owner/name`),
    subfolder === '' || isClean
      ? undefined
      : at('subfolder', `${JSON.stringify(subfolder)} is not a clean relative path such as packages/server`),
  ]
}
