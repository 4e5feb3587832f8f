import {basename, posix} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {type ArchiveFile, ofFile, plainFiles, readTar, readZip} from '@mcp-release/archives'
import {executableFormat} from '@mcp-release/mcp'
import {type Platform, executablePlatforms} from '@mcp-release/release-model'

/** A built file that bundles can be made of. */
export type Source =
  | {readonly kind: 'npm'; readonly file: string; readonly entries: readonly ArchiveFile[]}
  | {readonly kind: 'wheel'; readonly file: string; readonly entries: readonly ArchiveFile[]}
  | {readonly kind: 'sdist'; readonly file: string; readonly entries: readonly ArchiveFile[]}
  | ExecutableSource

/** An archive with executables, or a bare one. */
export interface ExecutableSource {
  readonly kind: 'executables'
  readonly file: string
  readonly executables: readonly Executable[]
  /** Licences that lie beside. */
  readonly licenses: readonly ArchiveFile[]
}

/** An executable with the platforms that it has code for; several in a universal binary of macOS. */
export interface Executable {
  /** Its file name without `.exe`. */
  readonly command: string
  readonly platforms: readonly Platform[]
  readonly content: Uint8Array
}

/** The names under which licences are found. */
export const licenseFile = /^(?:LICEN[CS]E|COPYING|NOTICE)(?:[.-][\w.-]+)?$/i

/** Finds out from its content what a built file is; `undefined` for what no bundle is made of, such as an SBOM. */
export async function readSource(host: Host, path: string): Promise<Source | undefined> {
  const file = basename(path)
  const start = await host.files.readStart(path, 4096)
  if (executableFormat(start) !== undefined) {
    const content = await host.files.readBytes(path)
    const command = file.replace(/[_-](?:v?\d|linux|darwin|windows).*$/, '').replace(/\.exe$/, '')
    return {kind: 'executables', file, executables: executable(command, content, file), licenses: []}
  }
  if (start[0] === 0x50 && start[1] === 0x4b)
    return ofFile(file, async () => zipSource(file, plainFiles(readZip(await host.files.readBytes(path)))))
  if (start[0] !== 0x1f || start[1] !== 0x8b) return undefined
  return ofFile(file, async () => tarSource(file, plainFiles(await readTar(await host.files.readBytes(path)))))
}

function zipSource(file: string, entries: readonly ArchiveFile[]): Source | undefined {
  if (file.endsWith('.whl')) return {kind: 'wheel', file, entries}
  // A bundle of an earlier run.
  if (file.endsWith('.mcpb')) return undefined
  return executables(file, entries)
}

function tarSource(file: string, entries: readonly ArchiveFile[]): Source | undefined {
  if (entries.some(({name}) => name === 'package/package.json'))
    return {kind: 'npm', file, entries: inside(entries, 'package')}
  const info = entries.find(({name}) => /^[^/]+\/PKG-INFO$/.test(name))
  if (info !== undefined) return {kind: 'sdist', file, entries: inside(entries, posix.dirname(info.name))}
  return executables(file, entries)
}

function inside(entries: readonly ArchiveFile[], folder: string): readonly ArchiveFile[] {
  const prefix = `${folder}/`
  return entries
    .filter(({name}) => name.startsWith(prefix))
    .map(entry => ({...entry, name: entry.name.slice(prefix.length)}))
}

// At the top, or in the one folder that many archives wrap around everything.
function executables(file: string, entries: readonly ArchiveFile[]): ExecutableSource | undefined {
  const near = entries.filter(({name}) => name.split('/').length <= 2)
  const found = near.flatMap(({name, mode, content}) =>
    mode === 0o755 || name.endsWith('.exe')
      ? executable(posix.basename(name).replace(/\.exe$/, ''), content, file)
      : [],
  )
  if (found.length === 0) return undefined
  const licenses = near
    .filter(({name}) => licenseFile.test(posix.basename(name)))
    .map(entry => ({...entry, name: posix.basename(entry.name)}))
  return {kind: 'executables', file, executables: found, licenses}
}

function executable(command: string, content: Uint8Array, file: string): readonly Executable[] {
  const platforms = executablePlatforms(executableFormat(content.subarray(0, 4096))?.platforms ?? [], file)
  return platforms.length === 0 ? [] : [{command, platforms, content}]
}

/** The one source of a kind; throws an `InputError` when there are several or none. */
export function onlySource<K extends Source['kind']>(
  sources: readonly Source[],
  kind: K,
): Extract<Source, {readonly kind: K}> {
  const found = sources.filter((each): each is Extract<Source, {readonly kind: K}> => each.kind === kind)
  const [first] = found
  if (first !== undefined && found.length === 1) return first
  const label = {npm: 'npm tarball', wheel: 'wheel', sdist: 'source distribution', executables: 'archive'}[kind]
  throw new InputError([
    found.length === 0
      ? `files: there is no ${label} among them`
      : `files: ${found.map(each => each.file).join(' and ')} are ${found.length} ${label}s; a bundle is made of one`,
  ])
}
