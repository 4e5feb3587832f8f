import {ActionError} from '@mcp-release/action-kit'
import {type Release, type Releases, lowest} from '@mcp-release/github'

/** Where the release stands. */
export interface Location {
  readonly release: Release | undefined
  /** All releases of the repository, if they were listed on the way. */
  readonly all: readonly Release[] | undefined
  /** The commit that the tag stands for; `undefined` where there is no tag yet. */
  readonly tagged: string | undefined
}

/**
 * Finds the release by id; or by its tag, which only sees a published one. A draft is in the list, whose first page is
 * asked at the same time; where there are more pages, GraphQL knows the draft too, and the whole list has the last word.
 */
export async function locate(
  releases: Releases,
  {tag, releaseId}: {readonly tag: string; readonly releaseId: number | undefined},
): Promise<Location> {
  if (releaseId !== undefined) return byId(releases, {tag, releaseId})
  const [published, {newest, areAll}, tagged] = await Promise.all([
    releases.byTag(tag),
    releases.listNewest(),
    releases.tagCommit(tag),
  ])
  const known = areAll ? newest : undefined
  if (published !== undefined) return {release: published, all: known, tagged}
  if (known !== undefined) return {release: lowest(known.filter(each => each.tag === tag)), all: known, tagged}
  const [pending, all] = await Promise.all([releases.byPendingTag(tag), releases.list()])
  const candidates = [...all.filter(each => each.tag === tag), ...(pending?.tag === tag ? [pending] : [])]
  return {release: lowest(candidates), all, tagged}
}

async function byId(
  releases: Releases,
  {tag, releaseId}: {readonly tag: string; readonly releaseId: number},
): Promise<Location> {
  const release = await releases.byId(releaseId)
  if (release === undefined) {
    throw new ActionError('NO_RELEASE', `release-id: there is no release ${releaseId}`, {
      hint: 'Leave release-id out to find the release by its tag, or to create it.',
    })
  }
  if (tag !== '' && release.tag !== tag) {
    throw new ActionError('OTHER_TAG', `release-id: release ${releaseId} has the tag ${release.tag}, not ${tag}`, {
      hint: 'Give either release-id or tag-name.',
    })
  }
  return {release, all: undefined, tagged: await releases.tagCommit(release.tag)}
}
