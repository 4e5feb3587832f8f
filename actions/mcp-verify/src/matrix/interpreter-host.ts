import {basename, delimiter, dirname, join} from 'node:path'
import {
  ActionError,
  type ExecOptions,
  type ExecResult,
  type Host,
  endedBySignal,
  toolError,
} from '@mcp-release/action-kit'
import type {Interpreter} from './interpreter'

/** Minutes after which an installer is ended that does not end by itself. */
const patience = 10

/**
 * The same machine with one interpreter in the place of all others: what is installed and started through this host uses
 * it, and a server finds it first on PATH. On Linux no command takes longer than ten minutes.
 */
export function hostWith(interpreter: Interpreter, host: Host): Host {
  const {runtime, path} = interpreter
  const folder = dirname(path)
  const PATH = [folder, host.env['PATH'] ?? host.env['Path'] ?? ''].join(delimiter)
  const names = runtime === 'python' ? ['python3', 'python'] : ['node']
  const ownNpm = join(folder, host.platform.os === 'windows' ? 'npm.cmd' : 'npm')
  const hasOwnNpm = async () => runtime === 'node' && (await host.files.stat(ownNpm)) !== undefined
  const which = async (program: string) => {
    if (names.includes(program)) return path
    return program === 'npm' && (await hasOwnNpm()) ? ownNpm : host.which(program)
  }
  return {
    workspace: host.workspace,
    temp: host.temp,
    platform: host.platform,
    env: {...host.env, PATH},
    files: host.files,
    which,
    exec: async ([program = '', ...args], options = {}) => {
      // npm of another Node.js is started by that one: it need not work with this.
      const foreign = program === 'npm' && !(await hasOwnNpm())
      const env = foreign ? options.env : {PATH, ...options.env}
      const argv = [(await which(program)) ?? program, ...args]
      return execInTime(host, argv, {...options, ...(env === undefined ? {} : {env})})
    },
    info: message => host.info(message),
    warning: message => host.warning(message),
    notice: message => host.notice(message),
    group: (title, body) => host.group(title, body),
    maskSecret: value => host.maskSecret(value),
    summary: markdown => host.summary(markdown),
  }
}

// timeout (GNU or BusyBox) ends the whole process group, so that nothing that a hostile or stuck build has started is left.
async function execInTime(host: Host, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const timeout = host.platform.os === 'linux' ? await host.which('timeout') : undefined
  if (timeout === undefined) return host.exec(argv, options)
  const limited = [timeout, '-k', '10', String(patience * 60), ...argv]
  const result = await host.exec(limited, {...options, check: false})
  const name = basename(argv[0] ?? '')
  if (result.exitCode === 124) throw new ActionError('TOOL', `${name} did not end within ${patience} minutes`)
  // So `timeout` ends, too, when it has to use force.
  if (result.exitCode === endedBySignal || result.exitCode === 137) {
    throw new ActionError(
      'TOOL',
      `${name} was killed: the memory ran out, or it did not end within ${patience} minutes`,
    )
  }
  if (result.exitCode !== 0 && options.check !== false) throw toolError(argv, result)
  return result
}
