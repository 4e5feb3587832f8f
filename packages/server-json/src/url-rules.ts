import type {Verdict} from './registry-rule'

/** A public link: https only, and no character that a web page could take for the end of an attribute. */
export function linkRule(link: string): Verdict {
  if (!/^https:\/\//i.test(link)) return `${JSON.stringify(link)} must begin with https://`
  return /["'<>\s]/.test(link) ? `${JSON.stringify(link)} holds a character that must be percent-encoded` : undefined
}

/** The URL of a transport: http or https with a host, and every `{variable}` in it is declared. */
export function templateRule(url: string, declared: readonly string[]): Verdict {
  const filled = url.replaceAll(/:\{[^}]+\}(?=\/|$)/g, ':8080').replace(/^\{[^}]+\}(?=:)/, 'http')
  const plain = filled.replaceAll(/\{[^}]+\}/g, 'placeholder')
  if (!URL.canParse(plain) || !/^https?:$/.test(new URL(plain).protocol))
    return `${JSON.stringify(url)} is not an http or https URL`
  const used = [...url.matchAll(/\{([^}]+)\}/g)].map(match => match[1] ?? '')
  const unknown = [...new Set(used.filter(name => !declared.includes(name)))]
  if (unknown.length === 0) return undefined
  const known = declared.length === 0 ? 'nothing is declared' : `declared are ${declared.join(', ')}`
  return `uses ${unknown.map(name => `{${name}}`).join(', ')}, but ${known}; declare each as a variable or argument`
}

/** The URL of a remote server: public and https. */
export function remoteRule(url: string): Verdict {
  const plain = url.replaceAll(/\{[^}]+\}/g, '8080')
  if (!URL.canParse(plain)) return undefined
  const {hostname, protocol} = new URL(plain)
  if (protocol === 'http:') return `${JSON.stringify(url)} must use https`
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname.endsWith('.localhost')
  return isLocal ? `${JSON.stringify(url)} is only reachable on its own machine; give the public URL` : undefined
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
