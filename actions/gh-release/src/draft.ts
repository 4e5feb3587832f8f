import {type NewDraft, type Release, type Releases, lowest} from '@mcp-release/github'

/** A draft to work on. */
export interface Opened {
  readonly release: Release
  /** Whether this run created it. */
  readonly made: boolean
  /** Whether it was not there before, also when the answer to its creation was lost. */
  readonly isNew: boolean
}

/**
 * Creates a draft. When another job created one for the same tag at the same time, both go on with the one that has the
 * lowest id; this run's own is removed, but only while it is an empty draft.
 */
export async function openDraft(releases: Releases, draft: NewDraft, tell: (line: string) => void): Promise<Opened> {
  const {release, made} = await releases.create(draft)
  const {newest} = await releases.listNewest()
  const others = newest.filter(({tag, id}) => tag === draft.tag && id !== release.id)
  const first = lowest([...others, release]) ?? release
  if (first.id === release.id) return {release, made, isNew: true}
  if (made && (await isEmptyDraft(releases, release.id))) {
    tell(`Another job created release ${first.id} for ${draft.tag} first; draft ${release.id} is removed`)
    await releases.deleteDraft(release.id)
  }
  return {release: first, made: false, isNew: false}
}

async function isEmptyDraft(releases: Releases, id: number): Promise<boolean> {
  const found = await releases.byId(id)
  return found?.draft === true && (await releases.assets(id)).length === 0
}
