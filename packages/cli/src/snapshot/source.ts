import {lstat, readdir, realpath} from 'node:fs/promises'
import {basename, join, relative, sep} from 'node:path'
import {callGit, withoutFilters} from './git'
import type {Call} from './trace'

/** The sources of a snapshot and what git knows of them. */
export interface Source {
  readonly name: string
  /** `owner/name`, from the remote `origin`, else `local/<name>`. */
  readonly repository: string
  /** What is taken along, absolute: the whole git repository around the folder; outside git the folder itself. */
  readonly root: string
  /** The folder that is released, relative to `root`, with `/`. */
  readonly directory: string
  /** Absent outside git. */
  readonly commit?: string
  /** The address of the remote `origin`, without user and password. */
  readonly remote?: string
  readonly dirty: boolean
  /** Seconds since 1970: the commit's time, else that of the newest file. */
  readonly sourceDate: number
  /** What a person should know of them. */
  readonly warnings: readonly string[]
}

/** Folders that tools fill and that no release is made of. */
export const generated = new Set([
  'node_modules',
  '.venv',
  'venv',
  '.git',
  'target',
  '__pycache__',
  '.pytest_cache',
  '.tox',
  '.mypy_cache',
])

// The earliest time that zip archives can hold.
const earliest = Date.UTC(1980, 0, 1) / 1000

/** Reads what git knows; a folder outside git is a source, too. Notes the calls of git. */
export async function readSource(directory: string, calls: Call[]): Promise<Source> {
  const git = async (...args: readonly string[]) => (await callGit(directory, args, {calls})).trim()
  const name = basename(directory)
  const here = await realpath(directory)
  let refusal = ''
  const commit = await git('rev-parse', '--verify', 'HEAD^{commit}').catch((error: unknown) => {
    refusal = String((error as {stderr?: unknown}).stderr)
    return undefined
  })
  if (commit === undefined || !(await isPart(directory, calls))) {
    const warnings = refusal.includes('dubious ownership') ? [foreign(here)] : []
    const sourceDate = await newest(here)
    return {name, repository: `local/${name}`, root: here, directory: '.', dirty: false, sourceDate, warnings}
  }
  const root = await git('rev-parse', '--show-toplevel').then(path => realpath(path))
  const config = await withoutFilters(root, calls)
  const [remote, changes, time] = await Promise.all([
    git('remote', 'get-url', 'origin').catch(() => ''),
    callGit(root, ['status', '--porcelain', '--ignore-submodules=dirty'], {calls, config}),
    git('log', '-1', '--format=%ct'),
  ])
  // The remote of a folder inside of a repository is not its own.
  const [, repository] = root === here ? (/[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(remote) ?? []) : []
  return {
    name,
    repository: repository ?? `local/${name}`,
    root,
    directory: relative(root, here).split(sep).join('/') || '.',
    commit,
    ...(remote === '' ? {} : {remote: remote.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1')}),
    dirty: changes.trim() !== '',
    sourceDate: Number(time),
    warnings: [],
  }
}

// A folder that the repository around it ignores, such as a download in its build folder, is none of its sources.
async function isPart(directory: string, calls: Call[]): Promise<boolean> {
  const listed = ['ls-files', '-z', '--directory', '--cached', '--others', '--exclude-standard', '--', '.']
  return (await callGit(directory, listed, {calls}).catch(() => '')) !== ''
}

function foreign(folder: string): string {
  return `git does not read ${folder}, which belongs to another user, so the commit is not known. \`git config --global --add safe.directory ${folder}\` lets it.`
}

async function newest(directory: string): Promise<number> {
  let time = earliest
  for (const entry of await readdir(directory, {withFileTypes: true, recursive: true})) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const parts = relative(directory, file).split(/[\\/]/)
    if (parts.some(part => generated.has(part))) continue
    time = Math.max(time, Math.floor((await lstat(file)).mtimeMs / 1000))
  }
  return time
}
