import {defined, jsonRecord, plainText, record} from './loose'
import type {BundleManifest} from './manifest-schema'

/** What is known about a server from its package; all texts as written there. */
export interface Metadata {
  readonly name?: string
  readonly title?: string
  readonly version?: string
  readonly description?: string
  readonly author?: {readonly name: string; readonly email?: string; readonly url?: string}
  /** https URL without `.git`. */
  readonly repository?: string
  readonly homepage?: string
  readonly support?: string
  readonly documentation?: string
  readonly license?: string
  readonly keywords?: readonly string[]
}

/** What the first of several sources knows, field by field. */
export function mergeMetadata(sources: readonly Metadata[]): Metadata {
  return sources.reduceRight<Metadata>((later, earlier) => ({...later, ...earlier}), {})
}

/** Metadata of an npm package (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export function npmMetadata(fields: Readonly<Record<string, unknown>>): Metadata {
  const {name, version, description, author, repository, homepage, bugs, license, keywords} = fields
  return defined({
    name: plainText(name)?.replace(/^@[^/]*\//, ''),
    version: plainText(version),
    description: plainText(description),
    author: npmPerson(author),
    repository: repositoryUrl(plainText(repository) ?? plainText(record(repository)['url'])),
    homepage: webUrl(plainText(homepage)),
    support: webUrl(plainText(bugs) ?? plainText(record(bugs)['url'])),
    license: plainText(license),
    keywords: Array.isArray(keywords) ? keywords.filter((each): each is string => typeof each === 'string') : undefined,
  })
}

/** Metadata in a server.json of the MCP Registry. */
export function serverJsonMetadata(content: string): Metadata {
  const server = jsonRecord(content)
  const repository = repositoryUrl(plainText(record(server['repository'])['url']))
  const [, owner] = /^https:\/\/[^/]+\/([^/]+)\//.exec(repository ?? '') ?? []
  const [, account] = /^io\.github\.([^/]+)\//.exec(plainText(server['name']) ?? '') ?? []
  const name = owner ?? account
  return defined({
    title: plainText(server['title']),
    description: plainText(server['description']),
    author: name === undefined ? undefined : {name},
    repository,
    homepage: webUrl(plainText(server['websiteUrl'])),
  })
}

function npmPerson(value: unknown): Metadata['author'] {
  const given = typeof value === 'string' ? /^([^<(]*)(?:<([^>]*)>)?\s*(?:\(([^)]*)\))?/.exec(value) : undefined
  const {name, email, url} = record(value)
  return person(given?.[1] ?? plainText(name), given?.[2] ?? plainText(email), given?.[3] ?? plainText(url))
}

/** A person, when there is a name. */
export function person(
  name: string | undefined,
  email: string | undefined,
  url: string | undefined,
): Metadata['author'] {
  const plain = name?.trim() ?? ''
  if (plain === '') return undefined
  const address = email !== undefined && /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(email.trim()) ? email.trim() : undefined
  return defined({name: plain, email: address, url: webUrl(url)}) as NonNullable<Metadata['author']>
}

/** The web page of a repository, from any of the forms in which people write it. */
export function repositoryUrl(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  const [, host, short] = /^(?:(github|gitlab):)?([\w.-]+\/[\w.-]+)$/.exec(given) ?? []
  if (short !== undefined) return `https://${host ?? 'github'}.com/${short}`
  const plain = given
    .replace(/^git\+/, '')
    .replace(/^(?:git|ssh):\/\/(?:git@)?/, 'https://')
    .replace(/^git@([^:]+):/, 'https://$1/')
  return webUrl(plain.replace(/\.git$/, ''))
}

/** A URL that a browser opens. */
export function webUrl(given: string | undefined): string | undefined {
  return given !== undefined && /^https?:\/\//.test(given) && URL.canParse(given) ? given : undefined
}

/** What of a manifest describes the server, as opposed to how it is started. */
export function describing(metadata: Metadata): Partial<BundleManifest> {
  const {repository, keywords, homepage, support, documentation, license} = metadata
  return {
    ...(repository === undefined ? {} : {repository: {type: 'git', url: repository}}),
    ...(homepage === undefined ? {} : {homepage}),
    ...(documentation === undefined ? {} : {documentation}),
    ...(support === undefined ? {} : {support}),
    ...(keywords === undefined || keywords.length === 0 ? {} : {keywords: [...keywords]}),
    ...(license === undefined ? {} : {license}),
  }
}
