import {dirname, join, relative} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'
import {textIfThere} from '@mcp-release/release-model'
import {readFields, record, textList} from './json'
import {type LockFile, lockFileNames, pnpmPatterns} from './lock-files'

/** A package of a workspace, the root included. */
export interface Member {
  /** Absolute. */
  readonly folder: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** The folder from which a package is installed, and what lies there. */
export interface Workspace {
  /** Absolute: the root of the monorepo, or the package's own folder. */
  readonly root: string
  readonly rootFields: Readonly<Record<string, unknown>>
  readonly locks: readonly LockFile[]
  /** The packages of the monorepo, without its root; empty for a package of its own. */
  readonly members: readonly Member[]
  /** A monorepo lies around it that this package is installed without. */
  readonly apart: boolean
}

/**
 * The monorepo of which a package is a member, when it has a lock file or the package has none; else the package itself.
 * Nothing above the checkout is looked at.
 */
export async function readWorkspace(host: Host, directory: string): Promise<Workspace> {
  const own = await workspaceAt(host, directory)
  if (own.members.length > 0) return own
  for (let folder = dirname(directory); isBelow(host.workspace, folder); folder = dirname(folder)) {
    const around = await workspaceAt(host, folder)
    if (around.members.some(member => member.folder === directory)) {
      return around.locks.length > 0 || own.locks.length === 0 ? around : {...own, apart: true}
    }
    if (folder === dirname(folder)) break
  }
  return own
}

async function workspaceAt(host: Host, root: string): Promise<Workspace> {
  const rootFields = readFields(await textIfThere(host, join(root, 'package.json')))
  const locks: LockFile[] = []
  for (const [name, manager] of lockFileNames) {
    if ((await host.files.stat(join(root, name))) !== undefined) locks.push({manager, folder: root, name})
  }
  const members = await readMembers(host, root, await memberPatterns(host, root, rootFields))
  return {root, rootFields, locks, members, apart: false}
}

async function readMembers(host: Host, root: string, patterns: readonly string[]): Promise<readonly Member[]> {
  const [excluded, included] = [true, false].map(negative => patterns.filter(each => each.startsWith('!') === negative))
  const manifests = (list: readonly string[] = []) =>
    list.map(each => `${each.replace(/^!?(?:\.\/)*/, '').replace(/\/+$/, '')}/package.json`)
  const found = await host.files.find(manifests(included), {
    cwd: root,
    ignore: ['**/node_modules/**', ...manifests(excluded)],
  })
  const folders = found.map(file => join(root, dirname(file))).filter(folder => relative(root, folder) !== '')
  return Promise.all(
    folders.map(async folder => ({folder, fields: readFields(await textIfThere(host, join(folder, 'package.json')))})),
  )
}

async function memberPatterns(
  host: Host,
  root: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  const pnpm = await textIfThere(host, join(root, 'pnpm-workspace.yaml'))
  const ofPnpm = pnpm === undefined ? [] : pnpmPatterns(pnpm)
  if (ofPnpm.length > 0) return ofPnpm
  const {workspaces} = fields
  return textList(Array.isArray(workspaces) ? workspaces : record(workspaces)['packages'])
}
