import {type Release, type ReleaseChange, sameText} from '@mcp-release/github'
import {compareVersions, parseTag} from '@mcp-release/release-model'

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

/**
 * `auto` as GitHub's API spells it: `true` only for the highest stable version among the published releases of its line.
 * Packages that are released side by side (`words-v0.6.3`, `time-v2026.7.10`) are lines of their own.
 */
export function latestMark(
  release: {readonly tag: string; readonly prerelease: boolean},
  all: readonly Release[],
): 'true' | 'false' {
  const own = parseTag(release.tag)
  // A tag that says no version is never the latest release by itself.
  if (release.prerelease || own === undefined || own.version.prerelease) return 'false'
  const higher = all.some(other => {
    const tag = other.draft || other.prerelease ? undefined : parseTag(other.tag)
    const isRival = tag?.prefix === own.prefix && tag?.version.prerelease === false
    return isRival && compareVersions(tag.version, own.version) > 0
  })
  return higher ? 'false' : 'true'
}
