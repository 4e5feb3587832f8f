import {type ToolChange, type ToolsFile, type VersionStep, diffTools, greatest, predecessor} from '@mcp-release/mcp'

/** What changed since the last release, over all servers. */
export interface Comparison {
  readonly step: VersionStep
  readonly changes: readonly (ToolChange & {readonly server: string})[]
  /** Servers of the last release that are not there any more. */
  readonly gone: readonly string[]
}

/** Compares each server with the one that it follows; `undefined` when there is no earlier release to compare with. */
export function compareTools(previous: ToolsFile | undefined, current: ToolsFile): Comparison | undefined {
  if (previous === undefined) return undefined
  const count = new Set(current.servers.map(({name}) => name)).size
  const pairs = current.servers.map(server => ({server, before: predecessor(server.name, {previous, count})}))
  const compared = pairs.map(({server, before}) => ({
    server: server.name,
    ...(before === undefined ? {step: 'minor' as const, changes: []} : diffTools(before.tools, server.tools)),
  }))
  const followed = new Set(pairs.map(({before}) => before?.name))
  const gone = previous.servers.map(({name}) => name).filter(name => !followed.has(name))
  const changes = compared.flatMap(({server, changes: own}) => own.map(change => ({server, ...change})))
  // Servers of one name are there once for each kind of artifact when these differ.
  const distinct = [...new Map(changes.map(change => [JSON.stringify(change), change])).values()]
  const steps = [...compared.map(({step}) => step), ...(gone.length > 0 ? ['major' as const] : [])]
  return {step: greatest(steps), changes: distinct, gone}
}
