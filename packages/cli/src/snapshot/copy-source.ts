import {constants, copyFile, cp, lstat, mkdir, readlink, realpath, symlink, utimes} from 'node:fs/promises'
import {basename, dirname, isAbsolute, join} from 'node:path'
import {InputError, inParallel, isBelow} from '@mcp-release/action-kit'
import {copyRepository, refreshIndex} from './copy-repository'
import {type ListedFiles, listFiles} from './list-files'
import {type Source, generated} from './source'
import type {Call} from './trace'

/**
 * Copies what git tracks or does not ignore in the whole repository, submodules included, with its history beside it
 * (outside git: all but generated folders), so that nothing is built in the user's tree, and a build finds what lies
 * around its package and what it asks git for. Returns what a person should know.
 */
export async function copySource(
  source: Source,
  to: string,
  {calls, submodules, history}: {readonly calls: Call[]; readonly submodules: boolean; readonly history: boolean},
): Promise<readonly string[]> {
  const {root, commit} = source
  await mkdir(to, {recursive: true})
  if (commit === undefined) {
    await cp(root, to, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
      filter: from => from === root || !generated.has(basename(from)),
    })
    return []
  }
  const [listed, warnings] = await Promise.all([
    listFiles(source, calls),
    history ? copyRepository(source, commit, {to, calls}) : [],
  ])
  if (submodules) rejectMissing(listed)
  const files = submodules
    ? listed.files
    : listed.files.filter(file => !listed.submodules.some(each => file.startsWith(`${each}/`)))
  await copyFiles(files, {source, to})
  if (history && warnings.length === 0) await refreshIndex(to, calls)
  return warnings
}

function rejectMissing({missing}: ListedFiles): void {
  const problems = missing.map(path => `${path}: is a submodule that is not checked out`)
  if (problems.length === 0) return
  throw new InputError(problems, {
    hint: 'Run `git submodule update --init --recursive`, or release without submodules: --no-submodules.',
  })
}

async function copyFiles(files: readonly string[], {source, to}: {readonly source: Source; readonly to: string}) {
  const problems: string[] = []
  const made = new Map<string, Promise<unknown>>()
  const folder = (path: string) => {
    const making = made.get(path) ?? mkdir(path, {recursive: true})
    made.set(path, making)
    return making
  }
  const released = join(source.root, source.directory)
  const copy = async (name: string) => {
    const from = join(source.root, name)
    const stat = await lstat(from).catch(() => undefined)
    // Tracked but deleted, or a folder that is a repository of its own.
    if (stat === undefined || !(stat.isFile() || stat.isSymbolicLink())) return
    const target = join(to, name)
    await folder(dirname(target))
    if (stat.isSymbolicLink()) {
      if (isBelow(released, from) && (await leaves(from, source.root)))
        problems.push(`${name}: is a link that leaves ${source.root}; a release cannot hold it`)
      await symlink(await readlink(from), target)
      return
    }
    await copyFile(from, target, constants.COPYFILE_FICLONE)
    await utimes(target, stat.atime, stat.mtime)
  }
  await inParallel(files, {width: 16, work: copy})
  if (problems.length > 0)
    throw new InputError(problems, {hint: 'Make it a relative link inside the repository, or a file.'})
}

// A link to nothing is as empty in the copy.
async function leaves(link: string, root: string): Promise<boolean> {
  const real = await realpath(link).catch(() => undefined)
  return real !== undefined && (isAbsolute(await readlink(link)) || !isBelow(root, real))
}
