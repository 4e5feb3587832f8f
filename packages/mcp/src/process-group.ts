import {spawnSync} from 'node:child_process'
import {readFile, readdir} from 'node:fs/promises'
import {setTimeout as pause} from 'node:timers/promises'
import {descendants, insideNamespace, mainOfNamespace} from './namespace-tree'

const windows = process.platform === 'win32'
/** Marks a server and everything that it starts, also what leaves its process group. */
export const marker = 'MCP_RELEASE_SERVER'

/**
 * A server and all that it started: its process group, and where /proc tells, whatever carries its mark; of one that is
 * isolated, whatever is in its namespace.
 */
export interface ProcessTree {
  /** The leader of the group. */
  readonly pid: number
  /** The value of the variable `marker`. */
  readonly mark: string
  /** `true`: the leader is the program that isolates the server. */
  readonly isolated: boolean
}

/** Kills a process group now; only for processes that were started as leaders of their own group. */
export function killGroup(pid: number): void {
  if (windows) spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], {stdio: 'ignore'})
  else signal(-pid, 'SIGKILL')
}

/** Kills all of a tree, again while it still makes children. */
export async function killTree(tree: ProcessTree): Promise<void> {
  killGroup(tree.pid)
  if (tree.isolated) return killNamespace(tree.pid)
  for (let tries = 0; tries < 20; tries++) {
    const left = ((await members(tree)) ?? []).filter(({state}) => state !== 'Z')
    if (left.length === 0) return
    for (const {pid} of left) signal(pid, 'SIGKILL')
  }
}

// Started with sudo, the outer ones are not ours to end; they end with what they wait for.
async function killNamespace(leader: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const left = (await descendants(leader)).filter(({state}) => state !== 'Z')
    if (left.length === 0) return
    for (const {pid} of left) signal(pid, 'SIGKILL')
    await pause(10)
  }
}

/** Asks the server to end, and nothing that it started. */
export async function terminate({pid, isolated}: ProcessTree): Promise<void> {
  signal((isolated ? await mainOfNamespace(pid) : undefined) ?? pid, 'SIGTERM')
}

/** How many processes of a tree are left; 0 on Windows, which has no process groups. */
export async function countAlive(tree: ProcessTree): Promise<number> {
  if (windows) return 0
  const found = await members(tree)
  if (found === undefined) return signal(-tree.pid, 0) ? 1 : 0
  return found.filter(({state}) => state !== 'Z').length
}

/** The sum of the peak resident sets of a tree in kB, where /proc tells. */
export async function peakMemory(tree: ProcessTree): Promise<number | undefined> {
  const found = await members(tree)
  if (found === undefined) return undefined
  const sizes = await Promise.all(
    found.map(async ({pid}) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
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

interface Member {
  readonly pid: number
  readonly state: string
}

async function members({pid: group, mark, isolated}: ProcessTree): Promise<readonly Member[] | undefined> {
  if (process.platform !== 'linux') return undefined
  if (isolated) return (await insideNamespace(group)).all
  const pids = (await readdir('/proc').catch((): string[] => [])).filter(name => /^\d+$/.test(name)).map(Number)
  if (pids.length === 0) return undefined
  const found = await Promise.all(
    pids.map(async pid => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      // pid (name) state ppid pgrp …; the name may hold spaces and parentheses.
      const [state = '', , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(pgrp) === group || (await isMarked(pid, mark)) ? {pid, state} : undefined
    }),
  )
  return found.filter(member => member !== undefined)
}

async function isMarked(pid: number, mark: string): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
  return environment.split('\0').includes(`${marker}=${mark}`)
}
