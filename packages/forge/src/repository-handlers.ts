import type {Call, Handler} from './call'
import {ApiError, notFound} from './errors'
import type {Repository} from './model'
import {refJson, tagJson} from './representation'
import {repositoryJson} from './repository-representation'
import type {Reply} from './reply'

const allRefs = (repository: Repository): readonly {ref: string; sha: string}[] => [
  ...[...repository.branches].map(([name, sha]) => ({ref: `refs/heads/${name}`, sha})),
  ...[...repository.tags].map(([name, sha]) => ({ref: `refs/tags/${name}`, sha})),
]

function getRef(call: Call): Reply {
  const ref = `refs/${String(call.params['ref'])}`
  const found = allRefs(call.repository).find(one => one.ref === ref)
  if (found === undefined) throw notFound()
  return {status: 200, json: refJson(call.repository, found, call.at)}
}

function matchingRefs(call: Call): Reply {
  const prefix = `refs/${String(call.params['ref'])}`
  const found = allRefs(call.repository).filter(one => one.ref.startsWith(prefix))
  return {status: 200, json: found.map(one => refJson(call.repository, one, call.at))}
}

function getTag(call: Call): Reply {
  const sha = String(call.params['tag_sha'])
  const tag = call.repository.tagObjects.get(sha)
  if (tag === undefined) throw notFound()
  return {status: 200, json: tagJson(call.repository, {sha, tag}, call.at)}
}

// A setting of the repository, not for everybody.
function immutableReleases(call: Call): Reply {
  if (call.actor.token === undefined) throw new ApiError(401, 'Requires authentication')
  if (!call.repository.immutableReleases) throw notFound()
  return {status: 200, json: {enabled: true, enforced_by_owner: false}}
}

/** The operations on a repository and its refs. */
export const repositoryHandlers: Readonly<Record<string, Handler>> = {
  'repos/get': call => ({status: 200, json: repositoryJson(call.repository, call.actor, call.at)}),
  'repos/check-immutable-releases': immutableReleases,
  'git/get-ref': getRef,
  'git/list-matching-refs': matchingRefs,
  'git/get-tag': getTag,
}
