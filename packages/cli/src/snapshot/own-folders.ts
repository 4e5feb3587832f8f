import {lstat, mkdtemp, readFile, readdir, realpath, rename, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {InputError} from '@mcp-release/action-kit'

// In each folder that a snapshot makes: only such a folder is ever replaced or removed.
const marker = '.mcp-release-snapshot'
const words = 'made by mcp-release snapshot, which replaces this folder as a whole'

/** Marks a folder as one that this process made. */
export async function mark(folder: string): Promise<void> {
  await writeFile(join(folder, marker), `${words}\n${process.pid}\n`)
}

/** The process that marked a folder; `undefined` for a folder that no snapshot made, and for what is no folder. */
async function makerOf(folder: string): Promise<number | undefined> {
  const found = await lstat(folder).catch(() => undefined)
  if (found?.isDirectory() !== true) return undefined
  const uid = process.getuid?.()
  if (uid !== undefined && found.uid !== uid) return undefined
  const file = join(folder, marker)
  if ((await lstat(file).catch(() => undefined))?.isFile() !== true) return undefined
  const [first, pid] = (await readFile(file, 'utf8')).split('\n')
  return first === words ? Number(pid) : undefined
}

/** Whether nothing is lost when a folder is replaced: it is not there, is empty, or a snapshot made it. */
export async function replaceable(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return true
  if (!found.isDirectory()) return false
  return (await readdir(folder)).length === 0 || (await makerOf(folder)) !== undefined
}

/** An output folder is replaced as a whole, so it must be ours. */
export async function refuseForeign(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new InputError([`--out: ${JSON.stringify(out)} is not a folder that can be written`])
  })
  if (names.length === 0 || (await makerOf(out)) !== undefined) return
  throw new InputError([`--out: ${JSON.stringify(out)} holds files that no snapshot made`], {
    hint: 'Choose another folder, or empty this one.',
  })
}

/** Removes what killed runs left beside the output. */
export async function removeRemnants(out: string): Promise<void> {
  const parent = dirname(out)
  for (const name of await namesIn(parent)) {
    const [, kind, pid] = /^\.(partial|before)-(\d+)$/.exec(startingWith(name, basename(out)) ?? '') ?? []
    // A folder of this process's own number is one of a process that had it before.
    if (kind === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue
    if ((await makerOf(join(parent, name))) === undefined) continue
    // Killed between two renames: what was there before is all that there is.
    const isLost = kind === 'before' && (await stat(out).catch(() => undefined)) === undefined
    if (isLost) await rename(join(parent, name), out)
    else await remove(join(parent, name))
  }
}

const prefix = 'mcp-release-'

/** A new private folder for temporary files; those of killed runs are removed. */
export async function makeTemporary(parent = tmpdir()): Promise<string> {
  for (const name of await namesIn(parent)) {
    if (!name.startsWith(prefix)) continue
    const pid = await makerOf(join(parent, name))
    if (pid !== undefined && !isAlive(pid)) await remove(join(parent, name))
  }
  const folder = await realpath(await mkdtemp(join(parent, prefix)))
  await mark(folder)
  return folder
}

function startingWith(name: string, start: string): string | undefined {
  return name.startsWith(start) ? name.slice(start.length) : undefined
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => [])

// What cannot be removed takes space, and is no reason not to release.
async function remove(folder: string): Promise<void> {
  await rm(folder, {recursive: true, force: true}).catch(() => undefined)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // There is one, and it belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
