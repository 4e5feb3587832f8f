import {type ChildProcess, spawn} from 'node:child_process'
import {createWriteStream} from 'node:fs'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {finished} from 'node:stream/promises'
import {createInterface} from 'node:readline'
import {childEnvironment, inputVariable} from '@mcp-release/action-kit'
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

/** Starts dist/<action>/index.js with the runner's variables and files, writes its log, reads its outputs. */
export async function startBundle(start: BundleStart, place: Workplace): Promise<BundleEnd> {
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
  const env = {...childEnvironment(process.env), ...runnerVariables(place), ...files, ...start.env, ...inputs}
  const began = Date.now()
  const {exitCode, errors} = await run(join(place.dist, start.action, 'index.js'), {
    env,
    cwd: place.workspace,
    log: start.log,
  })
  const end: BundleEnd = {
    ok: exitCode === 0,
    outputs: readOutputs(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    errors: exitCode === 0 || errors.length > 0 ? errors : [`${start.action} ended with exit code ${String(exitCode)}`],
    seconds: (Date.now() - began) / 1000,
    calls: readCalls(await readFile(files.MCP_RELEASE_TRACE, 'utf8')),
  }
  await rm(folder, {recursive: true, force: true})
  return end
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

async function run(
  bundle: string,
  options: {readonly env: Record<string, string>; readonly cwd: string; readonly log: string},
): Promise<{readonly exitCode: number | null; readonly errors: readonly string[]}> {
  await mkdir(dirname(options.log), {recursive: true})
  const log = createWriteStream(options.log)
  // Its own process group, so that an interrupt reaches the tools that it started, too.
  const child = spawn(process.execPath, [bundle], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  running.add(child)
  const state: RunnerLog = {errors: [], masks: [], stopped: undefined}
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({input: stream, crlfDelay: Infinity}).on('line', line => {
      const shown = readRunnerLine(state, line)
      if (shown !== undefined) log.write(`${shown}\n`)
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  }).finally(() => running.delete(child))
  log.end()
  await finished(log)
  return {exitCode, errors: state.errors}
}

/** Ends what runs, with all that it started. */
export function endRunning(): void {
  for (const child of running) {
    if (child.pid === undefined) continue
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM')
    } catch {
      // It has ended in the meantime.
    }
  }
}
