import {posix} from 'node:path'
import type {ReleaseSettings} from '@mcp-release/release-model'
import {type Tree, below, isBelow} from '../detected'

/** What the judges of manifests read. */
export interface Surroundings {
  readonly tree: Tree
  readonly settings: ReleaseSettings
  /** `owner/name` of the repository that releases, on GitHub. */
  readonly repository: string | undefined
  /** The folder that is released is that of the workspace, where later steps look for server.json. */
  readonly atRoot: boolean
  /** The server.json of the release, when it will be stamped and checked. */
  readonly serverJson: string | undefined
}

/** The files of a folder and below, relative to it; `undefined` when not all are known. */
export function filesOf(path: string, {listed}: Tree): ReadonlySet<string> | undefined {
  if (listed === undefined) return undefined
  const own = listed.filter(file => isBelow(file, path))
  return new Set(path === '.' ? own : own.map(file => file.slice(path.length + 1)))
}

/** Whether a path may be there though it is not listed: it leaves the folder, or lies behind a link or a submodule. */
export function isHidden(target: string, files: ReadonlySet<string>): boolean {
  const plain = posix.normalize(target)
  if (plain.startsWith('..') || plain.startsWith('/')) return true
  const parts = plain.split('/')
  return parts.slice(1).some((_, at) => files.has(parts.slice(0, at + 1).join('/')))
}

/** The text of a file below a folder, as far as it was read. */
export function textOf(path: string, file: string, {texts}: Tree): string | undefined {
  return texts[posix.normalize(below(path, file))]
}

/** The folder itself and all above it, the nearest first. */
export function foldersAround(path: string): readonly string[] {
  const folders = [path]
  for (let folder = path; folder !== '.';) {
    folder = posix.dirname(folder)
    folders.push(folder)
  }
  return folders
}
