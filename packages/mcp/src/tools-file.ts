import {isObject} from './message'
import type {ServerInfo} from './session'
import {type Tool, readTools} from './tool'

/** A server and what it lists. */
export interface ToolSurface {
  readonly server?: ServerInfo
  readonly tools: readonly Tool[]
}

/** What the servers of a release offer. */
export interface ToolsFile {
  readonly schemaVersion: 1
  readonly servers: readonly {readonly name: string; readonly version: string; readonly tools: readonly Tool[]}[]
}

/**
 * The content of tools.json: what each server offers, sorted, with the keys of schemas sorted too, because some SDKs
 * list them in random order. Servers that offer the same from several files appear once.
 */
export function toolsFile(surfaces: readonly ToolSurface[]): ToolsFile {
  const servers = surfaces.map(({server, tools}) => ({
    name: server?.name ?? '',
    version: server?.version ?? '',
    tools: [...tools].sort((a, b) => (a.name < b.name ? -1 : 1)).map(each => sortedKeys(each) as Tool),
  }))
  const distinct = new Map(servers.map(server => [JSON.stringify(server), server]))
  const inSequence = [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, server]) => server)
  return {schemaVersion: 1, servers: inSequence}
}

/** Reads a tools.json; `undefined` when it is none of version 1. */
export function readToolsFile(text: string): ToolsFile | undefined {
  const file: unknown = parsed(text)
  if (!isObject(file) || file['schemaVersion'] !== 1 || !Array.isArray(file['servers'])) return undefined
  const servers = (file['servers'] as readonly unknown[]).map(each => {
    const {name, version, tools} = isObject(each) ? each : {}
    if (typeof name !== 'string' || typeof version !== 'string' || !Array.isArray(tools)) return undefined
    return {name, version, tools: readTools((tools as readonly unknown[]).filter(isObject)).tools}
  })
  const known = servers.filter(server => server !== undefined)
  return known.length === servers.length ? {schemaVersion: 1, servers: known} : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A value with all keys sorted, so that equal ones have the same text. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isObject(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]))
}
