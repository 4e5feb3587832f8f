import {
  type ReleaseTag,
  type ReleaseVersion,
  isPlaceholderVersion,
  parseVersion,
  sameVersion,
  versionProblem,
} from '@mcp-release/release-model'
import type {Candidate} from './detected'

/** A package whose manifest says its version. */
export type Versioned = Candidate & {readonly version: string}

/** The version of a release, and which of the packages it means. */
export interface Decision {
  readonly version: ReleaseVersion
  /** Those that have this version, or that take it from the tag. */
  readonly meant: ReadonlySet<Candidate>
  /** Those of them whose own version stands for that of the tag. */
  readonly stamped: readonly Versioned[]
  readonly problems: readonly string[]
}

// Marks a build that has no tag and no package that knows its version (a Go program outside a release).
const untagged: ReleaseVersion = {
  tag: 'v0.0.0-snapshot',
  text: '0.0.0-snapshot',
  semver: '0.0.0-snapshot',
  prerelease: true,
  channel: 'other',
}

/** Whether a manifest says the version of a package. */
export function isVersioned(each: Candidate): each is Versioned {
  return each.version !== undefined
}

/**
 * The one version of a release and the packages that it means: those that have the tag's version or take it from the
 * tag. A package with another version is not a fault as long as the tag means any; when it means none, each is named with
 * what to change.
 */
export function decideVersion(
  packages: readonly Candidate[],
  tag: ReleaseTag | undefined,
  fallback: string | undefined,
): Decision {
  const version = tag?.version ?? commonVersion(packages, fallback)
  const versioned = packages.filter(isVersioned)
  const stated = versioned.filter(each => sameVersion(each.version, version.text))
  const tagged = packages.filter(each => each.version === undefined && each.ecosystem !== 'oci')
  const isOpen = tag !== undefined && stated.length + tagged.length === 0
  const open = isOpen ? versioned.filter(isPlaceholder) : []
  const equal = [...stated, ...open]
  // An image has the version of the package beside it.
  const images = packages.filter(each => each.version === undefined && !tagged.includes(each))
  const meant = new Set<Candidate>([
    ...equal,
    ...tagged,
    ...images.filter(each => !isBesideOther(each, versioned, equal)),
  ])
  const none = equal.length + tagged.length === 0
  const problems = none ? versioned.map(each => contradiction(each, version, tag)) : []
  const python = [...meant].filter(({ecosystem}) => ecosystem === 'pypi')
  if (version.pep440 === undefined && python.length > 0) problems.push(withoutPep440(packages, {version, python, tag}))
  if (version.semver === undefined && open.length > 0)
    problems.push(`tag: ${version.tag} has no spelling in SemVer, which npm packages need; use three numbers`)
  const stamped = version.semver === undefined ? [] : open
  return {version, meant: none ? new Set(packages) : meant, stamped, problems}
}

interface Unspelled {
  readonly version: ReleaseVersion
  readonly python: readonly Candidate[]
  readonly tag: ReleaseTag | undefined
}

/** Why Python packages cannot have the version of the release, and what to write. */
function withoutPep440(packages: readonly Candidate[], {version, python, tag}: Unspelled): string {
  const files = python.map(({manifest, versionFile = manifest}) => versionFile)
  if (version === untagged)
    return `tag: is not given, and ${files.join(', ')} ${files.length === 1 ? 'does' : 'do'} not say a version; give the tag that the release will have, such as v1.2.3`
  const has = (each: Candidate): each is Versioned => isVersioned(each) && sameVersion(each.version, version.text)
  const stated = python.find(has) ?? packages.find(has)
  const own = stated?.versionFile ?? stated?.manifest ?? 'server.json'
  const [subject, said] =
    tag === undefined ? [own, `version ${JSON.stringify(stated?.version ?? version.text)}`] : ['tag', version.tag]
  // https://packaging.python.org/en/latest/specifications/version-specifiers/#implicit-post-releases
  const [, number, post] = /^(\d+\.\d+\.\d+)-(\d+)$/.exec(version.text) ?? []
  if (number !== undefined && post !== undefined) {
    const spelled = `${number}.post${post}`
    const everywhere = [...new Set(python.filter(isVersioned).map(each => each.versionFile ?? each.manifest))]
    const places = [...everywhere, ...(tag === undefined ? [] : [`tag v${spelled}`])]
    return `${subject}: ${said} is a pre-release for SemVer, but a post release for PEP 440; write ${spelled} for the post release (${places.join(', ')}), or ${number}-rc.${post} for a pre-release`
  }
  return `${subject}: ${said} has no PEP 440 spelling; use -alpha.N, -beta.N or -rc.N for a release with Python packages`
}

/** What to change so that a package and the release agree. */
export function contradiction(
  {manifest, versionFile = manifest, version, ecosystem, name}: Versioned,
  decided: ReleaseVersion,
  tag: ReleaseTag | undefined,
): string {
  const own = parseVersion(version)
  const wanted = ecosystem === 'pypi' ? decided.pep440 : decided.semver
  const against = tag === undefined ? `the release is ${decided.text}` : `the tag ${decided.tag} says ${decided.text}`
  const problem = own === undefined ? `, which ${versionProblem(version) ?? ''}` : ''
  const other = own === undefined ? 'tag another version' : `tag ${own.tag} or ${tagOf(name, own)}`
  // npm and cargo refuse 1.2.3.post1, and pip 1.2.3-nightly.
  const remedy =
    wanted === undefined
      ? `which ${kinds[ecosystem]} cannot have; ${other}`
      : `set it to ${JSON.stringify(wanted)}, or ${other}`
  return `${versionFile}: version is ${JSON.stringify(version)}${problem}, but ${against}${wanted === undefined ? ', ' : '; '}${remedy}`
}

const kinds = {
  pypi: 'Python packages',
  npm: 'npm packages',
  cargo: 'crates',
  go: 'Go modules',
  oci: 'images',
} as const

/** The tag that means one package and no other, as `npm` writes it where the name has a scope. */
export function tagOf(name: string, {tag, text}: ReleaseVersion): string {
  return name.startsWith('@') ? `${name}@${text}` : `${name}-${tag}`
}

// build-npm writes the version of the tag into them.
function isPlaceholder({ecosystem, version}: Versioned): boolean {
  return ecosystem === 'npm' && isPlaceholderVersion(version)
}

function isBesideOther(each: Candidate, versioned: readonly Versioned[], equal: readonly Versioned[]): boolean {
  const beside = versioned.filter(({path}) => path === each.path)
  return beside.length > 0 && !beside.some(other => equal.includes(other))
}

/** Without a tag: the version of the root's package, else of the servers, else of most; `fallback` where none has one. */
function commonVersion(packages: readonly Candidate[], fallback: string | undefined): ReleaseVersion {
  const readable = packages.filter(isVersioned).flatMap(each => {
    const version = parseVersion(each.version)
    return version === undefined ? [] : [{each, version}]
  })
  const weight = ({each, version}: (typeof readable)[number]) => [
    each.role === 'server' && each.path === '.' ? 1 : 0,
    each.role === 'server' ? 1 : 0,
    each.path === '.' ? 1 : 0,
    readable.filter(other => sameVersion(other.version.text, version.text)).length,
  ]
  const [best] = [...readable].sort((one, other) => compareWeights(weight(other), weight(one)))
  return best?.version ?? parseVersion(fallback ?? '') ?? untagged
}

function compareWeights(one: readonly number[], other: readonly number[]): number {
  return one.map((each, at) => each - (other[at] ?? 0)).find(difference => difference !== 0) ?? 0
}

/** The version that a server.json states, for where no manifest has one; it never contradicts, because it is stamped. */
export function serverJsonVersion(text: string | undefined): string | undefined {
  try {
    const {version} = JSON.parse(text ?? '{}') as {readonly version?: unknown}
    return typeof version === 'string' ? version : undefined
  } catch {
    return undefined
  }
}
