import {type Release, type ReleaseChange, sameText} from '@mcp-release/github'
import {type ReleaseVersion, compareVersions, parseTag} from '@mcp-release/release-model'

/** What is wanted of title, notes and marks; `undefined` keeps what is there. */
export interface Metadata {
  readonly name: string | undefined
  readonly body: string | undefined
  readonly prerelease: boolean | undefined
}

/** The fields that differ. */
export function difference(release: Release, {name, body, prerelease}: Metadata): ReleaseChange {
  return {
    ...(name === undefined || name === release.name ? {} : {name}),
    ...(body === undefined || sameText(body, release.body) ? {} : {body}),
    ...(prerelease === undefined || prerelease === release.prerelease ? {} : {prerelease}),
  }
}

/** `auto` as GitHub's API spells it: `true` only for the highest stable version among the published releases. */
export function latestMark(
  release: {readonly tag: string; readonly prerelease: boolean},
  all: readonly Release[],
): 'true' | 'false' {
  if (release.prerelease) return 'false'
  const own = stableVersion(release.tag)
  // A tag that says no version is never the latest release by itself.
  if (own === undefined) return 'false'
  const higher = all.some(other => {
    const version = other.draft || other.prerelease ? undefined : stableVersion(other.tag)
    return version !== undefined && compareVersions(version, own) > 0
  })
  return higher ? 'false' : 'true'
}

function stableVersion(tag: string): ReleaseVersion | undefined {
  const version = parseTag(tag)?.version
  return version?.prerelease === false ? version : undefined
}
