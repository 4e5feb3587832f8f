import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import {pipeline} from 'node:stream/promises'

/** An artifact of a run; until `done` nobody but its uploader sees it. */
export interface StoredArtifact {
  readonly id: number
  readonly run: string
  readonly job: string
  readonly name: string
  readonly mime: string
  readonly createdAt: string
  size: number
  digest: string
  done: boolean
}

/** The body of a call, as far as the service reads it. */
export interface ArtifactCall {
  readonly workflow_run_backend_id: string
  readonly workflow_job_run_backend_id: string
  readonly name?: string
  readonly mime_type?: string
  readonly hash?: string
  readonly name_filter?: string
  readonly id_filter?: string
}

/** What calls work on. */
export interface ArtifactShelf {
  readonly artifacts: StoredArtifact[]
  readonly path: (id: number) => string
  readonly signedUrl: (id: number) => string
}

interface Reply {
  readonly status: number
  readonly json: object
}

const ok = (json: object): Reply => ({status: 200, json})
const refuse = (status: number, code: string, msg: string): Reply => ({status, json: {code, msg}})

/** Answers one call of the artifact client (Twirp with JSON bodies). */
export async function answerArtifactCall(method: string, call: ArtifactCall, shelf: ArtifactShelf): Promise<Reply> {
  const run = call.workflow_run_backend_id
  const live = shelf.artifacts.filter(each => each.run === run && each.done)
  if (method === 'CreateArtifact') return create(call, live, shelf)
  if (method === 'FinalizeArtifact') return finalize(call, shelf)
  if (method === 'ListArtifacts') return ok({artifacts: live.filter(each => isWanted(each, call)).map(describe)})
  const found = live.find(each => each.name === call.name)
  if (found === undefined) return refuse(404, 'not_found', `no artifact ${call.name ?? ''}`)
  if (method === 'GetSignedArtifactURL') return ok({signed_url: shelf.signedUrl(found.id)})
  if (method === 'DeleteArtifact') {
    found.done = false
    return ok({ok: true, artifact_id: String(found.id)})
  }
  return refuse(501, 'unimplemented', method)
}

function create(call: ArtifactCall, live: readonly StoredArtifact[], shelf: ArtifactShelf): Reply {
  const name = call.name ?? ''
  if (live.some(each => each.name === name))
    return refuse(409, 'already_exists', 'an artifact with this name already exists on the workflow run')
  const artifact = {
    id: shelf.artifacts.length + 1,
    run: call.workflow_run_backend_id,
    job: call.workflow_job_run_backend_id,
    name,
    mime: call.mime_type ?? 'application/zip',
    createdAt: new Date().toISOString(),
    size: 0,
    digest: '',
    done: false,
  }
  shelf.artifacts.push(artifact)
  return ok({ok: true, signed_upload_url: shelf.signedUrl(artifact.id)})
}

async function finalize(call: ArtifactCall, shelf: ArtifactShelf): Promise<Reply> {
  const run = call.workflow_run_backend_id
  const artifact = shelf.artifacts.findLast(each => each.run === run && each.name === call.name)
  if (artifact === undefined) return refuse(404, 'not_found', `no upload ${call.name ?? ''}`)
  const path = shelf.path(artifact.id)
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  const digest = `sha256:${hash.digest('hex')}`
  if (call.hash !== undefined && call.hash !== digest)
    return refuse(400, 'invalid_argument', `${artifact.name}: got ${digest}, expected ${call.hash}`)
  Object.assign(artifact, {done: true, digest, size: (await stat(path)).size})
  return ok({ok: true, artifact_id: String(artifact.id)})
}

function isWanted(artifact: StoredArtifact, {name_filter: name, id_filter: id}: ArtifactCall): boolean {
  return (name === undefined || artifact.name === name) && (id === undefined || String(artifact.id) === id)
}

function describe(artifact: StoredArtifact): object {
  return {
    workflow_run_backend_id: artifact.run,
    workflow_job_run_backend_id: artifact.job,
    database_id: String(artifact.id),
    name: artifact.name,
    size: String(artifact.size),
    created_at: artifact.createdAt,
    digest: artifact.digest,
  }
}
