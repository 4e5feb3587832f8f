import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {npmRangeAllows} from '@mcp-release/release-model'
import {cacheRoot, forgetFolder, isKept, keepFolder, withLock} from '@mcp-release/tools'

const version = '24.21.0'

/** Node itself, for managers that need a newer one than the machine has; from the npm package of its build for a platform. */
export async function bringNode(
  host: Host,
  ranges: readonly string[],
): Promise<{readonly path: string; readonly version: string}> {
  const unfit = ranges.filter(range => !npmRangeAllows(range, version))
  if (unfit.length > 0)
    throw new ActionError('TOOL_UNAVAILABLE', `The package manager needs Node.js ${unfit.join(' and ')}`, {
      hint: 'Install such a Node.js, for example with the node-version of actions/setup-node.',
    })
  const {os, arch} = host.platform
  const name = `node-${os === 'windows' ? 'win' : os}-${arch === 'amd64' ? 'x64' : 'arm64'}`
  const folder = join(cacheRoot(host), 'mcp-release-node', `${version}-${name}`)
  const path = join(folder, 'node_modules', name, 'bin', os === 'windows' ? 'node.exe' : 'node')
  if (await isKept(host, folder)) return {path, version}
  await withLock(`${folder}.lock`, async () => {
    if (await isKept(host, folder)) return
    await forgetFolder(host, folder)
    await host.files.write(join(folder, 'package.json'), '{"private": true}\n')
    const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
    await host.exec(['npm', 'install', ...quietly, `${name}@${version}`], {cwd: folder, quiet: true})
    await keepFolder(host, folder)
  })
  return {path, version}
}
