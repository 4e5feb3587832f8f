import {type ChildProcess, spawn} from 'node:child_process'
import {createWriteStream} from 'node:fs'
import {basename, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'

/** A program that serves until it is stopped. */
export interface Service {
  readonly stop: () => Promise<void>
}

/** How a program is started and how one sees that it is there. */
export interface ServiceStart {
  readonly program: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Also takes the log. */
  readonly cwd: string
  /** Answers with 2xx once the program serves. */
  readonly health: string
  /** `true`: started again while another program has its port. */
  readonly waitsForPort?: boolean
}

const patience = {start: 20_000, port: 180_000}

/** Starts a program and waits until it answers; its last words are in the error when it does not. */
export async function startService(start: ServiceStart): Promise<Service> {
  const deadline = Date.now() + (start.waitsForPort === true ? patience.port : patience.start)
  for (;;) {
    const words: Buffer[] = []
    const child = spawn(start.program, start.args, {
      cwd: start.cwd,
      env: {PATH: process.env['PATH'], HOME: start.cwd, ...start.env},
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const log = createWriteStream(join(start.cwd, `${basename(start.program)}.log`))
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => words.push(chunk))
      stream.pipe(log, {end: false})
    }
    const ended = new Promise<string>(resolve => {
      child.once('error', error => resolve(error.message))
      child.once('close', code => {
        log.end()
        resolve(`ended with ${code ?? 'a signal'}`)
      })
    })
    const problem = await waitUntilHealthy(start.health, ended)
    if (problem === undefined) return {stop: () => stop(child, ended)}
    await stop(child, ended)
    const text = Buffer.concat(words).toString()
    const busy = start.waitsForPort === true && /address already in use/.test(text)
    if (!busy || Date.now() > deadline) {
      throw new Error(`${start.program}: ${problem}\n${text.slice(-2000)}`)
    }
    await sleep(500)
  }
}

async function waitUntilHealthy(url: string, ended: Promise<string>): Promise<string | undefined> {
  let over: string | undefined
  void ended.then(reason => (over = reason))
  const deadline = Date.now() + patience.start
  while (Date.now() < deadline) {
    const healthy = await fetch(url).then(
      response => response.ok,
      () => false,
    )
    if (over !== undefined) return over
    if (healthy) return undefined
    await sleep(30)
  }
  return `did not answer at ${url} in time`
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  await Promise.race([ended, sleep(3000, undefined, {ref: false})])
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await ended
}
