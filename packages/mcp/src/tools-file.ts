import {isObject} from './message'
import type {ServerInfo} from './session'
import type {Tool} from './tool'

/** A server and what it lists. */
export interface ToolSurface {
  readonly server?: ServerInfo
  readonly tools: readonly Tool[]
}

/**
 * The content of tools.json: what each server offers, sorted, with the keys of schemas sorted too, because some SDKs
 * list them in random order. Servers that offer the same from several files appear once.
 */
export function toolsFile(surfaces: readonly ToolSurface[]): object {
  const servers = surfaces.map(({server, tools}) => ({
    name: server?.name ?? '',
    version: server?.version ?? '',
    tools: [...tools].sort((a, b) => (a.name < b.name ? -1 : 1)).map(sortedKeys),
  }))
  const distinct = new Map(servers.map(server => [JSON.stringify(server), server]))
  const inOrder = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, server]) => server)
  return {schemaVersion: 1, servers: inOrder}
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isObject(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]))
}
