import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {type Platform, textIfThere} from '@mcp-release/release-model'
import {readFolder} from './folder'
import type {Source} from './sources'

/** Whose dependencies are installed. */
export interface Installation {
  readonly tarball: Extract<Source, {kind: 'npm'}>
  /** Of its package.json. */
  readonly fields: Readonly<Record<string, unknown>>
  /** The checkout, which has the lock file. */
  readonly directory: string
  readonly platform: Platform | undefined
}

/**
 * The production dependencies of a package as files below `node_modules/`: exactly those of package-lock.json where there
 * is one. They are installed in a folder of their own, and no script of theirs runs.
 */
export async function installDependencies(host: Host, what: Installation): Promise<readonly ArchiveFile[]> {
  const {tarball, fields, directory, platform} = what
  const needed = ['dependencies', 'optionalDependencies', 'peerDependencies'].some(
    name => Object.keys(fields[name] ?? {}).length > 0,
  )
  if (!needed) return []
  const folder = await host.files.makeTemporary('mcpb-node')
  try {
    for (const {name, content} of tarball.entries) {
      if (name === 'package.json' || name === 'npm-shrinkwrap.json') await host.files.write(join(folder, name), content)
    }
    const locked = await copyLock(host, directory, folder)
    if (!locked)
      host.warning(`${tarball.file}: there is no package-lock.json: the newest matching dependencies are bundled`)
    const argv = ['npm', locked ? 'ci' : 'install', ...options, ...machine(platform)]
    await host.group(
      `Install the dependencies of ${tarball.file}${platform === undefined ? '' : ` for ${platform}`}`,
      () =>
        host.exec(argv, {
          cwd: folder,
          env: {NODE_ENV: ''},
          installHint: 'Install Node.js, for example with actions/setup-node.',
        }),
    )
    const files = await readFolder(host, join(folder, 'node_modules'), {ignore: ['**/.bin/**', '.package-lock.json']})
    return files.map(file => ({...file, name: `node_modules/${file.name}`}))
  } finally {
    await host.files.remove(folder)
  }
}

const options = ['--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', '--install-links']

// npm-shrinkwrap.json is published with the package and wins, as npm has it. The registry's settings come along.
async function copyLock(host: Host, directory: string, folder: string): Promise<boolean> {
  const settings = await textIfThere(host, join(directory, '.npmrc'))
  if (settings !== undefined) await host.files.write(join(folder, '.npmrc'), settings)
  if ((await host.files.stat(join(folder, 'npm-shrinkwrap.json'))) !== undefined) return true
  const lock = await textIfThere(host, join(directory, 'package-lock.json'))
  if (lock === undefined) return false
  await host.files.write(join(folder, 'package-lock.json'), lock)
  return true
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
