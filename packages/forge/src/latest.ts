import type {Release, Repository} from './model'

interface Version {
  readonly numbers: readonly number[]
  readonly stable: boolean
}

function version(tag: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.exec(tag)
  if (match === null) return undefined
  return {numbers: match.slice(1, 4).map(Number), stable: match[4] === undefined}
}

function compareVersions(a: Version, b: Version): number {
  const difference = a.numbers.map((number, index) => number - (b.numbers[index] ?? 0)).find(value => value !== 0)
  return difference ?? Number(a.stable) - Number(b.stable)
}

/** The order that `legacy` means: by semantic version where both have one, else by date of creation. */
export function compareReleases(a: Release, b: Release): number {
  const [left, right] = [version(a.tagName), version(b.tagName)]
  const byVersion = left !== undefined && right !== undefined ? compareVersions(left, right) : 0
  return byVersion || a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id
}

/** The newest of some releases, undefined for none. */
export const newest = (releases: readonly Release[]): Release | undefined =>
  releases.reduce<Release | undefined>(
    (best, one) => (best === undefined || compareReleases(one, best) > 0 ? one : best),
    undefined,
  )

/** The latest release: the one that was made so, else the newest; a draft or prerelease is never it. */
export function latestRelease(repository: Repository): Release | undefined {
  const full = [...repository.releases.values()].filter(one => !one.draft && !one.prerelease)
  return full.find(one => one.id === repository.latestId) ?? newest(full.filter(one => one.makeLatest !== 'false'))
}

/** Applies `make_latest` to a published release. */
export function applyMakeLatest(repository: Repository, release: Release): void {
  if (release.prerelease || release.draft) return
  if (release.makeLatest === 'true') repository.latestId = release.id
  else if (release.makeLatest === 'legacy' || repository.latestId === release.id) repository.latestId = undefined
}
