import {isAbsolute, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {dataFolders} from './sight'

export type Installer = 'pip' | 'uv'

interface Place {
  readonly installer: Installer
  /** Where caches are for one run. */
  readonly caches: string
  /** Into which something is installed. */
  readonly folder: string
  /** The PATH that it is given. */
  readonly path: string
}

/** The folders of an installer for one run. */
export interface InstallerFolders {
  /** To write to. */
  readonly own: readonly string[]
  /** The user's own. */
  readonly shown: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

// More than that takes longer to copy than to fetch what is needed.
const largestKilobytes = 256 * 1024
const patience = ['-k', '1', '4']
const seeded = new Map<string, Promise<void>>()

/**
 * Builds of others write to caches, and what they leave there would be installed and started later, without isolation: each
 * run has caches of its own, which begin as a copy of the user's. pip uses no cache that it cannot write to.
 */
export async function installerFolders(
  host: Host,
  {installer, caches, folder, path}: Place,
): Promise<InstallerFolders> {
  const variable = installer === 'pip' ? 'PIP_CACHE_DIR' : 'UV_CACHE_DIR'
  const users = host.env[variable] ?? defaultCache(host, installer)
  const own = join(caches, installer)
  const seeding = seeded.get(own) ?? seed(host, users, own)
  seeded.set(own, seeding)
  await seeding
  // Entries may be links into the user's cache.
  const shown = users === undefined ? [] : [users]
  const env = {[variable]: own}
  if (installer === 'pip') return {own: [own], shown, env}
  const pythons = [host.env['UV_PYTHON_INSTALL_DIR'], ...dataFolders(host).map(each => join(each, 'uv/python'))]
  const known = pythons.flatMap(path => (path !== undefined && isAbsolute(path) ? [path] : []))
  const bins = await interpreterFolders(host, known)
  return {
    own: [own],
    shown: [...shown, ...known, ...dataFolders(host).map(each => join(each, 'uv/credentials'))],
    env: {
      ...env,
      // An interpreter that is missing belongs to the server; those that are there are found by PATH.
      UV_PYTHON_INSTALL_DIR: join(folder, 'uv-python'),
      UV_PYTHON_INSTALL_BIN: '0',
      ...(bins.length === 0 ? {} : {PATH: [path, ...bins].join(':')}),
    },
  }
}

function defaultCache({env}: Host, installer: Installer): string | undefined {
  const {HOME: home, XDG_CACHE_HOME: caches} = env
  if (caches !== undefined && isAbsolute(caches)) return join(caches, installer)
  return home === undefined || !isAbsolute(home) ? undefined : join(home, '.cache', installer)
}

async function interpreterFolders(host: Host, folders: readonly string[]): Promise<readonly string[]> {
  const names = await Promise.all(
    folders.map(async folder => (await host.files.list(folder)).map(name => join(folder, name, 'bin'))),
  )
  const there = await Promise.all(
    // The newest first, as uv prefers it.
    names
      .flatMap(each => [...each].reverse())
      .map(async bin => ((await host.files.stat(bin)) === undefined ? [] : [bin])),
  )
  return there.flat()
}

async function seed(host: Host, users: string | undefined, own: string): Promise<void> {
  await host.files.makeDirectory(own)
  if (users === undefined || (await host.files.stat(users)) === undefined) return
  const timeout = await host.which('timeout')
  const inTime = (argv: readonly string[]) =>
    host.exec([...(timeout === undefined ? [] : [timeout, ...patience]), ...argv], {check: false, quiet: true})
  const size = await inTime(['du', '-sk', users])
  const kilobytes = Number(/^\d+/.exec(size.stdout)?.[0] ?? Infinity)
  if (size.exitCode !== 0 || kilobytes > largestKilobytes) return
  // What is in it, not the folder itself.
  const {exitCode} = await inTime(['cp', '-RPp', `${users}/.`, own])
  if (exitCode === 0) return
  // Half a cache says that it has what it lacks.
  await host.files.remove(own)
  await host.files.makeDirectory(own)
}
