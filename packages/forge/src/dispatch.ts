import type {IncomingMessage} from 'node:http'
import type {Actor} from './actors'
import {assetHandlers, download} from './asset-handlers'
import {readJson} from './body'
import type {Call, Handler} from './call'
import {notFound} from './errors'
import {answerGraphql} from './graphql'
import {latestRelease} from './latest'
import {repositoryKey, type World} from './model'
import {answerProblem, checkBody, readParameters, takesJson} from './openapi'
import {findByTag} from './releases'
import {releaseHandlers} from './release-handlers'
import {repositoryHandlers} from './repository-handlers'
import type {Reply} from './reply'
import type {Addresses} from './representation'
import type {Storage} from './storage'
import type {Target} from './target'

/** The handler of each operation. */
export const handlers: Readonly<Record<string, Handler>> = {...releaseHandlers, ...assetHandlers, ...repositoryHandlers}

/** What stays the same for all requests. */
export interface Premises {
  readonly world: World
  readonly storage: Storage
  readonly at: Addresses
  readonly strict: boolean
  readonly keepRemnant: boolean
}

/** A request whose sender is known. */
export interface Admitted {
  readonly request: IncomingMessage
  readonly bytes: AsyncIterable<Buffer>
  readonly query: Readonly<Record<string, string>>
  readonly actor: Actor
}

type Api = Extract<Target, {kind: 'api'}>

/** Checks the parameters of a request; its body is still unread. */
export function prepare(premises: Premises, target: Api, admitted: Admitted): Call {
  const {request} = admitted
  const params = readParameters(target.match, 'path', target.match.params)
  const repository = premises.world.repositories.get(repositoryKey(String(params['owner']), String(params['repo'])))
  if (repository === undefined || (repository.isPrivate && admitted.actor.token === undefined)) throw notFound()
  return {
    world: premises.world,
    storage: premises.storage,
    at: premises.at,
    repository,
    actor: admitted.actor,
    params,
    query: readParameters(target.match, 'query', admitted.query),
    body: undefined,
    accept: request.headers.accept ?? '',
    upload: {
      bytes: admitted.bytes,
      contentLength: request.headers['content-length'],
      contentType: request.headers['content-type'],
      keepRemnant: premises.keepRemnant,
    },
  }
}

async function callOperation(premises: Premises, target: Api, admitted: Admitted): Promise<Reply> {
  const call = prepare(premises, target, admitted)
  const handler = handlers[target.operationId]
  if (handler === undefined) throw new Error(`No handler for ${target.operationId}`)
  if (!takesJson(target.match)) return handler(call)
  const body = await readJson(admitted.bytes)
  checkBody(target.match, body)
  return handler({...call, body})
}

/** Carries out a request of a known sender. */
export async function dispatch(premises: Premises, target: Target, admitted: Admitted): Promise<Reply> {
  if (target.kind === 'graphql') {
    const context = {world: premises.world, at: premises.at, write: admitted.actor.write}
    return answerGraphql(context, await readJson(admitted.bytes))
  }
  if (target.kind !== 'api') throw notFound()
  const reply = await callOperation(premises, target, admitted)
  const wrong = reply.file === undefined ? answerProblem(target.match, reply.status, reply.json) : undefined
  if (premises.strict && wrong !== undefined) throw new Error(`The forge answers otherwise than described: ${wrong}`)
  return reply
}

/** Serves a file of a published release to anybody; a draft and a private repository have no public files. */
export function serveFile(premises: Premises, target: Extract<Target, {kind: 'download'}>): Reply {
  const repository = premises.world.repositories.get(repositoryKey(target.owner, target.repo))
  if (repository === undefined || repository.isPrivate) throw notFound()
  const release = target.tag === undefined ? latestRelease(repository) : findByTag(repository, target.tag)
  const asset = [...(release?.assets.values() ?? [])].find(one => one.name === target.name)
  if (asset === undefined) throw notFound()
  return download(asset, premises.storage)
}
