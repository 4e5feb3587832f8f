import {delimiter, dirname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {Interpreter} from './interpreter'

/**
 * The same machine with one interpreter in the place of all others: what is installed and started through this host uses
 * it, and a server finds it first on PATH.
 */
export function hostWith(interpreter: Interpreter, host: Host): Host {
  const {runtime, path} = interpreter
  const folder = dirname(path)
  const PATH = [folder, host.env['PATH'] ?? ''].join(delimiter)
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
      return host.exec([(await which(program)) ?? program, ...args], {...options, ...(env === undefined ? {} : {env})})
    },
    info: message => host.info(message),
    warning: message => host.warning(message),
    notice: message => host.notice(message),
    group: (title, body) => host.group(title, body),
    maskSecret: value => host.maskSecret(value),
    summary: markdown => host.summary(markdown),
  }
}
