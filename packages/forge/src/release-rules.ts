import type {Problem} from './errors'
import type {MakeLatest, Release, Repository} from './model'

/** GitHub refuses longer bodies. */
export const maximumBody = 125_000

const custom = (field: string, message: string): Problem => ({resource: 'Release', code: 'custom', field, message})

/** Refuses a body over the limit; GitHub counts characters, not bytes. */
export const bodyProblems = (body: string | null | undefined): readonly Problem[] =>
  Array.from(body ?? '').length > maximumBody
    ? [custom('body', `body is too long (maximum is ${maximumBody} characters)`)]
    : []

// The rules of `git check-ref-format` that matter for a tag.
const malformed = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|\/\.|[/.]$|\.lock(\/|$)|^$|^@$/

/** The commit that a new tag would get, undefined when the target is not known. */
export function resolveTarget(repository: Repository, target: string): string | undefined {
  return repository.branches.get(target) ?? (/^[0-9a-f]{40}$/.test(target) ? target : undefined)
}

/** A target matters only while its tag does not exist; then it must be a branch or a commit. */
export function targetProblems(repository: Repository, tagName: string, target: string): readonly Problem[] {
  if (repository.tags.has(tagName) || resolveTarget(repository, target) !== undefined) return []
  return [{resource: 'Release', code: 'invalid', field: 'target_commitish'}]
}

/** The release to be, as far as publishing it depends on it. */
export type Candidate = Pick<Release, 'id' | 'tagName' | 'targetCommitish'>

/** Why a release may not be published: a bad tag name, a burned one, or one that has a release. */
export function publishProblems(repository: Repository, candidate: Candidate): readonly Problem[] {
  const {id, tagName} = candidate
  const validTag: Problem = {resource: 'Release', code: 'custom', message: 'Published releases must have a valid tag'}
  if (malformed.test(tagName)) {
    const messages = ['tag_name is not a valid tag', 'tag_name is not well-formed']
    return [...messages.map(message => custom('tag_name', message)), validTag]
  }
  if (repository.burnedTags.has(tagName))
    return [custom('tag_name', 'tag_name was used by an immutable release'), validTag]
  const taken = [...repository.releases.values()].some(one => !one.draft && one.tagName === tagName && one.id !== id)
  return taken ? [{resource: 'Release', code: 'already_exists', field: 'tag_name'}] : []
}

/** What an edit of an immutable release may not touch: title, notes and the prerelease mark stay free. */
export function immutableProblems(
  release: Release,
  change: {readonly tag_name?: string; readonly target_commitish?: string; readonly draft?: boolean},
): readonly Problem[] {
  if (!release.immutable) return []
  const touched = [
    ...(change.tag_name !== undefined && change.tag_name !== release.tagName ? ['tag_name'] : []),
    ...(change.target_commitish !== undefined && change.target_commitish !== release.targetCommitish
      ? ['target_commitish']
      : []),
    ...(change.draft === true ? ['state'] : []),
  ]
  return touched.map(field => custom(field, `${field} cannot be changed when release is immutable`))
}

/** An explicit `make_latest: "true"` does not go with a draft or a prerelease. */
export function latestProblems(
  release: {readonly draft: boolean; readonly prerelease: boolean},
  makeLatest: MakeLatest | undefined,
): readonly Problem[] {
  if (makeLatest !== 'true' || (!release.draft && !release.prerelease)) return []
  return [{resource: 'Release', code: 'custom', message: 'Latest release cannot be draft or prerelease.'}]
}
