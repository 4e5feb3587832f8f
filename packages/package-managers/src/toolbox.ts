import {delimiter, join} from 'node:path'
import {ActionError, type Host, errorText, toolError} from '@mcp-release/action-kit'
import {npmRangeAllows} from '@mcp-release/release-model'
import {bringManager} from './bring'
import {bringNode} from './bring-node'
import type {Flavour, Manager} from './manager'
import {flavourOf} from './lock-files'
import {isVersionOf} from './named-manager'
import {newestIn} from './newest-version'

/** The managers of a project, ready to be started. */
export interface Toolbox {
  /** PATH with the managers first, for commands and for the scripts that they run. */
  readonly env: Readonly<Record<string, string>>
  /** The first of them: what starts it, and which it is. */
  readonly program: string
  readonly version: string
  readonly flavour: Flavour
  /** The version of Node that scripts run with. */
  readonly node: string
  /** Removes the folder of links to them. */
  close(): Promise<void>
}

/**
 * The variables under which package managers run: no corepack, whose shims refuse another manager than the named one and
 * fail over signatures, no questions, no git hooks, no browsers for tests, no messages about new versions.
 */
export const managerEnvironment = {
  CI: 'true',
  COREPACK_ENABLE_STRICT: '0',
  COREPACK_ENABLE_PROJECT_SPEC: '0',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  DO_NOT_TRACK: '1',
  HUSKY: '0',
  HUSKY_SKIP_INSTALL: '1',
  LEFTHOOK: '0',
  NX_DAEMON: 'false',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  PUPPETEER_SKIP_DOWNLOAD: '1',
  SKIP_INSTALL_SIMPLE_GIT_HOOKS: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  YARN_ENABLE_TELEMETRY: '0',
  npm_config_update_notifier: 'false',
} as const

interface Ready {
  readonly argv: readonly string[]
  readonly version: string
  readonly engines?: string
}

/** Finds each manager on PATH or brings it, and puts all of them into one folder that is first on PATH. */
export async function openToolbox(host: Host, managers: readonly Manager[]): Promise<Toolbox> {
  const bin = await host.files.makeTemporary('managers')
  try {
    const ready: Ready[] = []
    for (const manager of managers) ready.push(await readyManager(host, manager, bin))
    let node = await nodeVersion(host)
    const needed = ready.flatMap(({engines}) => engines ?? [])
    if (needed.some(range => !npmRangeAllows(range, node))) {
      const brought = await bringNode(host, needed)
      host.info(`Node.js ${brought.version} is brought, because ${describe(managers, ready)} does not run with ${node}`)
      await shim(host, bin, 'node', [brought.path])
      node = brought.version
    }
    for (const [at, each] of ready.entries()) await shims(host, bin, managers[at]?.name ?? 'npm', each.argv)
    const [first] = ready
    const name = managers[0]?.name ?? 'npm'
    const version = first?.version ?? ''
    const path = [bin, host.env['PATH'] ?? host.env['Path'] ?? ''].join(delimiter)
    return {
      env: {...managerEnvironment, PATH: path},
      program: join(bin, host.platform.os === 'windows' ? `${name}.cmd` : name),
      version,
      flavour: flavourOf(name, version),
      node,
      close: () => host.files.remove(bin),
    }
  } catch (error) {
    await host.files.remove(bin)
    throw error
  }
}

function describe(managers: readonly Manager[], ready: readonly Ready[]): string {
  return ready.map(({version}, at) => `${managers[at]?.name ?? ''} ${version}`).join(' and ')
}

async function nodeVersion(host: Host): Promise<string> {
  const answer = await host.exec(['node', '--version'], {
    quiet: true,
    installHint: 'Install Node.js, for example with actions/setup-node.',
  })
  return answer.stdout.trim().replace(/^v/, '')
}

async function readyManager(host: Host, manager: Manager, folder: string): Promise<Ready> {
  const {name, release, usual} = manager
  if (release !== undefined) {
    const argv = ['node', release]
    const {stdout} = await host.exec([...argv, '--version'], {
      quiet: true,
      cwd: folder,
      env: {...managerEnvironment, YARN_IGNORE_PATH: '1'},
    })
    return {argv, version: stdout.trim()}
  }
  const there = await onPath(host, manager, folder)
  if ('version' in there && isRight(manager, there.version)) return there
  if ('error' in there && name === 'npm' && manager.range === undefined) throw there.error
  const version = await newestIn(host, manager, usual)
  const has = 'version' in there ? there.version : 'none that can be used'
  host.info(`${name} ${version} is brought (${manager.origin}); this machine has ${has}`)
  return bringManager(host, manager, version)
}

// npm's own major versions differ, its minor ones do not; the others are named by projects because they do.
function isRight(manager: Manager, version: string): boolean {
  if (isVersionOf(manager, version)) return true
  const [major = ''] = version.split('.')
  return manager.name === 'npm' && /^\d+\.\d+\.\d+$/.test(manager.range ?? '') && manager.range?.split('.')[0] === major
}

async function onPath(
  host: Host,
  {name, range}: Manager,
  folder: string,
): Promise<Ready | {readonly error: ActionError}> {
  const path = await host.which(name)
  if (path === undefined) {
    const hint = 'Install Node.js, for example with actions/setup-node.'
    return {error: new ActionError('TOOL_MISSING', `${name}: no such program on PATH`, {hint})}
  }
  const isShim = /[\\/]corepack[\\/]/.test(await host.files.realPath(path))
  const whose = isShim ? `${path} belongs to corepack. ` : ''
  const hint = `${whose}Put the folder with the ${name} of Node.js itself first on PATH; actions/setup-node does.`
  const unusable = (reason: string) => ({error: new ActionError('TOOL', `${name}: ${reason}`, {hint})})
  // Where no version is asked for, whichever npm it starts is right.
  if (isShim && (name !== 'npm' || range !== undefined)) return unusable(`${path} starts another version`)
  const argv = [path, '--version']
  const options = {quiet: true, check: false, cwd: folder, env: managerEnvironment}
  const answer = await host.exec(argv, options).catch(errorText)
  if (typeof answer === 'string') return unusable(answer)
  if (answer.exitCode !== 0) return unusable(toolError(argv, answer).message)
  const [version] = /\d+\.\d+\.\d+\S*/.exec(answer.stdout) ?? []
  if (version === undefined) return unusable(`${argv.join(' ')} says no version: ${JSON.stringify(answer.stdout)}`)
  return {argv: [path], version}
}

const companions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  pnpm: {pnpx: ['dlx']},
  bun: {bunx: ['x']},
  yarn: {yarnpkg: []},
  npm: {npx: ['exec', '--']},
}

async function shims(host: Host, bin: string, name: string, argv: readonly string[]): Promise<void> {
  await shim(host, bin, name, argv)
  for (const [other, args] of Object.entries(companions[name] ?? {})) {
    // npx of the machine belongs to its npm.
    if (name === 'npm' && argv.length === 1) continue
    await shim(host, bin, other, [...argv, ...args])
  }
}

async function shim(host: Host, bin: string, name: string, argv: readonly string[]): Promise<void> {
  if (host.platform.os === 'windows') {
    const words = argv.map(word => `"${word}"`).join(' ')
    await host.files.write(join(bin, `${name}.cmd`), `@${words} %*\r\n`)
    return
  }
  const words = argv.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
  await host.files.write(join(bin, name), `#!/bin/sh\nexec ${words} "$@"\n`, 0o755)
}
