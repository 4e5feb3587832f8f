import {ActionError} from '@mcp-release/action-kit/errors'
import {type Publisher, type Publishing, type State, publishAll, retry} from '@mcp-release/publishing'
import {type ServerJson, differences} from '@mcp-release/server-json'
import {RegistryFailure} from './failure'
import type {Listing, Registry, StatusChange} from './registry'

/** What publishing came to. */
export type Published = 'published' | 'unchanged'

/** How to go on after failures, and where to tell of them. */
export interface Circumstances extends Pick<Publishing, 'policy'> {
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
  circumstances: Circumstances,
): Promise<Published> {
  const [outcome] = await publishAll(registryPublisher(registry, circumstances), [server], publishing(circumstances))
  return outcome?.result === 'skipped' ? 'unchanged' : 'published'
}

/** An MCP Registry as a place to publish to. */
function registryPublisher(registry: Registry, {tell}: Circumstances): Publisher<ServerJson> {
  return {
    look: async server => {
      const {name, version} = server
      const there = await registry.find(name, version)
      if (there?.status === 'deleted')
        tell(`${name} ${version} is deleted there; it is not shown until its status is active again`)
      return stateOf(there, server)
    },
    push: server => registry.publish(server),
    failure: error =>
      error instanceof RegistryFailure
        ? {isTransient: error.isTransient, isUncertain: error.isUncertain, isDuplicate: error.isDuplicate}
        : undefined,
    refusal: different =>
      new ActionError('DIFFERENT', different.map(({difference}) => difference).join('\n'), {
        hint: 'A published version never changes. Release a new version, or make server.json what it was.',
      }),
  }
}

function stateOf(there: Listing | undefined, server: ServerJson): State {
  if (there === undefined) return {kind: 'absent'}
  const found = differences(there.server, server)
  if (found.length === 0) return {kind: 'same'}
  const lines = found.map(each => `- ${each}`).join('\n')
  return {
    kind: 'different',
    difference: `${server.name} ${server.version} is published with other content:\n${lines}`,
  }
}

function publishing({policy, tell}: Circumstances): Publishing {
  return {
    policy,
    tell: ({error, attempt}) =>
      tell(`${messageOf(error)}; attempt ${attempt} of ${policy.attempts} follows, with a new login`),
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Sets the status of a published version; `false` when it has it already. Code `NOT_PUBLISHED` when there is none. */
export async function changeStatus(
  registry: Registry,
  {name, version, ...change}: StatusChange & {readonly name: string; readonly version: string},
  {policy, tell}: Circumstances,
): Promise<boolean> {
  const isTransient = (error: unknown) => error instanceof RegistryFailure && error.isTransient
  const told = {
    policy,
    isTransient,
    tell: ({error, attempt}: {readonly error: unknown; readonly attempt: number}) =>
      tell(`${messageOf(error)}; attempt ${attempt} of ${policy.attempts} follows`),
  }
  const has = (listing: Listing | undefined) =>
    listing?.status === change.status && listing.statusMessage === change.message
  const before = await retry(() => registry.find(name, version), told)
  if (before === undefined) {
    throw new ActionError('NOT_PUBLISHED', `${name} ${version} is not in ${registry.origin}`, {
      hint: 'Only a published version can be deprecated or deleted. Check name and version.',
    })
  }
  if (has(before)) return false
  return retry(() => registry.setStatus(name, version, change).then(() => true), {
    ...told,
    settled: async error => {
      if (!(error instanceof RegistryFailure) || !error.isTransient || !error.isUncertain) return undefined
      const isDone = await registry.find(name, version).then(has, () => false)
      return isDone ? true : undefined
    },
  })
}
