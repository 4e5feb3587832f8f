import {isAbsolute, relative, resolve, sep} from 'node:path'
import type {Host} from './host'

/**
 * The absolute path of a path that a user gave. Adds a problem when it leaves the workspace and the runner's temporary
 * folder, also by way of a link: what an action reads or writes elsewhere is never what the caller meant.
 */
export async function pathInWorkspace(
  host: Host,
  {input, path}: {readonly input: string; readonly path: string},
  problems: string[],
): Promise<string> {
  const absolute = resolve(host.workspace, path)
  const real = await host.files.realPath(absolute)
  if (!(await rootsOf(host)).some(root => isBelow(root, real))) {
    const through = real === absolute ? '' : ` (a link to ${JSON.stringify(real)})`
    problems.push(`${input}: ${JSON.stringify(path)}${through} lies outside the workspace`)
  }
  return absolute
}

const known = new WeakMap<Host, Promise<readonly string[]>>()

// Asked once, since a thousand files lie below the same two folders.
function rootsOf(host: Host): Promise<readonly string[]> {
  const roots = known.get(host) ?? Promise.all([host.files.realPath(host.workspace), host.files.realPath(host.temp)])
  known.set(host, roots)
  return roots
}

/** Whether `path` is `root` or lies below it. Both absolute. */
export function isBelow(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
