import {delimiter, dirname, isAbsolute, join, relative, sep} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'
import {runnerFolders, runnerSecrets, workspaceSecrets} from './credentials'
import type {View} from './view'

// Nothing in them is the user's own, and no program starts without them.
const ofSystem = ['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/proc', '/sbin', '/sys', '/usr']
const neverHidden = ['/', '/nix', '/opt', '/var', '/var/lib', '/mnt', '/srv']
// The files through which a step speaks to the runner.
const runnerFiles = ['ENV', 'PATH', 'OUTPUT', 'STATE', 'STEP_SUMMARY', 'EVENT_PATH'].map(name => `GITHUB_${name}`)
// Where version managers keep interpreters, below a home folder; there are no accounts in them.
const toolFolders = [
  ...['.asdf', '.bun', '.deno', '.fnm', '.linuxbrew', '.nodenv', '.npm-global', '.nvm', '.pyenv', '.rustup', '.rye'],
  ...['.volta', '.cargo/bin', 'go/bin', '.local/bin', '.local/lib', '.local/pipx', '.local/share/fnm'],
  ...['.local/share/mise', '.local/share/pipx', '.local/share/uv', 'miniconda3', 'anaconda3', 'miniforge3'],
]
// Settings of programs, whose folder is never one of programs.
const settingsFolders = ['.aws', '.azure', '.config', '.docker', '.gnupg', '.kube', '.ssh']
const filesOf = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE']
const interpreters = ['node', 'npm', 'python3', 'python', 'uv'] as const
const maximumSockets = 200

/**
 * What servers see of this machine: no home folder but their own, nothing of the runner's temporary folder, no sockets of
 * services, and of all that only what interpreters need. `named`: what the user's own inputs name.
 */
export async function machineView(
  host: Host,
  named: readonly string[],
): Promise<Pick<View, 'hidden' | 'shown' | 'blank'>> {
  const secrets = await machineSecrets(host)
  const hidden = [...new Set([...(await hiddenFolders(host)), ...secrets.folders])]
  const {env, workspace} = host
  const home = await realOf(host, env['HOME'])
  const wanted = [
    workspace,
    env['RUNNER_TOOL_CACHE'],
    env['AGENT_TOOLSDIRECTORY'],
    env['UV_PYTHON_INSTALL_DIR'],
    ...dataFolders(host).map(folder => join(folder, 'uv')),
    '/etc/resolv.conf',
    ...filesOf.map(name => env[name]),
    ...(env['LD_LIBRARY_PATH'] ?? '').split(delimiter),
    ...named,
    ...(home === undefined ? [] : toolFolders.map(folder => join(home, folder))),
  ]
  const exact = await Promise.all(wanted.map(path => realOf(host, path)))
  const programs = await programFolders(host)
  const known = exact.filter(path => path !== undefined)
  const others = programs.flatMap(path => (known.some(each => isBelow(each, path)) ? [] : firstBelow(path, hidden)))
  return {
    hidden: [...new Set([...hidden, ...secrets.hidden])],
    shown: await kinds(
      host,
      [...known, ...others].filter(path => !hidden.includes(path)),
    ),
    blank: secrets.blank,
  }
}

/** `folders`: within them, what interpreters need is shown again. */
async function machineSecrets(
  host: Host,
): Promise<Pick<View, 'hidden' | 'blank'> & {readonly folders: readonly string[]}> {
  const workspace = await host.files.realPath(host.workspace)
  const {roots, work} = await runnerFolders(host)
  // A runner may be unpacked right into a folder that holds everything else as well.
  const isWide = (path: string) => neverHidden.includes(path) || ofSystem.includes(path) || isBelow(workspace, path)
  const parts = [await workspaceSecrets(host, workspace)]
  for (const root of roots.filter(path => isWide(path))) parts.push(await runnerSecrets(host, root))
  const data = await Promise.all(dataFolders(host).map(folder => realOf(host, join(folder, 'uv/credentials'))))
  const accounts = await existing(
    host,
    data.filter(path => path !== undefined),
  )
  return {
    folders: [...roots, ...work].filter(path => !isWide(path)),
    hidden: [...parts.flatMap(({hidden}) => hidden), ...accounts.map(({path}) => path)],
    blank: parts.flatMap(({blank}) => blank),
  }
}

async function hiddenFolders(host: Host): Promise<readonly string[]> {
  const {env, temp} = host
  const files = runnerFiles.flatMap(name => env[name] ?? [])
  const wanted = [
    env['HOME'],
    env['TMPDIR'],
    env['XDG_RUNTIME_DIR'],
    temp,
    '/tmp',
    '/var/tmp',
    '/run',
    '/home',
    '/root',
  ]
  const paths = await Promise.all([...wanted, ...files.map(file => dirname(file))].map(path => realOf(host, path)))
  const found = await kinds(host, [...new Set(paths.filter(path => path !== undefined))])
  return found
    .filter(({kind}) => kind === 'directory')
    .map(({path}) => path)
    .filter(path => !neverHidden.includes(path) && !ofSystem.some(each => isBelow(each, path)))
}

/** Where programs keep what is no cache: https://specifications.freedesktop.org/basedir-spec/latest/ */
export function dataFolders({env}: Host): readonly string[] {
  const {HOME: home, XDG_DATA_HOME: data} = env
  return [home === undefined ? '' : join(home, '.local/share'), data ?? ''].filter(path => isAbsolute(path))
}

/** The folders of PATH, and those in which its interpreters really are. */
async function programFolders(host: Host): Promise<readonly string[]> {
  const onPath = (host.env['PATH'] ?? '').split(delimiter)
  const found = await Promise.all(interpreters.map(name => host.which(name)))
  const real = await Promise.all([...onPath, ...found].map(path => realOf(host, path)))
  return [...new Set(real.filter(path => path !== undefined))]
}

// An interpreter brings more than the folder of its programs: what lies beside that is shown as well.
function firstBelow(path: string, hidden: readonly string[]): readonly string[] {
  const [outer] = hidden.filter(each => isBelow(each, path)).sort((one, other) => other.length - one.length)
  if (outer === undefined || outer === path) return []
  const inner = relative(outer, path)
  const tools = toolFolders.find(folder => isBelow(folder, inner))
  const [first = ''] = inner.split(sep)
  return settingsFolders.includes(first) ? [] : [join(outer, tools ?? first)]
}

/** Sockets that have a name in the file system now: a server could speak to whoever listens there, such as docker. */
export async function serviceSockets(host: Host): Promise<readonly string[]> {
  const listed = await host.files.readText('/proc/net/unix').catch(() => '')
  const names = listed.split('\n').flatMap(line => /^(?:\S+ +){7}(\/.*)$/.exec(line)?.[1] ?? [])
  const real = await Promise.all([...new Set(names)].slice(0, maximumSockets).map(path => realOf(host, path)))
  return (
    await kinds(
      host,
      real.filter(path => path !== undefined),
    )
  )
    .filter(({kind}) => kind === 'file')
    .map(({path}) => path)
}

/** Those paths that are there, by their real names. */
export async function existing(host: Host, paths: readonly string[]): Promise<View['shown']> {
  const real = await Promise.all(paths.map(path => realOf(host, path)))
  return kinds(
    host,
    real.filter(path => path !== undefined),
  )
}

async function kinds(host: Host, paths: readonly string[]): Promise<View['shown'][number][]> {
  const found = await Promise.all(
    [...new Set(paths)].map(async path => {
      const kind = (await host.files.stat(path).catch(() => undefined))?.kind
      return kind === undefined ? [] : [{path, kind: kind === 'directory' ? kind : ('file' as const)}]
    }),
  )
  return found.flat()
}

async function realOf(host: Host, path: string | undefined): Promise<string | undefined> {
  return path === undefined || !isAbsolute(path) ? undefined : host.files.realPath(path).catch(() => undefined)
}
