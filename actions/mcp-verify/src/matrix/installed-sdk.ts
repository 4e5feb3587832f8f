import {dirname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'

const pythonQuestion = 'import sys; from importlib.metadata import version; print(version(sys.argv[1]))'

/** The version of a package that a server which was installed will load; `undefined` when it is not there. */
export async function installedVersion(
  host: Host,
  {argv, runtime}: {readonly argv: readonly string[]; readonly runtime: 'python' | 'node'},
  name: string,
): Promise<string | undefined> {
  if (runtime === 'python') {
    const python = join(dirname(argv[0] ?? ''), host.platform.os === 'windows' ? 'python.exe' : 'python')
    const {stdout, exitCode} = await host.exec([python, '-I', '-c', pythonQuestion, name], {quiet: true, check: false})
    return exitCode === 0 ? stdout.trim() : undefined
  }
  // As Node.js looks for modules: in each node_modules above the program.
  for (let folder = dirname(argv[1] ?? ''); dirname(folder) !== folder; folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json')
    if ((await host.files.stat(manifest)) === undefined) continue
    const {version} = JSON.parse(await host.files.readText(manifest)) as {version?: unknown}
    return typeof version === 'string' ? version : undefined
  }
  return undefined
}
