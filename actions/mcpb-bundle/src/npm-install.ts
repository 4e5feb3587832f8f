import {basename, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {type Platform, textIfThere} from '@mcp-release/release-model'
import {execResolver} from '@mcp-release/tools'
import {readFolder} from './folder'
import {type Locking, findLocking} from './locked-dependencies'
import {writeMembers} from './members'
import type {Source} from './sources'

/** Whose dependencies are installed. */
export interface Installation {
  readonly tarball: Extract<Source, {kind: 'npm'}>
  /** Of its package.json. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The folder of the package in the checkout, which has the lock file or lies in a workspace that has it. */
  readonly directory: string
  /** The other files of the release. */
  readonly siblings: readonly string[]
  readonly platform: Platform | undefined
}

/**
 * The production dependencies of a package as files below `node_modules/`: exactly those of its lock file, whichever
 * package manager wrote it. npm installs them in a folder of their own, where package.json names nothing else, so that
 * nothing for developers is looked up; no script runs.
 */
export async function installDependencies(host: Host, what: Installation): Promise<readonly ArchiveFile[]> {
  const {tarball, fields, platform} = what
  const needed = ['dependencies', 'optionalDependencies', 'peerDependencies'].some(
    name => Object.keys(fields[name] ?? {}).length > 0,
  )
  if (!needed) return []
  const locking = await findLocking(host, what)
  const folder = await host.files.makeTemporary('mcpb-node')
  try {
    await writeProject(host, folder, {what, locking})
    const argv = ['npm', isWhole(locking) ? 'ci' : 'install', ...options, ...machine(platform)]
    await host.group(
      `Install the dependencies of ${tarball.file}${platform === undefined ? '' : ` for ${platform}`}`,
      () =>
        execResolver(host, argv, {
          cwd: folder,
          env: {NODE_ENV: ''},
          installHint: 'Install Node.js, for example with actions/setup-node.',
        }),
    )
    const keeps = (name: string) => basename(name) !== '.bin' && name !== '.package-lock.json'
    const files = await readFolder(host, join(folder, 'node_modules'), {keeps})
    return files.map(file => ({...file, name: `node_modules/${file.name}`}))
  } finally {
    await host.files.remove(folder)
  }
}

const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--install-links']

/** Whether the lock file has every dependency. */
function isWhole({lock}: Locking): boolean {
  return lock !== undefined && Object.keys(lock.unlocked).length === 0
}

async function writeProject(
  host: Host,
  folder: string,
  {what, locking}: {readonly what: Installation; readonly locking: Locking},
): Promise<void> {
  const {tarball, fields, directory, siblings} = what
  const {lock, root, file = 'the lock file'} = locking
  const write = (name: string, content: object) =>
    host.files.write(join(folder, name), JSON.stringify(content, null, 2))
  // The settings of npm lie beside the lock file and beside package.json; what comes later wins.
  const settings = await Promise.all(
    [...new Set([root, directory])].map(each => textIfThere(host, join(each, '.npmrc'))),
  )
  const text = settings.filter(each => each !== undefined).join('\n')
  if (text !== '') await host.files.write(join(folder, '.npmrc'), text)
  if (lock === undefined) {
    host.warning(`${tarball.file}: ${locking.reason ?? ''}: the newest matching dependencies are bundled`)
    await write('package.json', production(fields))
    return
  }
  const missing = Object.keys(lock.unlocked)
  if (missing.length > 0)
    host.warning(`${tarball.file}: ${file} does not have ${missing.join(', ')}: the newest matching is bundled`)
  await write('package.json', lock.manifest)
  await write('package-lock.json', lock.lock)
  await writeMembers(host, folder, {members: lock.members, places: {tarball, root, siblings}})
}

function production(fields: Installation['fields']): object {
  const names = ['dependencies', 'optionalDependencies', 'peerDependencies', 'peerDependenciesMeta', 'overrides']
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)))
  return {name: 'bundle', version: '0.0.0', private: true, ...kept}
}

const processors: Readonly<Record<string, string>> = {amd64: 'x64', '386': 'ia32', ppc64le: 'ppc64'}

function machine(platform: Platform | undefined): readonly string[] {
  if (platform === undefined) return []
  const [os, arch] = platform.split('/')
  return [
    `--os=${os === 'windows' ? 'win32' : (os ?? '')}`,
    `--cpu=${processors[arch ?? ''] ?? arch ?? ''}`,
    ...(os === 'linux' ? ['--libc=glibc'] : []),
  ]
}
