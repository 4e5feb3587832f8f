import {join} from 'node:path'
import {ActionError, type Host, inParallel, isBelow} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {type Bounds, linkedModules} from './linked-modules'

interface Choice {
  /** Of files and folders; what is in a folder that is not kept is not looked at. */
  readonly keeps?: (name: string) => boolean
}

/**
 * All files of a folder that are wanted, with their modes; none when the folder is not there. Links become what they point to:
 * a file, a folder, or for the packages in `node_modules` one from which each package finds what it found before. One that
 * leaves the folder and the repository is refused.
 */
export async function readFolder(host: Host, folder: string, choice: Choice = {}): Promise<readonly ArchiveFile[]> {
  if ((await host.files.stat(folder))?.kind !== 'directory') return []
  const roots = await Promise.all([folder, host.workspace].map(each => host.files.realPath(each)))
  const {keeps = () => true} = choice
  const sources = await sourcesIn(host, {folder, prefix: '', keeps, bounds: roots, above: []})
  return inParallel(sources, {width: 16, work: source => readFile(host, source)})
}

/** Where a file of the bundle comes from. Without links. */
interface Source {
  readonly name: string
  readonly path: string
}

interface Place {
  /** Absolute. */
  readonly folder: string
  /** Of the names of its files in the bundle; empty, or with a slash at its end. */
  readonly prefix: string
  readonly keeps: (name: string) => boolean
  readonly bounds: Bounds
  /** The folders through whose links the way led here. */
  readonly above: readonly string[]
}

async function sourcesIn(host: Host, place: Place): Promise<readonly Source[]> {
  const {prefix} = place
  const entries = await entriesIn(host, place, '')
  const links = entries.filter(({isFolder}) => isFolder)
  const modules = new Set(links.flatMap(({name}) => modulesAround(name)))
  const isInModules = (name: string) => [...modules].some(each => name === each || name.startsWith(`${each}/`))
  const sources = entries
    .filter(({name, isFolder}) => !isFolder && !isInModules(name))
    .map(({name, path}) => ({name: `${prefix}${name}`, path}))
  for (const each of modules) sources.push(...(await modulesIn(host, place, each)))
  for (const link of links.filter(({name}) => !isInModules(name))) sources.push(...(await behind(host, place, link)))
  return sources
}

interface Entry extends Source {
  /** A link to a folder. */
  readonly isFolder: boolean
}

// The first one: what lies in the store of pnpm is not looked for there.
function modulesAround(name: string): readonly string[] {
  const segments = name.split('/')
  const at = segments.indexOf('node_modules')
  return at === -1 ? [] : [segments.slice(0, at + 1).join('/')]
}

/** What lies in a folder and those below it, without following links. */
async function entriesIn(host: Host, place: Place, inner: string): Promise<readonly Entry[]> {
  const names = (await host.files.list(join(place.folder, inner)))
    .filter(name => name !== '.git' && !/^\..*\.partial$/.test(name))
    .map(name => `${inner}${name}`)
    .filter(name => place.keeps(`${place.prefix}${name}`))
  const entries = await inParallel(names, {width: 16, work: name => entryOf(host, place, name)})
  const below: Entry[] = []
  for (const entry of entries) if (entry !== 'folder') below.push(entry)
  for (const [at, name] of names.entries())
    if (entries[at] === 'folder') below.push(...(await entriesIn(host, place, `${name}/`)))
  return below
}

async function entryOf(host: Host, {folder, bounds}: Place, name: string): Promise<Entry | 'folder'> {
  const path = join(folder, name)
  const found = await host.files.stat(path)
  if (found?.kind === 'directory') return 'folder'
  if (found?.kind === 'file') return {name, path, isFolder: false}
  const real = await host.files.realPath(path)
  const kind = (await host.files.stat(real))?.kind
  if (bounds.some(each => isBelow(each, real)) && (kind === 'file' || kind === 'directory'))
    return {name, path: real, isFolder: kind === 'directory'}
  throw new ActionError(
    'BUNDLE',
    `${path}: is a link to ${JSON.stringify(real)}, no file or folder of the repository`,
    {
      hint: 'A bundle holds what lies in the repository. Copy it there, or name it in .mcpbignore.',
    },
  )
}

async function modulesIn(host: Host, place: Place, name: string): Promise<readonly Source[]> {
  const {folder, bounds} = place
  const inner = `${place.prefix}${name.slice(0, -'node_modules'.length)}`
  const keeps = (path: string) => place.keeps(`${inner}${path}`)
  const inPackage = (prefix: string) => (file: string) => file !== `${prefix}node_modules` && place.keeps(file)
  const sources: Source[] = []
  for (const {path, real} of await linkedModules(host, join(folder, name), {bounds, keeps})) {
    const prefix = `${inner}${path}/`
    sources.push(...(await sourcesIn(host, {...place, folder: real, prefix, keeps: inPackage(prefix), above: []})))
  }
  return sources
}

async function behind(host: Host, place: Place, {name, path}: Entry): Promise<readonly Source[]> {
  const around = [...place.above, await host.files.realPath(place.folder)]
  if (around.some(each => each === path || isBelow(path, each)))
    throw new ActionError(
      'BUNDLE',
      `${join(place.folder, name)}: is a link to ${JSON.stringify(path)}, in which it lies`,
      {
        hint: 'A bundle cannot hold itself. Remove the link, or name it in .mcpbignore.',
      },
    )
  return sourcesIn(host, {...place, folder: path, prefix: `${place.prefix}${name}/`, above: around})
}

async function readFile(host: Host, {name, path}: Source): Promise<ArchiveFile> {
  const mode = (await host.files.stat(path))?.mode ?? 0
  return {name, mode: (mode & 0o100) === 0 ? 0o644 : 0o755, content: await host.files.readBytes(path)}
}
