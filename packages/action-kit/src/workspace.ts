import {dirname, isAbsolute, relative, resolve, sep} from 'node:path'
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

/** As `pathInWorkspace`, for a file that will be written: a folder there, or a file above it, is found before the work is done. */
export async function outputInWorkspace(
  host: Host,
  given: {readonly input: string; readonly path: string},
  problems: string[],
): Promise<string> {
  const path = await pathInWorkspace(host, given, problems)
  const said = `${given.input}: ${JSON.stringify(given.path)}`
  if ((await host.files.stat(path))?.kind === 'directory') problems.push(`${said} is a folder; name a file`)
  for (let above = dirname(path); dirname(above) !== above; above = dirname(above)) {
    const kind = (await host.files.stat(await host.files.realPath(above)))?.kind
    if (kind === undefined) continue
    if (kind !== 'directory') problems.push(`${said} lies below ${above}, which is no folder`)
    break
  }
  return path
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
