import {join} from 'node:path'
import {type Host, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {type ProgramRun, type ServerCommand, runProgram} from '@mcp-release/mcp'
import {type Isolation, findIsolation} from './index'

// A stand-in for a kernel that opens no user namespace for who has no privileges, in unshare's words on Ubuntu 24.04
// (https://documentation.ubuntu.com/security/security-features/privilege-restriction/apparmor/).
const refusal = `echo 'unshare: write failed /proc/self/uid_map: Operation not permitted' >&2; exit 1`
const standIns = {
  none: '',
  // Whatever the privileges are.
  always: `case $1 in --user) ${refusal};; esac`,
  // Who tests is root, and stands for a user here.
  users: `case $1:$(id -u) in --user:0) ${refusal};; esac`,
}
const user = {uid: 65_534, gid: 65_534}

const isRoot = process.getuid?.() === 0

/** The ways to isolate; root can test all of them, also those that are met on other machines. */
const ways = {
  // Where users may not open namespaces, the machine's own sudo does it.
  'user namespace': {block: standIns.none, expected: isRoot ? /--user/ : /./},
  root: {block: standIns.always, expected: /^(?!.*--user)/},
  'sudo with a user namespace': {block: standIns.users, user, expected: /--clear-groups .*--user/},
  sudo: {block: standIns.always, user, expected: /^(?!.*--user).*--clear-groups/},
  'no way': {block: refusal, expected: /./},
} as const
export type WayName = keyof typeof ways

/** Those that can be tried by who tests. */
export const usableWays = (Object.keys(ways) as WayName[]).filter(
  name => name !== 'no way' && (isRoot || name === 'user namespace'),
)

/** What a program gets that is run in isolation. */
export interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly network?: 'on' | 'off'
}

/** A machine on which one way works, with files that nobody may change. */
export interface Scene {
  readonly host: Host
  readonly isolation: Isolation
  /** Its own folder. */
  readonly folder: string
  /** The command that runs lines of a shell, or a program with arguments, in isolation. */
  readonly command: (what: string | readonly string[], given?: Given) => Promise<ServerCommand>
  /** Runs them. */
  readonly run: (what: string | readonly string[], given?: Given) => Promise<ProgramRun>
  readonly close: () => Promise<void>
}

/** Files of the user and of the runner. */
export const precious = [
  ...[
    'sources',
    '.git/config',
    '.home/.npmrc',
    '.runner-temp/commands/env',
    '.home/.local/share/uv/credentials/a.toml',
  ],
  // A checkout in a subfolder, a bare clone, and what google-github-actions/auth and others write.
  ...['src/.git/config', 'a/b/mirror.git/config', 'gha-creds-0123456789abcdef.json', 'src/.env', '.docker/config.json'],
]

/** Makes a scene; who tests is root, or only the user namespace can be tried. */
export async function isolationScene(name: WayName, env: Readonly<Record<string, string | undefined>>): Promise<Scene> {
  const way = ways[name]
  const fake = new FakeHost()
  const bin = join(fake.workspace, '.bin')
  const variables = {GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp, HOME: join(fake.workspace, '.home')}
  const GITHUB_ENV = join(fake.workspace, '.runner-temp/commands/env')
  const host = realHost({...env, ...variables, GITHUB_ENV, PATH: `${bin}:${env['PATH'] ?? ''}`})
  for (const path of precious) await host.files.write(path, 'before')
  const unshare = (await realHost(env).which('unshare')) ?? 'unshare'
  await host.files.write(join(bin, 'unshare'), `#!/bin/sh\n${way.block}\nexec ${unshare} "$@"\n`, 0o755)
  const own = 'user' in way ? way.user : undefined
  // sudo of a user, as root plays it: the files belong to the user.
  const give = own === undefined ? '' : `chown -R ${own.uid}:${own.gid} '${fake.workspace}'`
  if (own !== undefined) await host.files.write(join(bin, 'sudo'), `#!/bin/sh\n${give}\nshift 2\nexec "$@"\n`, 0o755)
  const isolation = await findIsolation(host, {named: [], ...(own === undefined ? {} : {user: own})})
  const folder = await host.files.makeTemporary('server')
  const command: Scene['command'] = async (what, {env: more = {}, network = 'off'} = {}) => {
    const argv = typeof what === 'string' ? ['/bin/sh', '-c', what] : what
    const given = {argv, cwd: folder, env: {PATH: host.env['PATH'] ?? '', ...more}}
    const made = await isolation.isolate(given, {network, folder})
    if (!way.expected.test(made.argv.join(' ').replaceAll(/\s+/g, ' '))) throw new Error(`not by way of ${name}`)
    return made
  }
  const run: Scene['run'] = async (what, given) => runProgram(await command(what, given), {timeoutMilliseconds: 20_000})
  return {host, isolation, folder, command, run, close: () => isolation.close()}
}
