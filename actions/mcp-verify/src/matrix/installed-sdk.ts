import {dirname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'

const pythonQuestion = 'import sys; from importlib.metadata import version; print(version(sys.argv[1]))'

/**
 * The version of a package that an installed server will load; `undefined` when it is not there. `folder` is that of the
 * programs of a virtual environment, or that of an npm package.
 */
export async function installedVersion(
  host: Host,
  {folder, runtime}: {readonly folder: string; readonly runtime: 'python' | 'node'},
  name: string,
): Promise<string | undefined> {
  if (runtime === 'python') {
    const python = join(folder, host.platform.os === 'windows' ? 'python.exe' : 'python')
    const {stdout, exitCode} = await host.exec([python, '-I', '-c', pythonQuestion, name], {quiet: true, check: false})
    return exitCode === 0 ? stdout.trim() : undefined
  }
  // As Node.js looks for modules: in each node_modules above.
  for (let above = folder; dirname(above) !== above; above = dirname(above)) {
    const manifest = join(above, 'node_modules', name, 'package.json')
    if ((await host.files.stat(manifest)) === undefined) continue
    const {version} = JSON.parse(await host.files.readText(manifest)) as {version?: unknown}
    return typeof version === 'string' ? version : undefined
  }
  return undefined
}
