import {posix} from 'node:path'
import type {ArchiveEntry} from '@mcp-release/archives'
import type {Content} from './candidate'

type NpmPackage = Extract<Content, {kind: 'npm'}>

// https://github.com/npm/validate-npm-package-name, without the old exceptions
const packageName = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i

/** Reads an npm tarball: its name and commands; `undefined` when the tar file is none. */
export function npmContent(file: string, entries: readonly ArchiveEntry[]): Content | undefined {
  const manifest = entries.find(({name}) => name === 'package/package.json')
  if (manifest === undefined) return undefined
  const parsed: unknown = JSON.parse(Buffer.from(manifest.content).toString())
  const {name, bin, directories, ...rest} = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<
    string,
    unknown
  >
  if (typeof name !== 'string' || !packageName.test(name)) {
    return {
      kind: 'broken',
      problem: `package.json of ${file} has the name ${JSON.stringify(name)}, which npm does not allow`,
    }
  }
  const prefix = 'package/'
  const own = entries.filter(entry => entry.kind === 'file' && entry.name.startsWith(prefix))
  const files = new Map(own.map(entry => [entry.name.slice(prefix.length), entry.content]))
  const bins = commands(name, bin ?? folderOfBins(directories, [...files.keys()]))
  return {
    kind: 'npm',
    name,
    bins,
    files: new Set(files.keys()),
    // The kernel reads a shebang of 256 bytes, behind which nothing of a command is looked at.
    starts: Object.fromEntries(
      Object.values(bins).map(file => [file, files.get(file)?.subarray(0, 512) ?? new Uint8Array()]),
    ),
    ...limits(rest),
    needs: ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap(key => keys(rest[key])),
  }
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#os: a text stands for a list of one.
function limits({os, cpu, libc}: Readonly<Record<string, unknown>>): Pick<NpmPackage, 'only'> {
  const only = {os: texts(os), cpu: texts(cpu), libc: texts(libc)}
  return Object.values(only).every(each => each.length === 0) ? {} : {only}
}

/** What hinders a package on this machine, by the rules of npm: `undefined` when nothing does. */
export function otherPlatform({only}: NpmPackage, {os, arch, libc}: NodePlatform): string | undefined {
  if (only === undefined || (allows(only.os, os) && allows(only.cpu, arch) && allows(only.libc, libc))) return undefined
  return [only.os, only.cpu, only.libc]
    .filter(each => each.length > 0)
    .map(each => each.join(' or '))
    .join('/')
}

/** The machine in the words of `process.platform`, `process.arch` and `libc`, which npm looks at on Linux alone. */
export interface NodePlatform {
  readonly os: string
  readonly arch: string
  readonly libc: 'glibc' | 'musl' | undefined
}

// https://github.com/npm/npm-install-checks: a name after `!` is excluded.
function allows(list: readonly string[], value: string | undefined): boolean {
  if (list.length === 0 || list.includes('any')) return true
  if (value === undefined || list.includes(`!${value}`)) return false
  return list.every(each => each.startsWith('!')) || list.includes(value)
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string')
}

function keys(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

// https://docs.npmjs.com/cli/configuring-npm/package-json#directoriesbin, which counts without "bin"; hidden files do not.
function folderOfBins(directories: unknown, files: readonly string[]): readonly string[] {
  const given = (typeof directories === 'object' && directories !== null ? directories : {}) as Record<string, unknown>
  if (typeof given['bin'] !== 'string') return []
  const folder = `${posix.join('/', given['bin']).slice(1).replace(/\/$/, '')}/`
  return files.filter(file => file.startsWith(folder) && !file.slice(folder.length).startsWith('.'))
}

// Paths are made plain as npm does (https://github.com/npm/npm-normalize-package-bin), so that none leaves the package.
function commands(name: string, bin: unknown): Readonly<Record<string, string>> {
  const unscoped = name.replace(/^@[^/]+\//, '')
  const listed = Array.isArray(bin) ? Object.fromEntries(texts(bin).map(path => [posix.basename(path), path])) : bin
  const given = typeof listed === 'string' ? {[unscoped]: listed} : listed
  if (typeof given !== 'object' || given === null) return {}
  const result: Record<string, string> = {}
  for (const [command, path] of Object.entries(given)) {
    const base = posix.join('/', posix.basename(command.replaceAll(/[\\:]/g, '/'))).slice(1)
    const target = typeof path === 'string' ? posix.join('/', path.replaceAll('\\', '/')).slice(1) : ''
    if (base !== '' && target !== '') result[base] = target
  }
  return result
}
