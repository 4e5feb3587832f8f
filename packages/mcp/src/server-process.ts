import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {constants} from 'node:os'
import {performance} from 'node:perf_hooks'
import {setTimeout as pause} from 'node:timers/promises'
import {inheritedDescriptors} from './inherited-descriptors'
import {KeptText} from './kept-text'
import {type ProcessTree, countAlive, killGroup, killTree, marker, peakMemory, terminate} from './process-group'

/** How a server is started. */
export interface ServerCommand {
  /** Program by absolute path and arguments; never a shell string. */
  readonly argv: readonly string[]
  readonly cwd: string
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** Present when the program isolates the server; where it writes how many processes the server left. */
  readonly isolated?: {readonly report: string}
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
  /** How many processes of its own were still there after it. */
  readonly left: number
}

/** How a server is asked to end. */
export interface StopOptions {
  /** Which way comes first; after a closed stdin comes SIGTERM, after SIGTERM comes SIGKILL. */
  readonly by: 'stdin' | 'SIGTERM'
  readonly graceMilliseconds: number
}

/** What a server may write to stdout and to stderr, in bytes each; then it is killed. */
export const maximumOutput = 64 * 1024 * 1024
const kept = 8192
const drainMilliseconds = 500
const terminationMilliseconds = 3000
const alive = new Set<number>()
process.on('exit', () => {
  for (const pid of alive) killGroup(pid)
})

/** A running server: the leader of its own process group, so that nothing that it starts outlives it. */
export class ServerProcess {
  readonly exited: Promise<Exit>
  /** `exited`, when what it wrote last has been read too. */
  readonly ended: Promise<Exit>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #started = performance.now()
  readonly #drained: Promise<unknown>
  readonly #tree: ProcessTree | undefined
  readonly #report: string | undefined
  readonly #stderr = new KeptText(kept)
  #stopped: Promise<Stop> | undefined
  #gone = false
  #hasExited = false

  constructor({argv: [program = '', ...args], cwd, env, isolated}: ServerCommand) {
    const mark = randomUUID()
    const child = spawn(program, args, {
      cwd,
      env: {...env, [marker]: mark},
      stdio: ['pipe', 'pipe', 'pipe', ...(isolated === undefined ? [] : inheritedDescriptors())],
      detached: process.platform !== 'win32',
      windowsHide: true,
    }) as ChildProcessWithoutNullStreams
    this.#child = child
    const {pid} = child
    if (pid !== undefined) alive.add(pid)
    this.#tree = pid === undefined ? undefined : {pid, mark, isolated: isolated !== undefined}
    this.#report = isolated?.report
    this.exited = new Promise(resolve => {
      child.once('error', error => resolve({code: null, signal: null, error: error.message}))
      child.once('exit', (code, signal) => resolve(isolated === undefined ? {code, signal} : exitInside(code, signal)))
    })
    void this.exited.then(() => {
      this.#hasExited = true
    })
    this.#drained = new Promise(resolve => child.stdout.once('close', resolve))
    this.ended = this.exited.then(async exit => {
      await Promise.race([this.#drained, pause(100, undefined, {ref: false})])
      return exit
    })
    child.stderr.on('data', (chunk: Buffer) => this.#keep(chunk))
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined)
  }

  get hasExited(): boolean {
    return this.#hasExited
  }

  onStdout(listener: (chunk: Buffer) => void): void {
    this.#child.stdout.on('data', listener)
  }

  /** Writes unless the server has stopped reading: what it does not take must not pile up here. */
  write(text: string): void {
    const {stdin} = this.#child
    if (stdin.writable && stdin.writableLength < 1_000_000) stdin.write(text)
  }

  /** The beginning and the end of what it wrote to stderr. */
  get stderr(): string {
    return this.#stderr.text
  }

  /** Bytes of stderr in all; more than `maximumOutput` when it was killed for them. */
  get stderrBytes(): number {
    return this.#stderr.bytes
  }

  /** Since its start. */
  get milliseconds(): number {
    return Math.round(performance.now() - this.#started)
  }

  /** Peak memory of the server and its children in kB, where the platform tells. */
  peakMemory(): Promise<number | undefined> {
    return this.#tree === undefined ? Promise.resolve(undefined) : peakMemory(this.#tree)
  }

  /** Kills the whole group now, unless it is gone: its number may belong to others by then. */
  kill(): void {
    const tree = this.#tree
    if (tree === undefined || this.#gone) return
    killGroup(tree.pid)
    if (tree.isolated) void killTree(tree)
  }

  /** Ends it; nothing is left afterwards. The first call decides how. */
  stop(options: StopOptions): Promise<Stop> {
    this.#stopped ??= this.#stop(options)
    return this.#stopped
  }

  async #stop({by: first, graceMilliseconds}: StopOptions): Promise<Stop> {
    const tree = this.#tree
    if (first === 'stdin') this.#child.stdin.end()
    let by: Stop['by'] = first
    if (tree !== undefined && (first === 'SIGTERM' || !(await this.#exitsWithin(graceMilliseconds)))) {
      by = 'SIGTERM'
      await terminate(tree)
      if (!(await this.#exitsWithin(Math.min(graceMilliseconds, terminationMilliseconds)))) {
        by = 'SIGKILL'
        await killTree(tree)
      }
    }
    const exit = await this.exited
    await Promise.race([this.#drained, pause(drainMilliseconds, undefined, {ref: false})])
    const left = tree === undefined || by === 'SIGKILL' ? 0 : await this.#remaining(tree)
    if (tree !== undefined) {
      if (left > 0) await killTree(tree)
      alive.delete(tree.pid)
    }
    this.#gone = true
    this.#child.stdin.destroy()
    this.#child.stdout.destroy()
    this.#child.stderr.destroy()
    return {exit, by, left}
  }

  // What was left in a namespace has ended with it.
  #remaining(tree: ProcessTree): Promise<number> {
    return this.#report === undefined ? remaining(tree) : reported(this.#report)
  }

  #keep(chunk: Buffer): void {
    this.#stderr.push(chunk)
    if (this.#stderr.bytes > maximumOutput) this.kill()
  }

  async #exitsWithin(milliseconds: number): Promise<boolean> {
    const timer = new AbortController()
    const late = pause(milliseconds, false, {signal: timer.signal}).catch(() => false)
    const result = await Promise.race([this.exited.then(() => true), late])
    timer.abort()
    return result
  }
}

// As shells tell the end of what they ran (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.8.2).
function exitInside(code: number | null, signal: NodeJS.Signals | null): Exit {
  const [name] = Object.entries(constants.signals).find(([, number]) => code === 128 + number) ?? []
  return name === undefined ? {code, signal} : {code: null, signal: name as NodeJS.Signals}
}

async function reported(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return Number(/^\d+ (\d+)$/m.exec(text)?.[1] ?? 0)
}

// A child that is just ending is no orphan.
async function remaining(tree: ProcessTree): Promise<number> {
  let count = await countAlive(tree)
  for (let tries = 0; count > 0 && tries < 10; tries++) {
    await pause(50)
    count = await countAlive(tree)
  }
  return count
}
