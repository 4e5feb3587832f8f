import {compare, filter, satisfies} from '@renovatebot/pep440'
import {compareNpmVersions, npmRangeAllows, npmVersionsIn} from '@mcp-release/release-model'

/** How an ecosystem reads ranges of versions. */
export interface VersionRules {
  allows(range: string, version: string): boolean
  /** The versions that a range takes, in ascending order; pre-releases as the ecosystem's own installer takes them. */
  within(range: string, versions: readonly string[]): readonly string[]
  /** Negative when `one` is older. */
  compare(one: string, other: string): number
}

/** https://packaging.python.org/en/latest/specifications/version-specifiers/ */
const pypi: VersionRules = {
  allows: (range, version) => satisfies(version, range, {prereleases: true}),
  within: (range, versions) => filter([...versions], range).sort(compare),
  compare,
}

/** https://github.com/npm/node-semver#ranges */
const npm: VersionRules = {
  allows: (range, version) => npmRangeAllows(range === '' ? '*' : range, version),
  within: (range, versions) => npmVersionsIn(range === '' ? '*' : range, versions),
  compare: compareNpmVersions,
}

export const versionRules = {pypi, npm} as const
