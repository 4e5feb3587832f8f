import {randomUUID} from 'node:crypto'
import {link, mkdir, rename, stat, unlink, utimes, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {ActionError} from '@mcp-release/action-kit'
import {unwritable} from './tool-store'

/** How long a lock is waited for, in milliseconds. */
export interface LockTiming {
  /** Between two looks at a lock that somebody else holds. */
  readonly pollMs: number
  /** How often the holder renews the lock's time stamp. */
  readonly renewMs: number
  /** A lock that was not renewed for so long belongs to a process that died. */
  readonly staleMs: number
  readonly patienceMs: number
}

const usual: LockTiming = {pollMs: 200, renewMs: 5_000, staleMs: 30_000, patienceMs: 20 * 60_000}

/**
 * Runs `body` while no other process runs one under the same lock file. The holder renews the file's time stamp, so
 * the lock of a killed process is taken over and a slow build keeps its own.
 */
export async function withLock<T>(path: string, body: () => Promise<T>, timing: LockTiming = usual): Promise<T> {
  await acquire(path, timing)
  const renewal = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, timing.renewMs)
  renewal.unref()
  try {
    return await body()
  } finally {
    clearInterval(renewal)
    await unlink(path).catch(() => undefined)
  }
}

async function acquire(path: string, timing: LockTiming): Promise<void> {
  const deadline = Date.now() + timing.patienceMs
  while (!(await create(path))) {
    if (Date.now() > deadline) {
      const hint = `Another process prepares the same tool. When none does any more, remove ${path}.`
      throw new ActionError('TOOL_LOCKED', `${path}: still locked after ${timing.patienceMs / 1000} s`, {hint})
    }
    await breakStale(path, timing.staleMs)
    await sleep(timing.pollMs)
  }
}

async function create(path: string): Promise<boolean> {
  const folder = dirname(path)
  // Apart from the file: a file in the place of the folder is no lock that goes away.
  await mkdir(folder, {recursive: true}).catch((error: unknown) => {
    throw unwritable(`${folder}: the tool cache cannot be written`, error)
  })
  try {
    await writeFile(path, `${process.pid}\n`, {flag: 'wx'})
    return true
  } catch (error) {
    const code = errorCode(error)
    // Windows answers EPERM or EBUSY while another process deletes the file.
    if (code === 'EEXIST' || code === 'EBUSY' || (code === 'EPERM' && process.platform === 'win32')) return false
    throw unwritable(`${path}: the tool cache cannot be written`, error)
  }
}

async function breakStale(path: string, staleMs: number): Promise<void> {
  const seen = await stat(path).catch(() => undefined)
  if (seen === undefined || Date.now() - seen.mtimeMs < staleMs) return
  const aside = `${path}.${randomUUID()}`
  try {
    await rename(path, aside)
    // Between the look and the rename a third process may have taken the lock over: then it gets its file back.
    const moved = await stat(aside)
    if (moved.ino !== seen.ino) await link(aside, path)
    await unlink(aside)
  } catch {
    // Somebody else was faster.
  }
}

function errorCode(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown'
}
