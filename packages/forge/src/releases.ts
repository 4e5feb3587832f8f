import {createHash} from 'node:crypto'
import {ApiError, notFound, refuse} from './errors'
import {applyMakeLatest} from './latest'
import type {MakeLatest, Release, Repository, World} from './model'
import {
  bodyProblems,
  immutableProblems,
  latestProblems,
  publishProblems,
  resolveTarget,
  targetProblems,
} from './release-rules'

/** The fields of a release that a request may set. */
export interface ReleaseChange {
  readonly tag_name?: string
  readonly target_commitish?: string
  readonly name?: string
  readonly body?: string
  readonly draft?: boolean
  readonly prerelease?: boolean
  readonly discussion_category_name?: string
  readonly make_latest?: MakeLatest
}

/** A new release must say its tag. */
export type NewRelease = ReleaseChange & {readonly tag_name: string}

function requireCategory(repository: Repository, category: string | undefined): void {
  if (category !== undefined && !repository.discussionCategories.has(category)) throw notFound()
}

function publish(repository: Repository, release: Release, now: Date): void {
  if (!repository.tags.has(release.tagName)) {
    const sha = resolveTarget(repository, release.targetCommitish)
    if (sha === undefined) throw new Error(`Unchecked target ${release.targetCommitish}`)
    repository.tags.set(release.tagName, sha)
  }
  release.publishedAt = now
  release.immutable = repository.immutableReleases
}

/** Adds a release; published at once unless it is a draft. */
export function createRelease(world: World, repository: Repository, request: NewRelease & {author: string}): Release {
  if (repository.branches.size === 0) throw new ApiError(422, 'Repository is empty.')
  requireCategory(repository, request.discussion_category_name)
  const [id, now] = [world.nextId(), world.now()]
  const release: Release = {
    id,
    tagName: request.tag_name,
    targetCommitish: request.target_commitish ?? repository.defaultBranch,
    name: request.name ?? null,
    body: request.body ?? null,
    draft: request.draft ?? false,
    prerelease: request.prerelease ?? false,
    immutable: false,
    makeLatest: request.make_latest ?? 'true',
    discussion: request.discussion_category_name,
    createdAt: now,
    publishedAt: null,
    updatedAt: now,
    author: request.author,
    untagged: `untagged-${createHash('sha256').update(`release ${id}`).digest('hex').slice(0, 20)}`,
    assets: new Map(),
  }
  refuse([
    ...bodyProblems(release.body),
    ...targetProblems(repository, release.tagName, release.targetCommitish),
    ...latestProblems(release, request.make_latest),
    ...(release.draft ? [] : publishProblems(repository, release)),
  ])
  if (!release.draft) publish(repository, release, now)
  repository.releases.set(id, release)
  applyMakeLatest(repository, release)
  return release
}

function changed(release: Release, change: ReleaseChange) {
  return {
    id: release.id,
    tagName: change.tag_name ?? release.tagName,
    targetCommitish: change.target_commitish ?? release.targetCommitish,
    name: change.name ?? release.name,
    body: change.body ?? release.body,
    draft: change.draft ?? release.draft,
    prerelease: change.prerelease ?? release.prerelease,
    makeLatest: change.make_latest ?? release.makeLatest,
    discussion: change.discussion_category_name ?? release.discussion,
  }
}

/** Edits a release, and publishes it when `draft` turns false; all or nothing. */
export function updateRelease(world: World, repository: Repository, edit: {release: Release; change: ReleaseChange}) {
  const {release, change} = edit
  requireCategory(repository, change.discussion_category_name)
  const next = changed(release, change)
  const moved = next.tagName !== release.tagName || next.targetCommitish !== release.targetCommitish
  const publishing = release.draft && !next.draft
  const retagged = !next.draft && next.tagName !== release.tagName
  refuse([
    ...immutableProblems(release, change),
    ...bodyProblems(change.body),
    ...(moved || publishing ? targetProblems(repository, next.tagName, next.targetCommitish) : []),
    ...latestProblems(next, change.make_latest),
    ...(publishing || retagged ? publishProblems(repository, next) : []),
  ])
  const now = world.now()
  Object.assign(release, next, {updatedAt: now})
  if (publishing || retagged) publish(repository, release, release.publishedAt ?? now)
  if (release.draft) release.publishedAt = null
  if (publishing || change.make_latest !== undefined) applyMakeLatest(repository, release)
}

/** Removes a release; the tag stays, but the name of an immutable release's tag is spent. */
export function deleteRelease(repository: Repository, release: Release): void {
  repository.releases.delete(release.id)
  if (release.immutable) repository.burnedTags.add(release.tagName)
}

/** The published release of a tag; drafts have no tag yet. */
export const findByTag = (repository: Repository, tagName: string): Release | undefined =>
  [...repository.releases.values()].find(one => !one.draft && one.tagName === tagName)

/** The release of a tag, or else the newest draft that waits for it, as GitHub's GraphQL API finds it. */
export const findByPendingTag = (repository: Repository, tagName: string): Release | undefined =>
  findByTag(repository, tagName) ?? [...repository.releases.values()].filter(one => one.tagName === tagName).at(-1)

/** The releases from newest to oldest; drafts only for those who may write. */
export const listReleases = (repository: Repository, drafts: boolean): readonly Release[] =>
  [...repository.releases.values()].filter(one => drafts || !one.draft).reverse()
