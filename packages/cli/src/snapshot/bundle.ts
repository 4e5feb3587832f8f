import {type ChildProcess, type ChildProcessByStdio, spawn} from 'node:child_process'
import {createWriteStream} from 'node:fs'
import {mkdir, mkdtemp, readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import type {Readable, Writable} from 'node:stream'
import {finished} from 'node:stream/promises'
import {createInterface} from 'node:readline'
import {childEnvironment, heldVariable, inputVariable} from '@mcp-release/action-kit'
import {type RunnerLog, readRunnerLine} from './runner-log'
import {readOutputs} from './runner-files'
import {type Call, readCalls} from './trace'

/** One start of an action's bundle, as the runner would do it. */
export interface BundleStart {
  readonly action: string
  readonly inputs: Readonly<Record<string, string>>
  /** Variables of the release, such as GITHUB_REPOSITORY. */
  readonly env: Readonly<Record<string, string>>
  /** Absolute path of the log file. */
  readonly log: string
}

/** Where bundles are and what they work in. All absolute. */
export interface Workplace {
  readonly dist: string
  readonly workspace: string
  readonly temp: string
}

/** How it ended. */
export interface BundleEnd {
  readonly ok: boolean
  readonly outputs: Readonly<Record<string, string>>
  readonly errors: readonly string[]
  readonly seconds: number
  /** The programs that it called. */
  readonly calls: readonly Call[]
}

/** The processes that run now, so that an interrupt can end them. */
export const running = new Set<ChildProcess>()

/** A bundle whose process is there and waits for its turn. */
export interface HeldBundle {
  /** Lets it begin, and waits for its end. */
  readonly run: () => Promise<BundleEnd>
  /** Ends it when its turn will not come. */
  readonly drop: () => void
}

/**
 * Starts dist/<action>/index.js with the runner's variables and files, ready but held; `run` lets it begin, writes its log
 * and reads its outputs. A process is ready only after a tenth of a second, in which the step before can still work.
 */
export async function holdBundle(start: BundleStart, place: Workplace): Promise<HeldBundle> {
  await mkdir(place.temp, {recursive: true})
  const folder = await mkdtemp(join(place.temp, `${start.action}-runner-`))
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_PATH: join(folder, 'path'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    MCP_RELEASE_TRACE: join(folder, 'trace'),
  }
  await Promise.all(Object.values(files).map(file => writeFile(file, '')))
  const inputs = Object.fromEntries(Object.entries(start.inputs).map(([name, value]) => [inputVariable(name), value]))
  const env = {
    ...childEnvironment(process.env),
    ...runnerVariables(place),
    ...files,
    ...start.env,
    ...inputs,
    [heldVariable]: '1',
  }
  await mkdir(dirname(start.log), {recursive: true})
  const {child, ended} = spawnBundle(join(place.dist, start.action, 'index.js'), {
    env,
    cwd: place.workspace,
    log: start.log,
  })
  const run = async (): Promise<BundleEnd> => {
    const began = Date.now()
    child.stdin.end()
    const {exitCode, errors} = await ended
    const failed = errors.length > 0 ? errors : [`${start.action} ended with exit code ${String(exitCode)}`]
    return {
      ok: exitCode === 0,
      outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
      errors: exitCode === 0 ? errors : failed,
      seconds: (Date.now() - began) / 1000,
      calls: readCalls(await readFile(files.MCP_RELEASE_TRACE, 'utf8')),
    }
  }
  return {run, drop: () => endProcess(child)}
}

function runnerVariables({workspace, temp}: Workplace): Record<string, string> {
  return {
    // Shared by the jobs of all targets: what runs on this machine (macros, build scripts) is compiled once.
    CARGO_TARGET_DIR: join(temp, 'cargo-target'),
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    // The copy of the sources is no checkout, even when it lies inside of one.
    GIT_CEILING_DIRECTORIES: dirname(workspace),
  }
}

interface Ended {
  readonly exitCode: number | null
  readonly errors: readonly string[]
}

function spawnBundle(
  bundle: string,
  options: {readonly env: Record<string, string>; readonly cwd: string; readonly log: string},
): {readonly child: ChildProcessByStdio<Writable, Readable, Readable>; readonly ended: Promise<Ended>} {
  const log = createWriteStream(options.log)
  // Its own process group, so that an interrupt reaches the tools that it started, too.
  const child = spawn(process.execPath, [bundle], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  running.add(child)
  child.stdin.on('error', () => undefined)
  const state: RunnerLog = {errors: [], masks: [], stopped: undefined}
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({input: stream, crlfDelay: Infinity}).on('line', line => {
      const shown = readRunnerLine(state, line)
      if (shown !== undefined) log.write(`${shown}\n`)
    })
  }
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const ended = closed
    .finally(() => running.delete(child))
    .then(async exitCode => {
      log.end()
      await finished(log)
      return {exitCode, errors: state.errors}
    })
  // Seen by `run`, which may come later or never.
  ended.catch(() => undefined)
  return {child, ended}
}

/** Ends what runs, with all that it started. */
export function endRunning(): void {
  for (const child of running) endProcess(child)
}

function endProcess({pid, exitCode, signalCode}: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM')
  } catch {
    // It has ended in the meantime.
  }
}
