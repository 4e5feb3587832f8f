import type {Call, Handler} from './call'
import {notFound} from './errors'
import {latestRelease} from './latest'
import type {Release} from './model'
import {paginate} from './pagination'
import {generateNotes, type NotesRequest} from './release-notes'
import {createRelease, deleteRelease, findByTag, listReleases, updateRelease} from './releases'
import type {NewRelease} from './releases'
import {releaseJson} from './representation'
import type {Reply} from './reply'

/** The release of the path; a draft does not exist for those who may only read. */
export function pathRelease(call: Call): Release {
  const release = call.repository.releases.get(Number(call.params['release_id']))
  if (release === undefined || (release.draft && !call.actor.write)) throw notFound()
  return release
}

const show = (call: Call, release: Release | undefined, status = 200): Reply => {
  if (release === undefined) throw notFound()
  return {status, json: releaseJson(call.repository, release, call.at)}
}

function list(call: Call): Reply {
  const address = `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases`
  const page = paginate(listReleases(call.repository, call.actor.write), call.query, address)
  const json = page.items.map(release => releaseJson(call.repository, release, call.at))
  return {status: 200, headers: page.headers, json}
}

// Generated notes follow a given body, and give a name only where there is none.
function withNotes(call: Call, request: NewRelease & {readonly generate_release_notes?: boolean}): NewRelease {
  if (request.generate_release_notes !== true) return request
  const notes = generateNotes(call.repository, {tag_name: request.tag_name}, call.at.web)
  const body = request.body === undefined ? notes.body : `${request.body}\n\n${notes.body}`
  return {...request, name: request.name ?? notes.name, body}
}

function create(call: Call): Reply {
  const request = withNotes(call, call.body as NewRelease)
  const release = createRelease(call.world, call.repository, {...request, author: call.actor.login})
  const reply = show(call, release, 201)
  return {
    ...reply,
    headers: {location: `${call.at.api}/repos/${call.repository.owner}/${call.repository.name}/releases/${release.id}`},
  }
}

function update(call: Call): Reply {
  const release = pathRelease(call)
  updateRelease(call.world, call.repository, {release, change: call.body ?? {}})
  return show(call, release)
}

async function remove(call: Call): Promise<Reply> {
  const release = pathRelease(call)
  deleteRelease(call.repository, release)
  for (const id of release.assets.keys()) await call.storage.remove(id)
  return {status: 204}
}

/** The operations on releases. */
export const releaseHandlers: Readonly<Record<string, Handler>> = {
  'repos/list-releases': list,
  'repos/create-release': create,
  'repos/get-release': call => show(call, pathRelease(call)),
  'repos/get-release-by-tag': call => show(call, findByTag(call.repository, String(call.params['tag']))),
  'repos/get-latest-release': call => show(call, latestRelease(call.repository)),
  'repos/update-release': update,
  'repos/delete-release': remove,
  'repos/generate-release-notes': call => ({
    status: 200,
    json: generateNotes(call.repository, call.body as NotesRequest, call.at.web),
  }),
}
