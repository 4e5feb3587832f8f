import {ActionError} from '@mcp-release/action-kit/errors'
import {CallFailure} from './call-failure'
import type {Connection} from './connection'
import type {Persistence} from './persistence'
import type {Asset, LocalFile, Release} from './release'
import type {Releases} from './releases'
import {readAsset} from './representation'

interface Means {
  readonly releases: Pick<Releases, 'assets' | 'deleteAsset'>
  readonly connection: Connection
  readonly persistence: Persistence
}

interface Shipment {
  readonly release: Release
  readonly file: LocalFile
}

/** How often a broken asset that may be another job's upload in progress is left alone before it is removed. */
interface Courtesy {
  waited: number
  limit: number
}

/** Sends a file, each time as a fresh stream, until the release has it; throws when another job's bytes are there. */
export function sendUntilThere(means: Means, shipment: Shipment, signal?: AbortSignal): Promise<Asset> {
  const courtesy: Courtesy = {waited: 0, limit: 0}
  return means.persistence.until(
    () => send(means, shipment, {courtesy, ...(signal === undefined ? {} : {signal})}),
    () => whatIsThere(means, shipment, courtesy),
    signal,
  )
}

async function send(
  {connection, persistence}: Means,
  {release, file}: Shipment,
  {courtesy, signal}: {readonly courtesy: Courtesy; readonly signal?: AbortSignal},
): Promise<Asset> {
  const call = `POST ${file.name}`
  try {
    const asset = readAsset(await connection.upload(release.uploadUrl, file, signal), call)
    if (asset.state === 'uploaded') return asset
    throw new CallFailure({outcome: 'unknown', message: `${call}: the server says that its state is ${asset.state}`})
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    const taken = error.reasons.includes('already_exists')
    if (!taken && error.status !== 404) throw error
    // 422: a remnant, or another job sends the same file. 404: another job has removed what this one was sending; since
    // that job is at work, this one now gives way.
    courtesy.limit = Math.max(courtesy.limit, taken ? 3 : persistence.policy.attempts - 2)
    throw new CallFailure({
      outcome: 'unknown',
      message: error.message,
      cause: error,
      ...(error.hint === undefined ? {} : {hint: error.hint}),
    })
  }
}

// What lies under the name after an attempt without an answer; a remnant is removed so that the next attempt can work.
async function whatIsThere(
  {releases}: Means,
  {release, file}: Shipment,
  courtesy: Courtesy,
): Promise<Asset | undefined> {
  const found = (await releases.assets(release.id)).find(({name}) => name === file.name)
  if (found === undefined) return undefined
  if (found.state !== 'uploaded') {
    if (++courtesy.waited > courtesy.limit) await releases.deleteAsset(found.id)
    return undefined
  }
  if (found.size === file.size && (found.sha256 ?? file.sha256) === file.sha256) return found
  throw new ActionError(
    'CONFLICT',
    `${file.name}: another job has uploaded different bytes under this name meanwhile`,
    {
      hint: 'Give the files different names, or let one job alone upload them.',
    },
  )
}
