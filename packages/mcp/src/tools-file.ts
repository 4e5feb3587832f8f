import {z} from 'zod'
import {isObject} from './message'
import type {ServerInfo} from './session'
import type {Tool} from './tool'

/** A server and what it lists. */
export interface ToolSurface {
  readonly server?: ServerInfo
  readonly tools: readonly Tool[]
}

const schema = z.record(z.string(), z.unknown())
const text = z.string()
const tool = z.looseObject({
  name: text,
  title: text.optional(),
  description: text.optional(),
  inputSchema: schema,
  outputSchema: schema.optional(),
  annotations: schema.optional(),
})

/** The shape of tools.json, version 1. */
export const toolsFileSchema = z.looseObject({
  schemaVersion: z.literal(1),
  servers: z.array(z.looseObject({name: text, version: text, tools: z.array(tool)})),
})

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

/** A value with all keys sorted, so that equal ones have the same text. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (!isObject(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sortedKeys(each)]))
}
