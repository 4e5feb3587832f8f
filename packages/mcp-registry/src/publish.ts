import {ActionError} from '@mcp-release/action-kit/errors'
import {type ServerJson, differences} from '@mcp-release/server-json'
import {RegistryFailure} from './failure'
import {type Patience, pause} from './persistence'
import type {Listing, Registry, StatusChange} from './registry'

/** What publishing came to. */
export type Published = 'published' | 'unchanged'

interface Circumstances {
  readonly patience: Patience
  readonly tell: (line: string) => void
}

/**
 * Publishes a version once. The same version with the same content is there already: `unchanged`. With other content:
 * code `DIFFERENT` with every difference, because a published version never changes. What may pass is tried again, each
 * time with a new login; after an attempt without an answer the registry is asked what it has.
 */
export async function publishServer(
  registry: Registry,
  server: ServerJson,
  {patience, tell}: Circumstances,
): Promise<Published> {
  const {name, version} = server
  const find = () => repeated(() => registry.find(name, version), {patience, tell})
  const before = await find()
  if (before?.status === 'deleted')
    tell(`${name} ${version} is deleted there; it is not shown until its status is active again`)
  if (before !== undefined) return same(before, server)
  for (let failures = 1; ; failures++) {
    try {
      await registry.publish(server)
      return 'published'
    } catch (error) {
      if (!(error instanceof RegistryFailure)) throw error
      const there = error.isUncertain || error.isDuplicate ? await find() : undefined
      if (there !== undefined) {
        same(there, server)
        return error.isDuplicate ? 'unchanged' : 'published'
      }
      if (!error.passing || failures >= patience.attempts) throw error
      tell(`${error.message}; attempt ${failures + 1} of ${patience.attempts} follows, with a new login`)
    }
    await pause(failures, patience)
  }
}

function same({server: published}: Listing, server: ServerJson): 'unchanged' {
  const found = differences(published, server)
  if (found.length === 0) return 'unchanged'
  const lines = found.map(each => `- ${each}`).join('\n')
  throw new ActionError('DIFFERENT', `${server.name} ${server.version} is published with other content:\n${lines}`, {
    hint: 'A published version never changes. Release a new version, or make server.json what it was.',
  })
}

/** Sets the status of a published version; `false` when it has it already. Code `NOT_PUBLISHED` when there is none. */
export async function changeStatus(
  registry: Registry,
  {name, version, ...change}: StatusChange & {readonly name: string; readonly version: string},
  {patience, tell}: Circumstances,
): Promise<boolean> {
  const find = () => repeated(() => registry.find(name, version), {patience, tell})
  const has = (listing: Listing | undefined) =>
    listing?.status === change.status && listing.statusMessage === change.message
  const before = await find()
  if (before === undefined) {
    throw new ActionError('NOT_PUBLISHED', `${name} ${version} is not in ${registry.origin}`, {
      hint: 'Only a published version can be deprecated or deleted. Check name and version.',
    })
  }
  if (has(before)) return false
  await repeated(() => registry.setStatus(name, version, change), {
    patience,
    tell,
    done: async () => has(await registry.find(name, version)),
  })
  return true
}

async function repeated<T>(
  call: () => Promise<T>,
  {patience, tell, done}: Circumstances & {readonly done?: () => Promise<boolean>},
): Promise<T | undefined> {
  for (let failures = 1; ; failures++) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof RegistryFailure) || !error.passing || failures >= patience.attempts) throw error
      if (error.isUncertain && (await done?.().catch(() => false)) === true) return undefined
      tell(`${error.message}; attempt ${failures + 1} of ${patience.attempts} follows`)
    }
    await pause(failures, patience)
  }
}
