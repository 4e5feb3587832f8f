import {spawn} from 'node:child_process'
import {randomUUID} from 'node:crypto'
import {readFile, readdir} from 'node:fs/promises'

/** How a run of act ended. */
export interface ActExit {
  readonly exitCode: number | null
  readonly timedOut: boolean
  /** stdout and stderr together. */
  readonly output: string
}

/** What is started. */
export interface ActStart {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly timeoutMilliseconds: number
}

const mark = 'STAND_RUN_ID'

/** Runs act to its end and then ends whatever of it is left. */
export async function runAct({argv, env, timeoutMilliseconds}: ActStart): Promise<ActExit> {
  const [program = '', ...args] = argv
  const id = randomUUID()
  const child = spawn(program, args, {
    env: {...env, [mark]: id},
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const chunks: Buffer[] = []
  const keep = (chunk: Buffer): void => void chunks.push(chunk)
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    child.kill('SIGKILL')
    void endSurvivors(id)
  }, timeoutMilliseconds)
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    return {exitCode, timedOut, output: Buffer.concat(chunks).toString()}
  } finally {
    clearTimeout(timer)
    await endSurvivors(id)
  }
}

/**
 * Steps have sessions of their own and outlive act; they are known by a variable that only they inherited. Without
 * /proc nothing is found, and so nothing is ended.
 */
async function endSurvivors(id: string): Promise<void> {
  const processes = await readdir('/proc').catch(() => [])
  for (const pid of processes.filter(name => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
    if (environment.split('\0').includes(`${mark}=${id}`)) kill(Number(pid))
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself in the meantime.
  }
}
