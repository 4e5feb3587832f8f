import {execFile} from 'node:child_process'
import {cp, lstat, mkdir, readdir, realpath} from 'node:fs/promises'
import {basename, dirname, join, relative} from 'node:path'
import {promisify} from 'node:util'
import {inParallel, isBelow} from '@mcp-release/action-kit'
import type {Call} from './trace'

const run = promisify(execFile)

/** The sources of a snapshot and what git knows of them. */
export interface Source {
  readonly name: string
  /** `owner/name`, from the remote `origin`, else `local/<name>`. */
  readonly repository: string
  readonly commit?: string
  readonly dirty: boolean
  /** Seconds since 1970: the commit's time, else that of the newest file. */
  readonly sourceDate: number
}

// Folders that tools fill and that no release is made of.
const generated = new Set([
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
  const git = async (...args: readonly string[]) => (await callGit(directory, args, calls)).trim()
  const name = basename(directory)
  const commit = await git('rev-parse', 'HEAD').catch(() => undefined)
  if (commit === undefined)
    return {name, repository: `local/${name}`, dirty: false, sourceDate: await newest(directory)}
  const [top, here, remote, changes, time] = await Promise.all([
    git('rev-parse', '--show-toplevel').then(path => realpath(path)),
    realpath(directory),
    git('remote', 'get-url', 'origin').catch(() => ''),
    git('status', '--porcelain', '--', '.'),
    git('log', '-1', '--format=%ct'),
  ])
  // The remote of a folder inside of a repository is not its own.
  const [, repository] = top === here ? (/[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(remote) ?? []) : []
  return {name, repository: repository ?? `local/${name}`, commit, dirty: changes !== '', sourceDate: Number(time)}
}

async function callGit(directory: string, args: readonly string[], calls: Call[]): Promise<string> {
  const started = Date.now()
  try {
    return (await run('git', ['-C', directory, ...args], {maxBuffer: 256e6})).stdout
  } finally {
    calls.push({started, ended: Date.now()})
  }
}

/** Copies what git tracks or does not ignore (outside git: all but generated folders), so that nothing is built in the user's tree. */
export async function copySource(directory: string, to: string, calls: Call[]): Promise<void> {
  const root = await realpath(directory)
  await mkdir(to, {recursive: true})
  const tracked = await callGit(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], calls).then(
    names => names.split('\0').filter(name => name !== ''),
    () => undefined,
  )
  if (tracked === undefined) {
    await cp(root, to, {
      recursive: true,
      preserveTimestamps: true,
      verbatimSymlinks: true,
      filter: from => from === root || !generated.has(basename(from)),
    })
    return
  }
  const copy = async (name: string) => {
    const from = join(root, name)
    const stat = await lstat(from).catch(() => undefined)
    // Tracked but deleted, or a submodule.
    if (stat === undefined || stat.isDirectory()) return
    if (stat.isSymbolicLink() && !isBelow(root, await realpath(from).catch(() => dirname(root)))) {
      throw new Error(`${relative(root, from)}: is a link that leaves ${root}; a release cannot hold it`)
    }
    await mkdir(dirname(join(to, name)), {recursive: true})
    await cp(from, join(to, name), {preserveTimestamps: true, verbatimSymlinks: true})
  }
  await inParallel(tracked, {width: 16, work: copy})
}

async function newest(directory: string): Promise<number> {
  let time = earliest
  for (const entry of await readdir(directory, {withFileTypes: true, recursive: true})) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    if (
      relative(directory, file)
        .split(/[\\/]/)
        .some(part => generated.has(part))
    )
      continue
    time = Math.max(time, Math.floor((await lstat(file)).mtimeMs / 1000))
  }
  return time
}
