import {type ChildProcess, type ChildProcessByStdio, spawn} from 'node:child_process'
import {createWriteStream, mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {PassThrough, type Readable, type Writable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createInterface} from 'node:readline'
import {
  type ActionError,
  childEnvironment,
  errorFileVariable,
  endsWithHolder,
  heldVariable,
  inputVariable,
  readReportedError,
} from '@mcp-release/action-kit'
import {repositoryVariables} from './git'
import {type RunnerLog, readRunnerLine} from './runner-log'
import {readOutputs} from './runner-files'
import {type Call, readCalls} from './trace'

/** One run of an action's bundle, as the runner would start it. */
export interface BundleRun {
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
  /** The error with which the action ended, when it is one that it knows. */
  readonly error?: ActionError
  readonly warnings: readonly string[]
  readonly seconds: number
  /** The programs that it called. */
  readonly calls: readonly Call[]
}

/** The processes that run now, so that an interrupt can end them. */
export const running = new Set<ChildProcess>()

/** A bundle whose process is there and waits for its turn. */
export interface HeldBundle {
  /** Gives it its inputs, and waits for its end. */
  readonly run: (what: BundleRun) => Promise<BundleEnd>
  /** Ends it when its turn will not come. */
  readonly drop: () => void
}

/**
 * Starts dist/<action>/index.js, ready but held; `run` lets it begin with the runner's variables and files, writes its log
 * and reads its outputs. A process is ready only after a tenth of a second, in which the step before can still work.
 */
export function holdBundle(action: string, place: Workplace): HeldBundle {
  const child = spawnBundle(join(place.dist, action, 'index.js'), place)
  // From the start: once a process has ended, Node drops what nobody reads.
  const output = outputOf(child)
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).finally(() => running.delete(child))
  // Seen by `run`, which may come later or never.
  closed.catch(() => undefined)
  const run = async (what: BundleRun): Promise<BundleEnd> => {
    const began = Date.now()
    // All of it at once: what this process does next may take a while, and must not keep the action waiting.
    const files = makeRunnerFiles(action, place)
    output.writeTo(what.log)
    const inputs = Object.entries(what.inputs).map(([name, value]) => [inputVariable(name), value])
    // Not to its end: the process ends when this one does.
    child.stdin.write(`${JSON.stringify({...files, ...what.env, ...Object.fromEntries(inputs)})}\n`)
    let exitCode: number | null
    try {
      exitCode = await closed
    } finally {
      await output.end()
    }
    const {errors} = output
    const error = readReportedError(await readFile(files[errorFileVariable], 'utf8'))
    const failed = errors.length > 0 ? errors : [`${action} ended with exit code ${String(exitCode)}`]
    return {
      ok: exitCode === 0,
      outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
      errors: exitCode === 0 ? errors : failed,
      ...(error === undefined ? {} : {error}),
      warnings: output.warnings,
      seconds: (Date.now() - began) / 1000,
      calls: readCalls(await readFile(files.MCP_RELEASE_TRACE, 'utf8')),
    }
  }
  return {run, drop: () => endProcess(child)}
}

function makeRunnerFiles(action: string, {temp}: Workplace) {
  mkdirSync(temp, {recursive: true})
  const folder = mkdtempSync(join(temp, `${action}-runner-`))
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_ENV: join(folder, 'env'),
    GITHUB_PATH: join(folder, 'path'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    MCP_RELEASE_TRACE: join(folder, 'trace'),
    [errorFileVariable]: join(folder, 'error'),
  }
  for (const file of Object.values(files)) writeFileSync(file, '')
  return files
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
    // The copy of sources outside git is not a checkout, even when it lies inside of one.
    GIT_CEILING_DIRECTORIES: dirname(workspace),
  }
}

function passing({MCP_RELEASE_PASS: names}: NodeJS.ProcessEnv): Record<string, string> {
  return names === undefined ? {} : {MCP_RELEASE_PASS: names}
}

// A snapshot that a hook of git started would work in the user's repository.
function withoutRepository<T>(env: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !repositoryVariables.includes(name)))
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

function spawnBundle(bundle: string, place: Workplace): Child {
  // Its own process group, so that an interrupt reaches the tools that it started, too.
  const child = spawn(process.execPath, [bundle], {
    cwd: place.workspace,
    // What the user passes is passed on by each action in turn.
    env: {
      ...withoutRepository(childEnvironment(process.env, passing(process.env))),
      ...runnerVariables(place),
      [heldVariable]: endsWithHolder,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  running.add(child)
  child.stdin.on('error', () => undefined)
  return child
}

interface Output {
  /** The error annotations. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
  /** Opens the log; what was printed before is its beginning. */
  readonly writeTo: (path: string) => void
  /** Once the process is closed. */
  readonly end: () => Promise<void>
}

// What it prints, as a person would read it.
function outputOf(child: Child): Output {
  const log = new PassThrough()
  const state: RunnerLog = {errors: [], warnings: [], masks: [], stopped: undefined}
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({input: stream, crlfDelay: Infinity}).on('line', line => {
      const shown = readRunnerLine(state, line)
      if (shown !== undefined) log.write(`${shown}\n`)
    })
  }
  let written = Promise.resolve()
  const writeTo = (path: string) => {
    mkdirSync(dirname(path), {recursive: true})
    written = pipeline(log, createWriteStream(path))
    written.catch(() => undefined)
  }
  const end = () => {
    log.end()
    return written
  }
  return {errors: state.errors, warnings: state.warnings, writeTo, end}
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
