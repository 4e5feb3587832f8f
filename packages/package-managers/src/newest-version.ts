import type {Host} from '@mcp-release/action-kit'
import {isNpmRange, npmRangeAllows, npmVersionsIn} from '@mcp-release/release-model'
import type {Manager} from './manager'

/** The version to bring: the named one, the usual one where the range takes it, else the newest that the registry has in the range. */
export async function newestIn(host: Host, manager: Manager, usual: string | undefined): Promise<string> {
  const {name, range} = manager
  if (range === undefined) return usual ?? 'latest'
  if (/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(range)) return range
  if (usual !== undefined && npmRangeAllows(range, usual)) return usual
  const folder = await host.files.makeTemporary('versions')
  try {
    const packages = name === 'yarn' ? ['yarn', '@yarnpkg/cli-dist'] : [name]
    const versions: string[] = []
    for (const each of packages) {
      const argv = ['npm', 'view', each, 'versions', '--json']
      const {stdout, exitCode} = await host.exec(argv, {quiet: true, check: false, cwd: folder})
      // A list, or a text when there is one only.
      if (exitCode === 0) versions.push(...[JSON.parse(stdout) as unknown].flat(2).filter(isText))
    }
    return npmVersionsIn(range, versions).at(-1) ?? range
  } finally {
    await host.files.remove(folder)
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && isNpmRange(value)
}
