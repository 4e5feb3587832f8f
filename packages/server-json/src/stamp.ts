import type {BuiltPackage} from './built-package'
import {imageReference, sameRepository} from './image-reference'
import {stampTag} from './image-tag'
import {matching} from './match'
import {fillPlaceholders} from './placeholders'

/** What a release knows of itself once its files are built. */
export interface ReleaseFacts {
  /** Of the release, as SemVer. */
  readonly version: string
  /** The git tag, for placeholders that mean it; `v` and the version without it. */
  readonly tag?: string
  /** Where the files of the release will be: `https://github.com/OWNER/NAME/releases/download/TAG`. */
  readonly downloads?: string
  readonly built: readonly BuiltPackage[]
  /** Images that were pushed, as `repository@sha256:…`. */
  readonly pushed: readonly string[]
}

/** A stamped server.json, and what could not be stamped. */
export interface Stamping {
  readonly server: unknown
  readonly problems: readonly string[]
}

/** A server.json whose shape is not known yet: what is stamped may only be valid afterwards. */
type Draft = Readonly<Record<string, unknown>>

/**
 * Puts the release's facts into a server.json: its version, and of each package version, URL, digest. Pure. An entry that
 * means nothing that was built is a problem, because nobody would see that it is out of date.
 */
export function stamp(server: unknown, facts: ReleaseFacts): Stamping {
  const {version, tag = `v${version}`} = facts
  const filled = fillPlaceholders(server, {version, tag})
  if (!isDraft(filled)) return {server, problems: []}
  const problems: string[] = []
  const before = typeof filled['version'] === 'string' ? filled['version'] : undefined
  const listed: readonly unknown[] = Array.isArray(filled['packages']) ? filled['packages'] : []
  const packages = listed.map((each, at) => (isDraft(each) ? stampPackage(each, facts, {at, problems, before}) : each))
  const stamped = {...filled, version}
  return {server: 'packages' in filled ? {...stamped, packages} : stamped, problems}
}

interface Place {
  readonly at: number
  readonly problems: string[]
  /** The version that the document had. */
  readonly before: string | undefined
}

function stampPackage(entry: Draft, facts: ReleaseFacts, {at, problems, before}: Place): Draft {
  const {registryType, identifier} = entry
  if (typeof registryType !== 'string' || typeof identifier !== 'string') return entry
  const found = matching({registryType, identifier}, facts.built)
  const names = new Set(found.map(each => (each.type === 'pypi' ? each.version : each.file)))
  if (registryType === 'oci' && (found.length === 1 || pushedDigest(identifier, facts) !== undefined))
    return {...entry, identifier: stampImage(identifier, facts, before)}
  const [only] = found
  if (only === undefined || names.size > 1) {
    const label = `packages[${at}].identifier: ${registryType} ${JSON.stringify(identifier)}`
    const what = only === undefined ? 'is nothing that this release built' : 'means more than one built file'
    problems.push(`${label} ${what}; ${inventory(facts.built)}`)
    return entry
  }
  if (registryType !== 'mcpb') return {...entry, version: only.version ?? facts.version}
  const {downloads} = facts
  if (downloads === undefined)
    problems.push(`packages[${at}].identifier: the URL of the release is not known; give the release plan`)
  return {
    ...entry,
    ...('version' in entry ? {version: facts.version} : {}),
    ...(downloads === undefined ? {} : {identifier: `${downloads}/${only.file}`}),
    fileSha256: only.sha256,
  }
}

/** What was built, for a message. */
export function inventory(built: readonly {readonly type: string; readonly name: string}[]): string {
  const names = [...new Set(built.map(({type, name}) => `${type} ${name}`))].sort()
  return names.length === 0 ? 'nothing that server.json can name was built' : `built were ${names.join(', ')}`
}

function stampImage(identifier: string, facts: ReleaseFacts, before: string | undefined): string {
  const {repository, tag = ''} = imageReference(identifier)
  const digest = pushedDigest(identifier, facts)
  return `${repository}:${stampTag(tag, {version: facts.version, before})}${digest === undefined ? '' : `@${digest}`}`
}

function pushedDigest(identifier: string, {pushed}: ReleaseFacts): string | undefined {
  const {repository} = imageReference(identifier)
  return pushed.map(imageReference).find(each => sameRepository(each.repository, repository))?.digest
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
