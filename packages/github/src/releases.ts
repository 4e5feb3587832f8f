import type {Asset, LocalFile, NewDraft, Release, ReleaseChange} from './release'

/**
 * The releases of one repository. Each method goes on until its outcome is known: it repeats what failed for the moment,
 * waits where the forge asks for it, and after an answer that never came it first looks at what is there. It throws a
 * `CallFailure` when the forge refuses or the trouble does not end.
 */
export interface Releases {
  /** The published release of a tag. */
  byTag(tag: string): Promise<Release | undefined>
  byId(id: number): Promise<Release | undefined>
  /** The release of a tag by way of GraphQL, which also sees drafts; `undefined` also when the server cannot say. */
  byPendingTag(tag: string): Promise<Release | undefined>
  /** All releases, drafts too, newest first. */
  list(): Promise<readonly Release[]>
  /** The newest releases only, and whether these are all. */
  listNewest(): Promise<{readonly newest: readonly Release[]; readonly areAll: boolean}>
  /** The release that is marked as the latest. */
  latest(): Promise<Release | undefined>
  /** The commit that a tag stands for, through all tags that stand between; `undefined` for none. */
  tagCommit(tag: string): Promise<string | undefined>
  generateNotes(request: {readonly tag: string; readonly previous?: string; readonly target?: string}): Promise<string>
  /** `made` is false when a draft of the same tag turned up instead of an answer. */
  create(draft: NewDraft): Promise<{readonly release: Release; readonly made: boolean}>
  update(id: number, change: ReleaseChange): Promise<Release>
  /** Deletes a draft; never call it for one that this process did not create. */
  deleteDraft(id: number): Promise<void>
  assets(id: number): Promise<readonly Asset[]>
  /** As `assets`, but an upload that is going on (all, or those of some names) gets a moment to end. */
  settledAssets(id: number, names?: ReadonlySet<string>): Promise<readonly Asset[]>
  /** The bytes of an asset, which are as many as it says and have the digest that it says. */
  download(asset: Asset): Promise<Uint8Array>
  upload(release: Release, file: LocalFile, signal?: AbortSignal): Promise<Asset>
  changeAsset(id: number, change: {readonly name?: string; readonly label?: string}): Promise<Asset>
  deleteAsset(id: number): Promise<void>
}
