import {basename, dirname, isAbsolute, join} from 'node:path'
import {
  ActionError,
  type ExecOptions,
  type ExecResult,
  type Host,
  childEnvironment,
  toolError,
} from '@mcp-release/action-kit'
import {type Installer, installerFolders} from './caches'
import type {Isolation} from './isolation'

/** What installers read below a home folder: the addresses of registries, and how to log in there. */
const settings = ['.netrc', '.pip', '.config/pip', '.config/uv']

interface Installing {
  readonly isolation: Isolation | undefined
  /** Into which something is installed. */
  readonly folder: string
  readonly installer: Installer
}

const patienceSeconds = 570
// As `timeout` ends when it had to end the program, and when it had to use force.
const timeouts = [124, 137]

// A build that waits for what it left behind would wait for ever.
async function inTime(host: Host, argv: readonly string[]): Promise<readonly string[]> {
  const timeout = await host.which('timeout')
  return timeout === undefined ? argv : [timeout, '-k', '10', String(patienceSeconds), ...argv]
}

/**
 * The same machine, on which programs run isolated, with a network: installing runs code that others wrote, such as builds
 * of what has no wheel. They keep their settings, have caches of their own, and see the files that they are called with.
 */
export function installerHost(host: Host, {isolation, folder, installer}: Installing): Host {
  if (isolation === undefined || isolation.kind === 'none') return host
  const exec = async (argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> => {
    const given = childEnvironment(host.env, options.env, argv[0])
    const {caches = folder} = isolation
    const places = await installerFolders(host, {installer, caches, folder, path: given['PATH'] ?? ''})
    const env = {...given, ...places.env}
    const named = [...settings.map(path => inHome(host, path)), ...pathsIn(given), ...places.shown]
    // What pip says of connections is only in its log, which is read once it has ended.
    const log = options.env?.['PIP_LOG']
    const own = [...places.own, ...(log === undefined ? [] : [dirname(log)])]
    const command = await isolation.isolate(
      {argv: await inTime(host, argv), cwd: options.cwd ?? folder, env},
      {network: 'on', folder, own, shown: [...named, ...argv].filter(path => path !== undefined)},
    )
    // In a group of its own: what ends the isolation ends the group.
    const leading = [(await host.which('setsid')) ?? 'setsid', ...command.argv]
    const result = await host.exec(leading, {...options, cwd: command.cwd, env: command.env, check: false})
    if (timeouts.includes(result.exitCode))
      throw new ActionError('TOOL', `${basename(argv[0] ?? '')} did not end within ${patienceSeconds} s, or was killed`)
    if (result.exitCode !== 0 && options.check !== false) throw toolError(argv, result)
    return result
  }
  return {
    workspace: host.workspace,
    temp: host.temp,
    platform: host.platform,
    env: host.env,
    files: host.files,
    which: program => host.which(program),
    exec,
    info: message => host.info(message),
    warning: message => host.warning(message),
    notice: message => host.notice(message),
    group: (title, body) => host.group(title, body),
    maskSecret: value => host.maskSecret(value),
    summary: markdown => host.summary(markdown),
  }
}

// `PIP_CONFIG_FILE`, `PIP_FIND_LINKS` and the like, with paths or file URLs.
function pathsIn(env: Readonly<Record<string, string>>): readonly string[] {
  const own = Object.entries(env).filter(([name]) => /^(?:PIP|UV)_|^NETRC$/.test(name))
  return own.flatMap(([, text]) => text.split(/\s+/).map(each => each.replace(/^file:\/\//, '')))
}

function inHome({env}: Host, path: string): string | undefined {
  const {HOME: home} = env
  return home === undefined || !isAbsolute(home) ? undefined : join(home, path)
}
