import {posix} from 'node:path'
import type {ArchiveEntry} from '@mcp-release/archives'
import type {Content} from './candidate'

// https://github.com/npm/validate-npm-package-name, without the old exceptions
const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i

/** Reads an npm tarball: its name and commands; `undefined` when the tar file is none. */
export function npmContent(file: string, entries: readonly ArchiveEntry[]): Content | undefined {
  const manifest = entries.find(({name}) => name === 'package/package.json')
  if (manifest === undefined) return undefined
  const parsed: unknown = JSON.parse(Buffer.from(manifest.content).toString())
  const {name, bin, os, cpu} = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  if (typeof name !== 'string' || !packageName.test(name)) {
    return {
      kind: 'broken',
      problem: `package.json of ${file} has the name ${JSON.stringify(name)}, which npm does not allow`,
    }
  }
  const prefix = 'package/'
  const files = entries.filter(entry => entry.kind === 'file' && entry.name.startsWith(prefix))
  return {
    kind: 'npm',
    name,
    bins: commands(name, bin),
    files: new Set(files.map(entry => entry.name.slice(prefix.length))),
    platformSpecific: Array.isArray(os) || Array.isArray(cpu),
  }
}

// Paths are made plain as npm does, so that none leaves the package.
function commands(name: string, bin: unknown): Readonly<Record<string, string>> {
  const unscoped = name.replace(/^@[^/]+\//, '')
  const given = typeof bin === 'string' ? {[unscoped]: bin} : bin
  if (typeof given !== 'object' || given === null) return {}
  const result: Record<string, string> = {}
  for (const [command, path] of Object.entries(given)) {
    if (typeof path === 'string') result[posix.basename(command)] = posix.join('/', path.replaceAll('\\', '/')).slice(1)
  }
  return result
}
