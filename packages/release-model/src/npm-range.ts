import semver from 'semver'

/** Whether a text is a range as npm reads it; a tag, a path and a URL are none. */
export function isNpmRange(range: string): boolean {
  return semver.validRange(range) !== null
}

/** Whether npm's rules let a range take a version. */
export function npmRangeAllows(range: string, version: string): boolean {
  return semver.satisfies(version, range)
}

/** The versions that a range takes, in ascending order. */
export function npmVersionsIn(range: string, versions: readonly string[]): readonly string[] {
  return versions.filter(version => semver.satisfies(version, range)).sort(semver.compare)
}

/** Negative when `one` is older; both are SemVer. */
export function compareNpmVersions(one: string, other: string): number {
  return semver.compare(one, other)
}
