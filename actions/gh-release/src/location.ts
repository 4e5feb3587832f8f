import {ActionError} from '@mcp-release/action-kit'
import {type Release, type Releases, lowest} from '@mcp-release/github'

/** Where the release stands. */
export interface Location {
  readonly release: Release | undefined
  /** All releases of the repository, if they were listed on the way. */
  readonly all: readonly Release[] | undefined
  readonly tagExists: boolean
}

/** Finds the release by id; or by tag when published, else by GraphQL and by the list, which both see drafts. */
export async function locate(
  releases: Releases,
  {tag, releaseId}: {readonly tag: string; readonly releaseId: number | undefined},
): Promise<Location> {
  if (releaseId !== undefined) return byId(releases, {tag, releaseId})
  const published = await releases.byTag(tag)
  if (published !== undefined) return {release: published, all: undefined, tagExists: true}
  const [pending, all, tagExists] = await Promise.all([
    releases.byPendingTag(tag),
    releases.list(),
    releases.tagExists(tag),
  ])
  const candidates = [...all.filter(each => each.tag === tag), ...(pending?.tag === tag ? [pending] : [])]
  return {release: lowest(candidates), all, tagExists}
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
  return {release, all: undefined, tagExists: true}
}
