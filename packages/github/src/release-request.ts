import type {NewDraft, Release, ReleaseChange} from './release'

/** The JSON that creates a draft. */
export function draftRequest(draft: NewDraft): Readonly<Record<string, unknown>> {
  return {
    tag_name: draft.tag,
    name: draft.name,
    body: draft.body,
    prerelease: draft.prerelease,
    draft: true,
    ...(draft.target === undefined ? {} : {target_commitish: draft.target}),
  }
}

/** The JSON that changes a release; never the tag, which an existing release keeps. */
export function changeRequest(change: ReleaseChange): Readonly<Record<string, unknown>> {
  const {makeLatest, discussionCategory, target, ...same} = change
  return {
    ...same,
    ...(target === undefined ? {} : {target_commitish: target}),
    ...(makeLatest === undefined ? {} : {make_latest: makeLatest}),
    ...(discussionCategory === undefined ? {} : {discussion_category_name: discussionCategory}),
  }
}

/** Whether a release already is as a change wants it; which one is the latest does not show in it. */
export function changeHolds(release: Release, change: ReleaseChange): boolean {
  if (change.makeLatest !== undefined && change.draft === undefined) return false
  return (
    (change.name ?? release.name) === release.name &&
    sameText(change.body ?? release.body, release.body) &&
    (change.prerelease ?? release.prerelease) === release.prerelease &&
    (change.draft ?? release.draft) === release.draft
  )
}

/** Whether two bodies are the same but for line ends and the space around them, which forges change. */
export function sameText(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()
