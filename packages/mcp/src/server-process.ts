import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {performance} from 'node:perf_hooks'
import {setTimeout as pause} from 'node:timers/promises'
import {groupIsAlive, killGroup, peakMemory, terminate} from './process-group'

/** How a server is started. */
export interface ServerCommand {
  /** Program by absolute path and arguments; never a shell string. */
  readonly argv: readonly string[]
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Why it could not be started at all. */
  readonly error?: string
}

/** What it took to end a server. */
export interface Stop {
  readonly exit: Exit
  readonly by: 'stdin' | 'SIGTERM' | 'SIGKILL'
  readonly leftProcesses: boolean
}

const stderrKept = 16_384
const drainMilliseconds = 500
const alive = new Set<number>()
process.on('exit', () => {
  for (const pid of alive) killGroup(pid)
})

/** A running server: the leader of its own process group, so that nothing that it starts outlives it. */
export class ServerProcess {
  readonly exited: Promise<Exit>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #started = performance.now()
  readonly #drained: Promise<unknown>
  #stderr = Buffer.alloc(0)
  #stopped = false

  constructor({argv: [program = '', ...args], cwd, env}: ServerCommand) {
    const options = {cwd, env: {...env}, detached: process.platform !== 'win32', windowsHide: true}
    const child = spawn(program, args, options)
    this.#child = child
    const {pid} = child
    if (pid !== undefined) alive.add(pid)
    this.exited = new Promise(resolve => {
      child.once('error', error => resolve({code: null, signal: null, error: error.message}))
      child.once('exit', (code, signal) => resolve({code, signal}))
    })
    this.#drained = new Promise(resolve => child.stdout.once('close', resolve))
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-stderrKept)
    })
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined)
  }

  onStdout(listener: (chunk: Buffer) => void): void {
    this.#child.stdout.on('data', listener)
  }

  /** Writes unless the server has stopped reading: what it does not take must not pile up here. */
  write(text: string): void {
    const {stdin} = this.#child
    if (stdin.writable && stdin.writableLength < 1_000_000) stdin.write(text)
  }

  /** The last of what it wrote to stderr. */
  get stderr(): string {
    return this.#stderr.toString()
  }

  /** Since its start. */
  get milliseconds(): number {
    return Math.round(performance.now() - this.#started)
  }

  /** Peak memory of the server and its children in kB, where the platform tells. */
  peakMemory(): Promise<number | undefined> {
    return this.#child.pid === undefined ? Promise.resolve(undefined) : peakMemory(this.#child.pid)
  }

  /** Kills the whole group now, unless it was stopped before: its number may belong to others by then. */
  kill(): void {
    if (this.#child.pid !== undefined && !this.#stopped) killGroup(this.#child.pid)
  }

  /** Ends it as the specification wants: close stdin, wait, SIGTERM, wait, SIGKILL. Nothing is left afterwards. */
  async stop(graceMilliseconds: number): Promise<Stop> {
    const {pid} = this.#child
    this.#child.stdin.end()
    let by: Stop['by'] = 'stdin'
    if (!(await this.#exitsWithin(graceMilliseconds)) && pid !== undefined) {
      by = 'SIGTERM'
      terminate(pid)
      if (!(await this.#exitsWithin(Math.min(graceMilliseconds, 3000)))) {
        by = 'SIGKILL'
        killGroup(pid)
      }
    }
    const exit = await this.exited
    await Promise.race([this.#drained, pause(drainMilliseconds, undefined, {ref: false})])
    const leftProcesses = pid !== undefined && by !== 'SIGKILL' && (await stays(pid))
    if (pid !== undefined) {
      if (leftProcesses) killGroup(pid)
      alive.delete(pid)
    }
    this.#stopped = true
    this.#child.stdout.destroy()
    this.#child.stderr.destroy()
    return {exit, by, leftProcesses}
  }

  async #exitsWithin(milliseconds: number): Promise<boolean> {
    const timer = new AbortController()
    const late = pause(milliseconds, false, {signal: timer.signal}).catch(() => false)
    const result = await Promise.race([this.exited.then(() => true), late])
    timer.abort()
    return result
  }
}

// A child that is just ending is no orphan.
async function stays(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 10; tries++) {
    if (!(await groupIsAlive(pid))) return false
    await pause(50)
  }
  return true
}
