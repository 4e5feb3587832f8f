import {sameVersion} from '@mcp-release/release-model'
import {isObject} from './message'
import type {ServerInfo} from './session'
import {type Tool, readTools} from './tool'

/** A server and what it lists. */
export interface ToolSurface {
  readonly server?: ServerInfo
  readonly tools: readonly Tool[]
  /** The file that was started. */
  readonly file?: string
}

/** What the servers of a release offer. */
export interface ToolsFile {
  readonly schemaVersion: 1
  readonly servers: readonly ListedServer[]
}

/** A server of tools.json. */
export interface ListedServer {
  readonly name: string
  readonly version: string
  readonly tools: readonly Tool[]
  /** Present where files of a release disagree about a server: those that offer these tools. */
  readonly files?: readonly string[]
}

/**
 * The content of tools.json: what each server offers, sorted, with the keys of schemas sorted too, because some SDKs
 * list them in random order. A server that offers the same from several files appears once, however each file spells
 * the version; one that does not appears once for each difference, with the files that have it.
 */
export function toolsFile(surfaces: readonly ToolSurface[]): ToolsFile {
  const groups: {server: Omit<ListedServer, 'files'>; offer: string; files: string[]}[] = []
  for (const {server, tools, file} of surfaces) {
    const {name = '', version = ''} = server ?? {}
    const listed = [...tools].sort((a, b) => (a.name < b.name ? -1 : 1)).map(each => sortedKeys(each) as Tool)
    const offer = JSON.stringify([name, listed])
    const known = groups.find(each => each.offer === offer && areSame(each.server.version, version))
    if (known === undefined)
      groups.push({server: {name, version, tools: listed}, offer, files: file === undefined ? [] : [file]})
    else if (file !== undefined) known.files.push(file)
  }
  const names = groups.map(({server}) => server.name)
  const servers = groups.map(({server, files}): ListedServer => {
    const isAlone = names.filter(name => name === server.name).length === 1
    return isAlone || files.length === 0 ? server : {...server, files: [...files].sort()}
  })
  const text = (server: ListedServer) => JSON.stringify(server)
  return {schemaVersion: 1, servers: servers.sort((a, b) => (text(a) < text(b) ? -1 : 1))}
}

// 1.0.0-rc.1 of npm and 1.0.0rc1 of PyPI are one version.
function areSame(one: string, other: string): boolean {
  return one === other || sameVersion(one, other)
}

/** Reads a tools.json as `toolsFile` writes it, without what else may stand there; `undefined` when it is none of version 1. */
export function readToolsFile(text: string): ToolsFile | undefined {
  const file: unknown = parsed(text)
  if (!isObject(file) || file['schemaVersion'] !== 1 || !Array.isArray(file['servers'])) return undefined
  const servers = (file['servers'] as readonly unknown[]).map(each => {
    const {name, version, tools, files} = isObject(each) ? each : {}
    if (typeof name !== 'string' || typeof version !== 'string' || !Array.isArray(tools)) return undefined
    const read = readTools((tools as readonly unknown[]).filter(isObject), 'modern').tools
    return {name, version, tools: read.map(tool => sortedKeys(tool) as Tool), ...(isNames(files) ? {files} : {})}
  })
  const known = servers.filter(server => server !== undefined)
  return known.length === servers.length ? {schemaVersion: 1, servers: known} : undefined
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string')
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
