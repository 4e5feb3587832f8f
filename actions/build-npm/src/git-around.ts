import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'

/**
 * Runs a build with a git repository around it. `prepare` scripts install git hooks (husky, lefthook, simple-git-hooks,
 * `git config core.hooksPath`), and several of them fail where there is no repository; a source that was copied or unpacked
 * has none. An empty one makes them harmless, and goes again.
 */
export async function withGit<T>(host: Host, root: string, body: () => Promise<T>): Promise<T> {
  const git = (args: readonly string[]) =>
    host.exec(['git', '-C', root, ...args], {quiet: true, check: false}).catch(() => undefined)
  const inside = await git(['rev-parse', '--git-dir'])
  if (inside === undefined || inside.exitCode === 0) return body()
  await git(['init', '--quiet', '--template='])
  try {
    return await body()
  } finally {
    await host.files.remove(join(root, '.git'))
  }
}
