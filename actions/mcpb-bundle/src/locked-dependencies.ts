import {join, relative, sep} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type ProductionLock, lockFiles, lockedInstallation} from '@mcp-release/mcpb/locks'
import {chooseManager, readManagerFacts} from '@mcp-release/package-managers'
import {parseObject} from './parse-object'
import type {Source} from './sources'

/** How dependencies are installed: by which lock file, and whose settings of npm hold. */
export interface Locking {
  /** Absent: nothing locks them, for the reason given. */
  readonly lock?: ProductionLock
  readonly reason?: string
  /** The lock file, for messages. */
  readonly file?: string
  /** The folder of the lock file. Absolute. */
  readonly root: string
}

interface Package {
  readonly tarball: Extract<Source, {kind: 'npm'}>
  readonly fields: Readonly<Record<string, unknown>>
  readonly directory: string
}

/**
 * The lock of a package: npm-shrinkwrap.json that is published with it, else the lock file of its folder or of the workspace
 * around it, of the manager that builds it.
 */
export async function findLocking(host: Host, {tarball, fields, directory}: Package): Promise<Locking> {
  const published = tarball.entries.find(({name}) => name === 'npm-shrinkwrap.json')
  if (published !== undefined) {
    const text = Buffer.from(published.content).toString()
    return {root: directory, ...readLock({name: published.name, text, folder: '.'}, {packed: fields, own: fields})}
  }
  // Lock files know the ranges of the repository; in the tarball others stand in place of `workspace:` and `catalog:`.
  const manifest = join(directory, 'package.json')
  const own = (await host.files.stat(manifest))?.kind === 'file' ? parseObject(await host.files.readText(manifest)) : {}
  const facts = await readManagerFacts(host, directory, own)
  const {root} = facts.workspace
  const {lock} = chooseManager(facts)
  if (lock === undefined) return {root, reason: 'there is no lock file'}
  if (!lockFiles.includes(lock.name))
    return {root, reason: `${lock.name} cannot be read; bun install --save-text-lockfile writes bun.lock in its place`}
  const way = (to: string) => relative(root, to).split(sep).join('/')
  const folder = way(directory)
  const locked = {name: lock.name, text: facts.lockTexts[lock.name] ?? '', folder: folder === '' ? '.' : folder}
  const members = facts.workspace.members.map(each => ({folder: way(each.folder), fields: each.fields}))
  return {root, ...readLock(locked, {packed: fields, own}, members)}
}

function readLock(...[locked, manifests, members]: Parameters<typeof lockedInstallation>) {
  const lock = lockedInstallation(locked, manifests, members)
  return lock === undefined ? {reason: `${locked.name} cannot be read`, file: locked.name} : {lock, file: locked.name}
}
