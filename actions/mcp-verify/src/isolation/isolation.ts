import {randomUUID} from 'node:crypto'
import {delimiter, dirname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type ServerCommand, holdOpen, printableEnds, runProgram} from '@mcp-release/mcp'
import {firstScript, lastScript, outerScript, probeScript} from './scripts'
import {existing, machineView, serviceSockets} from './sight'
import {variableLines} from './variables'
import {type View, prepareView} from './view'
import {type Means, type Way, waysOf} from './ways'

/** How one program is isolated. */
export interface IsolationOptions {
  readonly network: 'on' | 'off'
  /** The folder that is its own; it holds the working folder. */
  readonly folder: string
  /** Other folders that it may write to. */
  readonly own?: readonly string[]
  /** Other files and folders that it may read. */
  readonly shown?: readonly string[]
}

/** What keeps started servers away from the machine. */
export interface Isolation {
  /** `none`: they are started as any other program. */
  readonly kind: 'namespaces' | 'none'
  /** Why there is none. */
  readonly reason?: string
  /** What can be done about it. */
  readonly hint?: string
  /** The command that starts a program isolated. */
  readonly isolate: (command: ServerCommand, options: IsolationOptions) => Promise<ServerCommand>
  /** Where installers keep caches for as long as it is open. */
  readonly caches?: string
  /** Ends what is still isolated. */
  readonly close: () => Promise<void>
}

/** Who runs the action. */
export interface User {
  readonly uid: number
  readonly gid: number
}

/** No isolation, and why. */
export function openMachine(reason: string, hint?: string): Isolation {
  return {
    kind: 'none',
    reason,
    ...(hint === undefined ? {} : {hint}),
    isolate: command => Promise.resolve(command),
    close: () => Promise.resolve(),
  }
}

const standardPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const probeMilliseconds = 20_000
const remedy = [
  'Isolation takes namespaces: let the job use sudo without a password (GitHub-hosted runners do), or let its user open',
  'them (Ubuntu: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0), and do not run it in a container.',
].join(' ')

/** Finds out how programs are isolated here, by trying it. `named`: paths of the user's own inputs, which stay readable. */
export async function findIsolation(
  host: Host,
  {named, user = currentUser()}: {readonly named: readonly string[]; readonly user?: User | undefined},
): Promise<Isolation> {
  if (host.platform.os !== 'linux') return openMachine(`${host.platform.os} has no namespaces`)
  const means = await findMeans(host, user)
  if (typeof means === 'string')
    return openMachine(`${means} is not installed`, 'Install util-linux and coreutils: they open namespaces.')
  const folder = await host.files.makeTemporary('mcp-isolation')
  const machine = await Machine.open(host, {folder, means, view: await machineView(host, named)})
  if (machine === undefined) return openMachine('no named pipe can be made here')
  const refused: string[] = []
  for (const way of waysOf(means)) {
    const problem = await machine.lacks(way)
    if (problem === undefined) return machine.isolation(way)
    refused.push(`${way.name}: ${problem}`)
  }
  await machine.close()
  return openMachine(`this machine does not allow namespaces (${[...new Set(refused)].join('; ')})`, remedy)
}

function currentUser(): User | undefined {
  const [uid, gid] = [process.getuid?.(), process.getgid?.()]
  return uid === undefined || gid === undefined ? undefined : {uid, gid}
}

async function findMeans(host: Host, user: User | undefined): Promise<Means | string> {
  const [unshare, setpriv, setsid, mkfifo, pivot] = await Promise.all(
    ['unshare', 'setpriv', 'setsid', 'mkfifo', 'pivot_root'].map(name => find(host, name)),
  )
  if (user === undefined || unshare === undefined) return 'unshare'
  if (setpriv === undefined) return 'setpriv'
  if (setsid === undefined) return 'setsid'
  if (mkfifo === undefined) return 'mkfifo'
  if (pivot === undefined) return 'pivot_root'
  const [prlimit, sudo] = [await find(host, 'prlimit'), await find(host, 'sudo')]
  return {
    unshare,
    setpriv,
    setsid,
    mkfifo,
    ...(prlimit === undefined ? {} : {prlimit}),
    ...(sudo === undefined ? {} : {sudo}),
    ...user,
  }
}

// Programs for administrators are not on everybody's PATH.
async function find(host: Host, name: string): Promise<string | undefined> {
  const known = await host.which(name)
  if (known !== undefined) return known
  for (const folder of standardPath) {
    const path = join(folder, name)
    if ((await host.files.stat(path)) !== undefined) return path
  }
  return undefined
}

interface MachineParts {
  readonly folder: string
  readonly means: Means
  readonly view: Pick<View, 'hidden' | 'shown' | 'blank'>
}

class Machine {
  private constructor(
    private readonly host: Host,
    private readonly parts: MachineParts,
    private readonly letGo: () => Promise<void>,
  ) {}

  static async open(host: Host, parts: MachineParts): Promise<Machine | undefined> {
    const path = join(parts.folder, 'lifeline')
    try {
      await host.exec([parts.means.mkfifo, '-m', '600', path], {quiet: true})
      return new Machine(host, parts, await holdOpen(path))
    } catch {
      await host.files.remove(parts.folder)
      return undefined
    }
  }

  isolation(way: Way): Isolation {
    return {
      kind: 'namespaces',
      caches: join(this.parts.folder, 'caches'),
      isolate: (command, options) => this.#isolate(way, command, options),
      close: () => this.close(),
    }
  }

  async close(): Promise<void> {
    await this.letGo()
    await this.host.files.remove(this.parts.folder)
  }

  /** What does not hold of the isolation that a way gives; `undefined` when all does. */
  async lacks(way: Way): Promise<string | undefined> {
    const {host, parts} = this
    const folder = await host.files.makeTemporary('mcp-isolation-probe')
    try {
      const args = [String(parts.means.uid), join(parts.folder, 'lifeline'), host.workspace, 'off']
      const argv = ['/bin/sh', '-c', probeScript, 'sh', ...args]
      const command = await this.#isolate(way, {argv, cwd: folder, env: {PATH: this.#path}}, {network: 'off', folder})
      const {exit, stderr} = await runProgram(command, {timeoutMilliseconds: probeMilliseconds})
      if (exit?.code === 0) return undefined
      return printableEnds(stderr).at(-1) ?? (exit === undefined ? 'it does not end' : 'it fails')
    } finally {
      await host.files.remove(folder)
    }
  }

  get #path(): string {
    const {unshare, setpriv} = this.parts.means
    return [...new Set([...standardPath, dirname(unshare), dirname(setpriv)])].join(delimiter)
  }

  async #isolate(
    way: Way,
    {argv, cwd, env}: ServerCommand,
    {network, folder, own: others = [], shown = []}: IsolationOptions,
  ): Promise<ServerCommand> {
    const {host, parts} = this
    const own = join(parts.folder, randomUUID())
    const [root, report, variables] = [
      join(own, 'root'),
      join(own, 'report'),
      join(folder, `variables-${randomUUID()}`),
    ]
    const [work = cwd, ...writable] = await Promise.all([cwd, folder, ...others].map(path => host.files.realPath(path)))
    const more = await existing(host, shown)
    // A file of credentials that is named for this program is one that it needs.
    const isNamed = (path: string) => [...parts.view.shown, ...more].some(each => each.path === path)
    const blank = [...(await serviceSockets(host)), ...parts.view.blank.filter(path => !isNamed(path))]
    const view = prepareView(
      {...parts.view, shown: [...parts.view.shown, ...more], blank, own: writable},
      join(own, 'view'),
    )
    for (const path of [root, ...view.folders]) await host.files.makeDirectory(path)
    for (const path of [report, ...view.files]) await host.files.write(path, '')
    await host.files.write(variables, variableLines(env), 0o600)
    const first = ['/bin/sh', '-c', firstScript, 'sh', root, report, work, network, view.functions]
    const last = ['/usr/bin/env', '-i', '/bin/sh', '-c', lastScript, 'sh', variables, ...argv]
    const unshare = [parts.means.unshare, ...way.unshare, ...(network === 'off' ? ['--net'] : []), '--']
    const path = `PATH=${this.#path}`
    const outer = ['/usr/bin/env', '-i', path, '/bin/sh', '-c', outerScript, 'sh', join(parts.folder, 'lifeline')]
    return {
      argv: [...way.before, ...outer, ...unshare, ...first, ...way.drop, ...last],
      cwd: '/',
      env: {PATH: this.#path},
      isolated: {report},
    }
  }
}
