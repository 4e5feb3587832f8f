import {completeAsset, deleteAsset, findAsset, requireSize, reserveAsset, updateAsset} from './assets'
import type {Call, Handler} from './call'
import {notFound} from './errors'
import type {Asset, Release} from './model'
import {paginate} from './pagination'
import {pathRelease} from './release-handlers'
import {assetJson} from './representation'
import type {Reply} from './reply'
import type {Storage} from './storage'

function pathAsset(call: Call): {release: Release; asset: Asset} {
  const found = findAsset(call.repository, Number(call.params['asset_id']))
  if (found === undefined || (found.release.draft && !call.actor.write)) throw notFound()
  return found
}

/** The bytes of an asset, counted as a download; a `starter` has none. */
export function download(asset: Asset, storage: Storage): Reply {
  if (asset.state !== 'uploaded') throw notFound()
  asset.downloads += 1
  return {
    status: 200,
    headers: {'content-disposition': `attachment; filename=${asset.name}`},
    file: {path: storage.path(asset.id), size: asset.size, contentType: asset.contentType},
  }
}

function get(call: Call): Reply {
  const found = pathAsset(call)
  if (call.accept.includes('application/octet-stream')) return download(found.asset, call.storage)
  return {status: 200, json: assetJson(call.repository, found, call.at)}
}

function list(call: Call): Reply {
  const release = pathRelease(call)
  const address = `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases/${release.id}/assets`
  const page = paginate([...release.assets.values()], call.query, address)
  const json = page.items.map(asset => assetJson(call.repository, {release, asset}, call.at))
  return {status: 200, headers: page.headers, json}
}

/** Takes the name of an upload before its bytes, as GitHub does. */
export function reserveUpload(call: Call): {release: Release; asset: Asset} {
  const release = pathRelease(call)
  requireSize(call.upload.contentLength)
  const label = call.query['label']
  const asset = reserveAsset(call.world, release, {
    name: String(call.query['name']),
    label: typeof label === 'string' ? label : undefined,
    contentType: call.upload.contentType ?? 'application/octet-stream',
    uploader: call.actor.login,
  })
  return {release, asset}
}

async function upload(call: Call): Promise<Reply> {
  const {release, asset} = reserveUpload(call)
  try {
    const {size, digest} = await call.storage.write(asset.id, call.upload.bytes)
    completeAsset(release, asset, {size, digest: call.repository.tellsDigests ? digest : null})
  } catch (error) {
    await call.storage.remove(asset.id)
    if (!call.upload.keepRemnant) release.assets.delete(asset.id)
    throw error
  }
  return {status: 201, json: assetJson(call.repository, {release, asset}, call.at)}
}

function update(call: Call): Reply {
  const found = pathAsset(call)
  updateAsset(call.world, found.release, {
    asset: found.asset,
    change: call.body ?? {},
  })
  return {status: 200, json: assetJson(call.repository, found, call.at)}
}

async function remove(call: Call): Promise<Reply> {
  const {release, asset} = pathAsset(call)
  deleteAsset(release, asset)
  await call.storage.remove(asset.id)
  return {status: 204}
}

/** The operations on assets. */
export const assetHandlers: Readonly<Record<string, Handler>> = {
  'repos/list-release-assets': list,
  'repos/upload-release-asset': upload,
  'repos/get-release-asset': get,
  'repos/update-release-asset': update,
  'repos/delete-release-asset': remove,
}
