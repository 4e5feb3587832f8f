import {posix} from 'node:path'
import {record, textList} from '@mcp-release/package-managers/json'
import {below, folderOf, isBelow} from './detected'
import {globPattern} from './glob-pattern'

/** A manifest as it was read. */
type Manifest = Readonly<Record<string, unknown>>

/** The root of a Cargo workspace. */
export interface CargoRoot {
  readonly folder: string
  readonly content: Manifest
}

/** Why a crate is none of the workspace around it, and what to do. */
export interface Apart {
  readonly reason: string
  /** Absent where naming it in the settings is enough. */
  readonly hint?: string
}

/**
 * Whether a crate below the root of a workspace is one of its members: listed, or a path dependency of one
 * (https://doc.rust-lang.org/cargo/reference/workspaces.html#the-members-and-exclude-fields). cargo refuses to build what is
 * neither a member nor excluded.
 */
export function apartFrom(
  root: CargoRoot | undefined,
  path: string,
  manifests: ReadonlyMap<string, Manifest>,
): Apart | undefined {
  if (root === undefined || path === root.folder) return undefined
  const own = inside(root.folder, path)
  const {members, exclude} = record(root.content['workspace'])
  const file = below(root.folder, 'Cargo.toml')
  // Paths, not globs, and what is listed by its own path is a member all the same.
  const isListed = textList(members).some(each => isBelow(own, plain(each)))
  if (!isListed && textList(exclude).some(each => isBelow(own, plain(each))))
    return {reason: `${file} excludes it from the workspace`}
  if (membersOf(root, manifests).has(path)) return undefined
  return {
    reason: `${file} does not have it among its members, so that cargo refuses to build it`,
    hint: `Add ${JSON.stringify(own)} to members of [workspace] in ${file}, or to exclude.`,
  }
}

const known = new WeakMap<Manifest, ReadonlySet<string>>()

function membersOf({folder: root, content}: CargoRoot, manifests: ReadonlyMap<string, Manifest>): ReadonlySet<string> {
  const before = known.get(content)
  if (before !== undefined) return before
  const workspace = record(content['workspace'])
  const patterns = textList(workspace['members']).map(globPattern)
  const folders = [...manifests.keys()].map(folderOf).filter(folder => isBelow(folder, root))
  const queue = folders.filter(
    folder => folder === root || patterns.some(pattern => pattern.test(inside(root, folder))),
  )
  const members = new Set<string>()
  for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
    if (members.has(folder)) continue
    members.add(folder)
    const manifest = manifests.get(below(folder, 'Cargo.toml')) ?? {}
    queue.push(...pathDependencies(manifest, {folder, root, shared: record(workspace['dependencies'])}))
  }
  known.set(content, members)
  return members
}

const kinds = ['dependencies', 'dev-dependencies', 'build-dependencies']

interface Place {
  readonly folder: string
  readonly root: string
  /** [workspace.dependencies], whose paths begin at the root. */
  readonly shared: Manifest
}

function pathDependencies(manifest: Manifest, {folder, root, shared}: Place): readonly string[] {
  const tables = [manifest, ...Object.values(record(manifest['target'])).map(record)]
  return tables
    .flatMap(table => kinds.flatMap(kind => Object.entries(record(table[kind]))))
    .flatMap(([name, value]) => {
      const dependency = record(value)
      const inherits = dependency['workspace'] === true
      const {path} = inherits ? record(shared[name]) : dependency
      return typeof path === 'string' ? [posix.normalize(below(inherits ? root : folder, path)).replace(/\/$/, '')] : []
    })
    .filter(path => isBelow(path, root))
}

function inside(root: string, path: string): string {
  if (path === root) return '.'
  return root === '.' ? path : path.slice(root.length + 1)
}

function plain(path: string): string {
  return path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')
}
