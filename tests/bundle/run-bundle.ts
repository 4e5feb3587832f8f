import {spawn} from 'node:child_process'
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import type {ToolPin} from '@mcp-release/tools'

/** What a bundle is started with; `path` are folders put before PATH, for stub tools. */
export interface BundleRun {
  /** The Node.js that runs it; without it the one of the test. */
  readonly node?: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly workspace?: string
  readonly path?: readonly string[]
}

/** What it left. */
export interface BundleResult {
  readonly exitCode: number | null
  /** Temporary paths are replaced by `<workspace>`, `<temp>` and `<bundle>`; the random marks of `::stop-commands::` by `<mark>`. */
  readonly stdout: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly workspace: string
}

const dist = join(dirname(fileURLToPath(import.meta.url)), '../../dist')

/** A new empty folder with its real path. */
export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'bundle-')))
}

/** Writes a stub program, a Node script, and returns its folder for `path`. */
export function stubProgram(name: string, script: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), `#!${process.execPath}\n${script}\n`, {mode: 0o755})
  return folder
}

/** As `stubProgram`, for a pinned tool: a go beside it says that it was built from the pinned module. */
export function stubTool(name: string, pin: Pick<ToolPin, 'package' | 'module' | 'version'>, script: string): string {
  const folder = stubProgram(name, script)
  const {package: main, module, version} = pin
  const lines = JSON.stringify(`${join(folder, name)}: go1.26.8\n\tpath\t${main}\n\tmod\t${module}\tv${version}\th1:x=`)
  writeFileSync(join(folder, 'go'), `#!${process.execPath}\nconsole.log(${lines})\n`, {mode: 0o755})
  return folder
}

/** Starts the bundle of an action as the runner does, away from any node_modules. */
export async function runBundle(action: string, run: BundleRun = {}): Promise<BundleResult> {
  const home = temporaryFolder()
  const workspace = run.workspace ?? temporaryFolder()
  const bundle = join(home, 'dist')
  const temp = join(home, 'temp')
  cpSync(join(dist, action), bundle, {recursive: true})
  mkdirSync(temp)
  const files = {
    GITHUB_OUTPUT: join(home, 'output'),
    GITHUB_STEP_SUMMARY: join(home, 'summary'),
    GITHUB_ENV: join(home, 'env'),
  }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const inputs = Object.fromEntries(
    Object.entries(run.inputs ?? {}).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  )
  const env = {
    PATH: [...(run.path ?? []), process.env['PATH'] ?? ''].join(delimiter),
    HOME: process.env['HOME'] ?? home,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    RUNNER_TOOL_CACHE: process.env['RUNNER_TOOL_CACHE'] ?? join(home, 'tools'),
    ...files,
    // Stub programs are told by variables what to do.
    MCP_RELEASE_PASS: Object.keys(run.env ?? {})
      .filter(name => /^(?:STUB_|REFUSE$)/.test(name))
      .join(),
    ...run.env,
    ...inputs,
  }
  const {exitCode, stdout} = await output(run.node ?? process.execPath, [join(bundle, 'index.js')], {
    env,
    cwd: workspace,
  })
  const readable = stdout
    .replaceAll(/::stop-commands::[0-9a-f-]{36}/g, '::stop-commands::<mark>')
    .replaceAll(/^::[0-9a-f-]{36}::$/gm, '::<mark>::')
    .replaceAll(workspace, '<workspace>')
    .replaceAll(temp, '<temp>')
    .replaceAll(bundle, '<bundle>')
  return {
    exitCode,
    stdout: readable,
    outputs: readOutputs(files.GITHUB_OUTPUT),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    workspace,
  }
}

function output(
  program: string,
  args: string[],
  options: {env: Record<string, string>; cwd: string},
): Promise<{exitCode: number | null; stdout: string}> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {...options, stdio: ['ignore', 'pipe', 'inherit']})
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', exitCode => resolve({exitCode, stdout: Buffer.concat(chunks).toString()}))
  })
}

// The runner's file format: NAME<<MARK, the lines of the value, MARK.
function readOutputs(file: string): Record<string, string> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const outputs: Record<string, string> = {}
  for (let at = 0; at < lines.length; at++) {
    const [, name, mark] = /^([^<]+)<<(.+)$/.exec(lines[at] ?? '') ?? []
    if (name === undefined || mark === undefined) continue
    const end = lines.indexOf(mark, at + 1)
    outputs[name] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return outputs
}
