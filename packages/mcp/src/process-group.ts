import {spawnSync} from 'node:child_process'
import {readFile, readdir} from 'node:fs/promises'

const windows = process.platform === 'win32'

/** Kills a process and all that it started; only for processes that were started as leaders of their own group. */
export function killGroup(pid: number): void {
  if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], {stdio: 'ignore'})
  else signal(-pid, 'SIGKILL')
}

/** Asks one process to end. */
export function terminate(pid: number): void {
  signal(pid, 'SIGTERM')
}

/** Whether any process of the group is left; always false on Windows, which has no process groups. */
export async function groupIsAlive(pid: number): Promise<boolean> {
  if (windows || !signal(-pid, 0)) return false
  const members = await groupMembers(pid)
  return members === undefined || members.some(member => member.state !== 'Z')
}

/** The sum of the peak resident sets of all processes of the group in kB, where /proc tells. */
export async function peakMemory(pid: number): Promise<number | undefined> {
  const members = await groupMembers(pid)
  if (members === undefined) return undefined
  const sizes = await Promise.all(
    members.map(async member => {
      const status = await readFile(`/proc/${member.pid}/status`, 'utf8').catch(() => '')
      return Number(/^VmHWM:\s*(\d+) kB/m.exec(status)?.[1] ?? 0)
    }),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

function signal(target: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, name)
  } catch {
    return false
  }
}

async function groupMembers(group: number): Promise<readonly {pid: string; state: string}[] | undefined> {
  if (process.platform !== 'linux') return undefined
  const pids = (await readdir('/proc').catch((): string[] => [])).filter(name => /^\d+$/.test(name))
  if (pids.length === 0) return undefined
  const members = await Promise.all(
    pids.map(async pid => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // pid (name) state ppid pgrp …; the name may hold spaces and parentheses.
      const [state = '', , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(pgrp) === group ? {pid, state} : undefined
    }),
  )
  return members.filter(member => member !== undefined)
}
