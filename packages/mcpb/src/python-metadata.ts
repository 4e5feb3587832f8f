import {defined} from './loose'
import {type Metadata, person, repositoryUrl, webUrl} from './metadata'

/** Metadata of a wheel or sdist (https://packaging.python.org/en/latest/specifications/core-metadata/). */
export function pythonMetadata(content: string): Metadata {
  const header = headers(content)
  const one = (name: string) => header.get(name)?.[0]
  const urls = new Map(
    (header.get('project-url') ?? []).map(line => {
      const [label = '', ...rest] = line.split(',')
      return [label.trim().toLowerCase(), rest.join(',').trim()]
    }),
  )
  const url = (...labels: string[]) => webUrl(labels.map(label => urls.get(label)).find(each => each !== undefined))
  const keywords = one('keywords')
    ?.split(/[,\s]+/)
    .filter(each => each !== '')
  return defined({
    name: one('name'),
    version: one('version'),
    description: one('summary'),
    author: pythonPerson(one('author'), one('author-email') ?? one('maintainer-email')),
    repository: repositoryUrl(url('repository', 'source', 'source code', 'github', 'code')),
    homepage: url('homepage') ?? webUrl(one('home-page')),
    support: url('issues', 'bug tracker', 'bugs', 'tracker', 'issue tracker', 'support'),
    documentation: url('documentation', 'docs'),
    license: one('license-expression') ?? (one('license')?.includes('\n') === true ? undefined : one('license')),
    keywords: keywords?.length === 0 ? undefined : keywords,
  })
}

/** Headers of a METADATA file, names in lower case; a folded value keeps its line ends. */
export function headers(content: string): ReadonlyMap<string, readonly string[]> {
  const [head = ''] = content.replaceAll('\r\n', '\n').split('\n\n', 1)
  const found = new Map<string, string[]>()
  for (const line of head.replaceAll(/\n[ \t]+/g, '\u0000').split('\n')) {
    const [, name = '', value = ''] = /^([\w-]+):[ \t]*(.*)$/s.exec(line) ?? []
    if (name === '' || value === 'UNKNOWN') continue
    const list = found.get(name.toLowerCase()) ?? []
    found.set(name.toLowerCase(), [...list, value.replaceAll('\u0000', '\n').trim()])
  }
  return found
}

function pythonPerson(name: string | undefined, email: string | undefined): Metadata['author'] {
  const [, label, address] = /^\s*"?([^"<,]*)"?\s*<([^>]*)>/.exec(email ?? '') ?? []
  return person(name ?? label, address ?? (label === undefined ? email : undefined), undefined)
}
