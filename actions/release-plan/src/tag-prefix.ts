import {
  type ReleaseSettings,
  type ReleaseTag,
  type Skip,
  isPlaceholderVersion,
  nearestName,
  parseVersion,
  sameVersion,
  selects,
} from '@mcp-release/release-model'
import {tagOf} from './decide-version'
import {type Candidate, fileNameOf, folderOf, isBelow, packageId} from './detected'
import {type Part, type Surroundings, ownNames, partsOf} from './repository-parts'

/** What is known of the repository of a tag. */
export interface Scope {
  /** What may be released. */
  readonly wanted: readonly Candidate[]
  /** What is there and is not. */
  readonly skipped: readonly Skip[]
  readonly settings: ReleaseSettings
  /** Absent where only packages are known. */
  readonly place: Surroundings | undefined
}

/** What the prefix of a tag means. */
export interface Meaning {
  /** What may be released for it. */
  readonly packages: readonly Candidate[]
  /** Why nothing is, with what to do. */
  readonly problem?: string
  /** What is doubtful of it. */
  readonly warning?: string
}

/** What a tag may begin with that names no part of a repository, but says that it is one of a release. */
export const releaseWords =
  'release releases rel version versions ver v tag tags stable final prod production publish published'.split(' ')

/**
 * What a tag with a prefix means: the packages that the prefix names, all of them where it is the name of the repository or a
 * word for releases, and none of them where it names another part, such as a library module that Go tags as `api/v1.2.3`
 * (https://go.dev/ref/mod#vcs-version).
 */
export function meaningOf(tag: ReleaseTag, scope: Scope): Meaning {
  const {prefix} = tag
  // Where there is nothing to release at all, that is what has to be told.
  if (prefix === undefined || scope.wanted.length === 0) return {packages: scope.wanted}
  for (const each of spellings(prefix, scope.place?.root)) {
    const found = namedIn(each, tag, scope)
    if (found !== undefined) return found
  }
  return releaseWords.includes(prefix.toLowerCase()) ? {packages: scope.wanted} : unknown(tag, prefix, scope)
}

/** A prefix, and what is left of it without the folder of this release and without words for releases. */
function spellings(prefix: string, root: string | undefined): readonly string[] {
  const word = releaseWords.join('|')
  const inside = root !== undefined && prefix.startsWith(`${root}/`) ? [prefix.slice(root.length + 1)] : []
  const bare = [prefix, ...inside].map(each =>
    each
      .replace(new RegExp(`^(?:${word})[-_/@=](?=.)`, 'i'), '')
      .replace(new RegExp(`(?<=.)[-_/@=](?:${word})$`, 'i'), ''),
  )
  return [...new Set([prefix, ...inside, ...bare])]
}

function namedIn(name: string, tag: ReleaseTag, scope: Scope): Meaning | undefined {
  const {wanted, skipped, place} = scope
  const parts = place === undefined ? [] : partsOf(place.tree)
  const isReleased = ({path, manifest}: Part) =>
    wanted.some(each => each.manifest === manifest || isBelow(each.path, path))
  const others = parts.filter(part => (part.path !== '.' ? !isReleased(part) : !wanted.some(each => each.path === '.')))
  const left = (found: Part | undefined) =>
    found === undefined ? undefined : {packages: [], problem: otherPart(tag, found, {wanted, skipped})}
  const exact = wanted.filter(each => selects(literally(name), {...each, id: packageId(each)}))
  if (exact.length > 0) return {packages: withImages([...exact, ...lastParts(name, wanted)], wanted)}
  const byPlace = left(others.find(({path}) => path !== '.' && path === name)) ?? leftSkip(name, tag, scope)
  if (byPlace !== undefined) return byPlace
  const loose = namedLoosely(name, wanted)
  if (loose.length > 0) return {packages: withImages(loose, wanted)}
  const isSame = (other: string) => plain(other) === plain(name)
  const manifests = new Set(
    parts.filter(({path, names}) => path !== '.' && names.some(isSame)).map(each => each.manifest),
  )
  const described = wanted.filter(each => manifests.has(each.manifest))
  if (described.length > 0) return {packages: withImages(described, wanted)}
  if (place !== undefined && ownNames(place).some(isSame)) return {packages: wanted}
  return left(others.find(({names}) => names.some(isSame)))
}

/** By the last part of a name, by another spelling of it, or by a folder above. */
function namedLoosely(name: string, wanted: readonly Candidate[]): readonly Candidate[] {
  const found = lastParts(name, wanted)
  if (found.length > 0) return found
  const inside = wanted.filter(({path}) => path !== '.' && isBelow(path, name))
  if (inside.length > 0) return inside
  return wanted.filter(each =>
    [each.name, each.crate, each.importPath, ...each.executables].some(
      text => text !== undefined && plain(text) === plain(name),
    ),
  )
}

function lastParts(name: string, wanted: readonly Candidate[]): readonly Candidate[] {
  return wanted.filter(each =>
    [each.name, each.path].some(text => fileNameOf(text).toLowerCase() === name.toLowerCase()),
  )
}

/** What was left out by that very name: the label of a package is its name and its file. */
function leftSkip(name: string, tag: ReleaseTag, {wanted, skipped, place}: Scope): Meaning | undefined {
  const isOwn = place !== undefined && ownNames(place).some(other => plain(other) === plain(name))
  const found = skipped.find(({subject}) => {
    const [, own = '', file = subject] = /^(.+) \((.+)\)$/.exec(subject) ?? []
    // What the repository is called means all of it, not the one at its root that is left out.
    if (folderOf(file) === '.') return plain(own) === plain(name) && !isOwn
    return plain(own) === plain(name) || folderOf(file) === name
  })
  return found === undefined ? undefined : {packages: [], problem: refusal(tag, found, wanted)}
}

function otherPart(tag: ReleaseTag, part: Part, {wanted, skipped}: Pick<Scope, 'wanted' | 'skipped'>): string {
  const known = skipped.find(({subject}) => subject === part.manifest || subject.endsWith(`(${part.manifest})`))
  const reason = part.isAside
    ? 'it lies in a folder of tests, examples, documents or tools'
    : 'it is no package of a release'
  return refusal(tag, known ?? {subject: part.manifest, reason}, wanted)
}

function refusal({version}: ReleaseTag, {subject, reason, hint}: Skip, wanted: readonly Candidate[]): string {
  const isAsked = reason.includes('the settings')
  const own = isAsked ? 'to release it, change `packages`, `programs` or `exclude` of the settings' : hint
  const remedies = [...remedyOf(version.text, wanted), ...(own === undefined ? [] : [own.replace(/\.$/, '')])]
  return `tag: ${version.tag} means ${subject}, which is not released (${reason}), so that nothing else is released for it, either${remedies.length === 0 ? '' : `; ${remedies.join('; ')}`}`
}

/** The tags that mean what can be released. */
function remedyOf(text: string, wanted: readonly Candidate[]): readonly string[] {
  const labels = (all: readonly Candidate[]) => [...new Set(all.map(({name}) => name))].slice(0, 5).join(', ')
  const has = wanted.filter(
    ({version}) => version === undefined || sameVersion(version, text) || isPlaceholderVersion(version),
  )
  if (has.length > 0) return [`to release ${labels(has)}, tag ${parseVersion(text)?.tag ?? text}`]
  return wanted.slice(0, 5).flatMap(({name, version = ''}) => {
    const own = parseVersion(version)
    return own === undefined ? [] : [`to release ${name}, tag ${tagOf(name, own)}`]
  })
}

/** A prefix that names nothing: a version that equals the tag's says what is meant, and so do settings that choose. */
function unknown({version}: ReleaseTag, prefix: string, {wanted, settings}: Scope): Meaning {
  const says = `${JSON.stringify(prefix)} of the tag ${version.tag} names no part of the repository`
  const chosen = settings.packages !== undefined || settings.programs !== undefined
  const equal = wanted.filter(each => each.version !== undefined && sameVersion(each.version, version.text))
  if (equal.length > 0 || (chosen && wanted.length > 0)) {
    const packages = equal.length > 0 ? withImages(equal, wanted) : wanted
    const names = [...new Set(packages.map(({name}) => name))].join(', ')
    const why = equal.length > 0 ? 'what has its version' : 'what the settings choose'
    return {packages, warning: `${says}; it is taken to mean ${why}: ${names}`}
  }
  const known = [...new Set(wanted.flatMap(({name, path}) => (path === '.' ? [name] : [name, path])))]
  const near = nearestName(prefix, known)
  const meant = near === undefined ? [] : [`is ${JSON.stringify(near)} meant?`]
  const remedies = [
    ...meant,
    ...remedyOf(version.text, wanted),
    'or name under `packages` of the settings what such tags mean',
  ]
  return {packages: [], problem: `tag: ${says}; ${remedies.join('; ')}`}
}

/** Packages with the images beside them. */
function withImages(found: readonly Candidate[], all: readonly Candidate[]): readonly Candidate[] {
  return all.filter(
    each => found.includes(each) || (each.ecosystem === 'oci' && found.some(({path}) => path === each.path)),
  )
}

// A `*` cannot stand in a tag (git check-ref-format).
function literally(prefix: string): string {
  return prefix.replaceAll('*', '')
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}
