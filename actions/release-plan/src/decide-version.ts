import {type ReleaseVersion, parseVersion, sameVersion} from '@mcp-release/release-model'
import type {Detected, Tree} from './detected'

// Marks a build that has no tag and no package that knows its version (a Go program outside a release).
const untagged = '0.0.0-snapshot'

/**
 * The one version of a release: the tag's, else the one that all packages have. Adds a problem for each package that says
 * something else, with what to change.
 */
export function decideVersion(
  packages: readonly Detected[],
  tag: ReleaseVersion | undefined,
  problems: string[],
): ReleaseVersion {
  const fixed = packages.filter((each): each is Detected & {version: string} => each.version !== undefined)
  for (const {manifest, version} of fixed) {
    if (parseVersion(version) === undefined)
      problems.push(`${manifest}: version ${JSON.stringify(version)} is neither SemVer nor PEP 440 with three numbers`)
  }
  const decided = tag ?? parseVersion(fixed[0]?.version ?? untagged) ?? fallback()
  for (const {manifest, version, ecosystem} of fixed) {
    if (sameVersion(version, decided.semver)) continue
    const wanted = ecosystem === 'pypi' ? (decided.pep440 ?? decided.semver) : decided.semver
    const against =
      tag === undefined
        ? `${fixed[0]?.manifest ?? ''} says ${decided.semver}`
        : `the tag ${tag.tag} says ${decided.semver}`
    problems.push(
      `${manifest}: version is ${JSON.stringify(version)}, but ${against}; set it to ${JSON.stringify(wanted)}, or tag another version`,
    )
  }
  if (decided.pep440 === undefined && packages.some(each => each.ecosystem === 'pypi')) {
    problems.push(
      `tag: ${decided.tag} has no PEP 440 spelling; use -alpha.N, -beta.N or -rc.N for a release with Python packages`,
    )
  }
  return decided
}

function fallback(): ReleaseVersion {
  return {tag: `v${untagged}`, semver: untagged, prerelease: true, channel: 'other'}
}

/** The version that server.json states, as one more voice where no manifest has one. */
export function serverJsonVersion({texts}: Tree, problems: string[]): Detected | undefined {
  const text = texts['server.json']
  if (text === undefined) return undefined
  try {
    const {version, name} = JSON.parse(text) as {version?: unknown; name?: unknown}
    if (typeof version !== 'string') return undefined
    return {ecosystem: 'go', path: '.', name: String(name), manifest: 'server.json', executables: [], version}
  } catch {
    problems.push('server.json: is no JSON')
    return undefined
  }
}
