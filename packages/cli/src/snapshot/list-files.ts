import {lstat} from 'node:fs/promises'
import {join} from 'node:path'
import {callGit} from './git'
import {type Source, generated} from './source'
import type {Call} from './trace'

/** The files of a repository, relative to its root, with `/`. */
export interface ListedFiles {
  /** Tracked, or neither tracked nor ignored; those of submodules among them. */
  readonly files: readonly string[]
  /** The folders of all submodules. */
  readonly submodules: readonly string[]
  /** Submodules that are not checked out. */
  readonly missing: readonly string[]
}

/** Lists a repository as a checkout with submodules has it, and what is new in the working tree. */
export async function listFiles({root, directory}: Source, calls: Call[]): Promise<ListedFiles> {
  const isTracked = (await callGit(root, ['ls-files', '-z', '--', directory], {calls})) !== ''
  // Of a folder that nothing is tracked of, only that folder: the rest of what is new around it has nothing to do with it.
  return list(root, {prefix: '', fresh: isTracked ? '.' : directory, calls})
}

async function list(
  root: string,
  {prefix, fresh, calls}: {readonly prefix: string; readonly fresh: string; readonly calls: Call[]},
): Promise<ListedFiles> {
  const [index, others] = await Promise.all([
    callGit(root, ['ls-files', '-z', '--cached', '--stage'], {calls}),
    callGit(root, ['ls-files', '-z', '--others', '--exclude-standard', '--', fresh], {calls}),
  ])
  const entries = index
    .split('\0')
    .filter(entry => entry !== '')
    .map(entry => ({mode: entry.slice(0, 6), path: entry.slice(entry.indexOf('\t') + 1)}))
  // A gitlink, https://git-scm.com/docs/index-format
  const links = entries.filter(({mode}) => mode === '160000').map(({path}) => path)
  const tracked = entries.filter(({mode}) => mode !== '160000').map(({path}) => path)
  const own = [...new Set([...tracked, ...others.split('\0').filter(isSource)])]
  const inner = await Promise.all(links.map(path => submodule(join(root, path), {prefix: `${prefix}${path}/`, calls})))
  return {
    files: [...own.map(path => prefix + path), ...inner.flatMap(each => each?.files ?? [])],
    submodules: links.map(path => prefix + path),
    missing: [
      ...links.filter((_, at) => inner[at] === undefined).map(path => prefix + path),
      ...inner.flatMap(each => each?.missing ?? []),
    ],
  }
}

async function submodule(
  root: string,
  {prefix, calls}: {readonly prefix: string; readonly calls: Call[]},
): Promise<ListedFiles | undefined> {
  const isCheckedOut = (await lstat(join(root, '.git')).catch(() => undefined)) !== undefined
  return isCheckedOut ? list(root, {prefix, fresh: '.', calls}) : undefined
}

// `target` may be a folder of sources; what only tools make is never new source.
function isSource(path: string): boolean {
  return path !== '' && !path.endsWith('/') && !path.split('/').some(part => part !== 'target' && generated.has(part))
}
