import {access, constants} from 'node:fs/promises'
import {arch, platform, tmpdir} from 'node:os'
import {delimiter, isAbsolute, join, resolve} from 'node:path'
import * as core from '@actions/core'
import {ActionError} from './errors'
import {execute} from './execute'
import {realFiles} from './files'
import type {ExecOptions, ExecResult, Host, HostPlatform} from './host'
import type {Environment} from './inputs'
import {withoutCommands} from './log-text'
import {visibleText} from './visible-text'

/** The real machine behind an action: the runner's variables, its file system and its programs. */
export function realHost(env: Environment): Host {
  const workspace = resolve(env['GITHUB_WORKSPACE'] ?? '.')
  const temp = resolve(env['RUNNER_TEMP'] ?? join(tmpdir(), 'mcp-release'))
  const which = (program: string) => findProgram(program, env)
  const print = (data: string | Uint8Array) => {
    process.stdout.write(data)
  }
  return {
    workspace,
    temp,
    env,
    platform: hostPlatform(),
    files: realFiles(workspace, temp),
    which,
    exec: (argv, options = {}) => locateAndRun(argv, options, {env, which, print, workspace}),
    info: message => {
      core.info(withoutCommands(visibleText(message)))
    },
    warning: message => {
      core.warning(visibleText(message))
    },
    notice: message => {
      core.notice(visibleText(message))
    },
    group: (title, body) => core.group(visibleText(title), body),
    maskSecret: value => {
      for (const line of value.split('\n')) if (line.trim().length > 3) core.setSecret(line.trim())
    },
    summary: async markdown => {
      if (env['GITHUB_STEP_SUMMARY']) await core.summary.addRaw(markdown, true).write()
    },
  }
}

interface RunContext {
  readonly env: Environment
  readonly which: (program: string) => Promise<string | undefined>
  readonly print: (data: string | Uint8Array) => void
  readonly workspace: string
}

async function locateAndRun(argv: readonly string[], options: ExecOptions, context: RunContext): Promise<ExecResult> {
  const program = argv[0] ?? ''
  const path = isAbsolute(program) ? program : await context.which(program)
  if (path === undefined) {
    const hint = options.installHint ?? `Install ${program} and put its folder on PATH.`
    throw new ActionError('TOOL_MISSING', `${program}: no such program on PATH`, {hint})
  }
  return execute([path, ...argv.slice(1)], {...options, cwd: options.cwd ?? context.workspace}, context)
}

async function findProgram(program: string, env: Environment): Promise<string | undefined> {
  const windows = platform() === 'win32'
  const suffixes = windows ? ['.exe', '.cmd', '.bat', ''] : ['']
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(isAbsolute)) {
    for (const suffix of suffixes) {
      const candidate = join(folder, program + suffix)
      const usable = await access(candidate, windows ? constants.F_OK : constants.X_OK).then(
        () => true,
        () => false,
      )
      if (usable) return candidate
    }
  }
  return undefined
}

function hostPlatform(): HostPlatform {
  const os = platform() === 'win32' ? 'windows' : platform() === 'darwin' ? 'darwin' : 'linux'
  const libc = os === 'linux' ? {libc: library()} : {}
  return {os, arch: arch() === 'arm64' ? 'arm64' : 'amd64', ...libc}
}

// As npm finds out (https://github.com/npm/npm-install-checks/blob/main/lib/current-env.js).
function library(): 'glibc' | 'musl' {
  const {header} = process.report.getReport() as {header?: {glibcVersionRuntime?: string}}
  return header?.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}
