import {type Asset, type LocalFile, type NewDraft, type Release, type Releases, lowest} from '@mcp-release/github'
import {type Proven, isSame} from './reconcile'

/** A release to work on. */
export interface Opened {
  readonly release: Release
  /** Whether it was not there before, also when the answer to its creation was lost. */
  readonly isNew: boolean
  /** Only of a draft that this run created: the release of another job that every job will go on with, if there is one. */
  readonly rival?: Promise<Release | undefined>
}

/**
 * Creates a draft. When another job created one for the same tag at the same time, both go on with the one that has the
 * lowest id. Whether it is so is still being asked when this returns, because the answer takes as long as an upload.
 */
export async function openDraft(releases: Releases, draft: NewDraft): Promise<Opened> {
  const {release, made} = await releases.create(draft)
  const rival = findRival(releases, release)
  // It is looked at when the first uploads are under way.
  rival.catch(() => undefined)
  if (made) return {release, isNew: true, rival}
  const first = await rival
  return first === undefined ? {release, isNew: true} : {release: first, isNew: false}
}

async function findRival(releases: Releases, own: Release): Promise<Release | undefined> {
  const {newest} = await releases.listNewest()
  const first = lowest([own, ...newest.filter(({tag, id}) => tag === own.tag && id !== own.id)])
  return first?.id === own.id ? undefined : first
}

/** What this run sent, and can send again. */
export interface Sent {
  readonly files: readonly LocalFile[]
  readonly proven: Proven
}

/**
 * Removes the draft that this run created, and says whether it is gone. It stays when it was published, or holds anything but
 * files that this run has itself, whole or begun: so nothing is lost that it will not bring to the other release.
 */
export async function yieldDraft(releases: Releases, {id}: Release, sent: Sent): Promise<boolean> {
  const found = await releases.byId(id)
  if (found === undefined) return true
  if (!found.draft) return false
  const assets = await releases.assets(id)
  if (!assets.every(asset => isOurs(asset, sent))) return false
  await releases.deleteDraft(id)
  return true
}

function isOurs(asset: Asset, {files, proven}: Sent): boolean {
  const file = files.find(({name}) => name === asset.name)
  return file !== undefined && (asset.state !== 'uploaded' || isSame(asset, file, proven))
}
