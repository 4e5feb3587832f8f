import {type Release, type ReleaseChange, sameText} from '@mcp-release/github'
import {versionOfTag} from './tag'

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
): 'true' | 'false' | 'legacy' {
  if (release.prerelease) return 'false'
  const own = numbersOf(release.tag)
  if (own === undefined) return 'legacy'
  const higher = all.some(other => {
    const numbers = other.draft || other.prerelease ? undefined : numbersOf(other.tag)
    return numbers !== undefined && compare(numbers, own) > 0
  })
  return higher ? 'false' : 'true'
}

function numbersOf(tag: string): readonly number[] | undefined {
  const version = versionOfTag(tag)
  return version === undefined || version.prerelease ? undefined : version.semver.split('.').map(Number)
}

function compare(one: readonly number[], other: readonly number[]): number {
  return one.map((number, index) => number - (other[index] ?? 0)).find(each => each !== 0) ?? 0
}
