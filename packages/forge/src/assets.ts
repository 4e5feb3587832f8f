import {assetName} from './asset-name'
import {ApiError, refuse, validationFailed, type Problem} from './errors'
import type {Asset, Release, Repository, World} from './model'

/** The largest file GitHub takes. */
export const maximumSize = 2 ** 31

const problem = (code: Problem['code'], field?: string, message?: string): Problem => ({
  resource: 'ReleaseAsset',
  code,
  ...(field === undefined ? {} : {field}),
  ...(message === undefined ? {} : {message}),
})

/** Refuses a change of the files of an immutable release, in GitHub's words. */
export function requireMutable(release: Release, verb: 'delete' | 'update'): void {
  if (release.immutable) refuse([problem('custom', undefined, `Cannot ${verb} asset from an immutable release`)])
}

function requireFreeName(release: Release, name: string, self?: Asset): void {
  const taken = [...release.assets.values()].some(one => one.name === name && one !== self)
  if (taken) refuse([problem('already_exists', 'name')])
}

/** Refuses a declared size that GitHub would refuse; the size must be declared. */
export function requireSize(contentLength: string | undefined): number {
  const size = contentLength === undefined ? Number.NaN : Number(contentLength)
  if (!Number.isSafeInteger(size)) throw new ApiError(400, 'Bad Content-Length')
  if (size < 1) throw validationFailed([problem('custom', 'size', 'size must be greater than or equal to 1')])
  if (size > maximumSize)
    throw validationFailed([problem('custom', 'size', `size must be less than or equal to ${maximumSize}`)])
  return size
}

/** What an upload says about the file before its bytes. */
export interface AssetRequest {
  readonly name: string
  readonly label: string | undefined
  readonly contentType: string
  readonly uploader: string
}

/** Takes the name for an upload: until its bytes are there, the asset is a `starter`. */
export function reserveAsset(world: World, release: Release, request: AssetRequest): Asset {
  if (release.immutable) throw new ApiError(422, 'Cannot upload assets to an immutable release.')
  const name = assetName(request.name)
  if (name === '' || name === 'default.') refuse([problem('invalid', 'name')])
  requireFreeName(release, name)
  const now = world.now()
  const asset: Asset = {
    id: world.nextId(),
    name,
    label: request.label ?? null,
    state: 'starter',
    contentType: request.contentType,
    size: 0,
    digest: null,
    downloads: 0,
    createdAt: now,
    updatedAt: now,
    uploader: request.uploader,
  }
  release.assets.set(asset.id, asset)
  return asset
}

/** Turns a `starter` whose bytes have arrived into an asset, unless its release is gone or closed meanwhile. */
export function completeAsset(release: Release, asset: Asset, content: {size: number; digest: string | null}): void {
  if (!release.assets.has(asset.id)) throw new ApiError(404, 'Not Found')
  if (release.immutable) {
    release.assets.delete(asset.id)
    throw new ApiError(422, 'Cannot upload assets to an immutable release.')
  }
  Object.assign(asset, {state: 'uploaded', size: content.size, digest: content.digest})
}

/** Renames or relabels an asset, under the same rules for names as an upload. */
export function updateAsset(
  world: World,
  release: Release,
  edit: {asset: Asset; change: {readonly name?: string; readonly label?: string}},
): void {
  const {asset, change} = edit
  requireMutable(release, 'update')
  const name = change.name === undefined ? asset.name : assetName(change.name)
  if (name === '' || name === 'default.') refuse([problem('invalid', 'name')])
  requireFreeName(release, name, asset)
  Object.assign(asset, {name, label: change.label ?? asset.label, updatedAt: world.now()})
}

/** Removes an asset, and with it whatever an upload in progress would have become. */
export function deleteAsset(release: Release, asset: Asset): void {
  requireMutable(release, 'delete')
  release.assets.delete(asset.id)
}

/** An asset together with its release, by its id within a repository. */
export function findAsset(repository: Repository, id: number): {release: Release; asset: Asset} | undefined {
  for (const release of repository.releases.values()) {
    const asset = release.assets.get(id)
    if (asset !== undefined) return {release, asset}
  }
  return undefined
}
