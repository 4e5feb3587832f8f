import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {ActionError, type Host, toolError} from '@mcp-release/action-kit'
import {cacheRoot, forgetFolder, isKept, keepFolder, withLock} from '@mcp-release/tools'
import {record, readFields} from './json'
import type {Manager} from './manager'
import {brokenHash} from './manager-hash'

/** A manager that was brought: what starts it, in front of its arguments. */
export interface Brought {
  readonly version: string
  readonly argv: readonly string[]
  /** The versions of Node that it runs with. */
  readonly engines?: string
}

/** The package on npm that is a manager. */
function packageOf(name: string, version: string): string {
  // https://yarnpkg.com/corepack: Yarn 2 and newer is in another package than Yarn 1.
  return name === 'yarn' && !/^[01]\./.test(version) ? '@yarnpkg/cli-dist' : name
}

const installHint = 'Install Node.js with npm, for example with actions/setup-node.'
const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']

/**
 * Installs a manager into the tool cache through npm, which compares each archive with the registry's integrity. Nothing of
 * it runs while it is installed.
 */
export async function bringManager(host: Host, manager: Manager, version: string): Promise<Brought> {
  const {name} = manager
  const folder = join(cacheRoot(host), `mcp-release-${name}`, version)
  if (!(await isKept(host, folder))) {
    await withLock(`${folder}.lock`, async () => {
      if (await isKept(host, folder)) return
      await forgetFolder(host, folder)
      await install(host, manager, version, folder)
      await keepFolder(host, folder)
    })
  }
  const wrong = manager.hash === undefined ? undefined : await brokenHash(host, folder, manager.hash)
  if (wrong !== undefined) {
    throw new ActionError(
      'CHECKSUM',
      `${name}@${version}: ${manager.origin} says that its ${wrong.algorithm} is ${wrong.wanted}, but it is ${wrong.found}`,
      {hint: `Run \`corepack use ${name}@${version}\`, which writes the hash anew, or leave out the part behind "+".`},
    )
  }
  return startOf(host, name, version, join(folder, 'node_modules', packageOf(name, version)))
}

async function install(host: Host, manager: Manager, version: string, folder: string): Promise<void> {
  const {name, origin} = manager
  const spec = `${packageOf(name, version)}@${version}`
  await host.files.write(join(folder, 'package.json'), '{"private": true}\n')
  const options = {cwd: folder, quiet: true, check: false, installHint}
  const packed = await host.exec(['npm', 'pack', spec, '--ignore-scripts', '--loglevel=error'], options)
  const archive = (await host.files.list(folder)).find(file => file.endsWith('.tgz'))
  if (packed.exitCode !== 0 || archive === undefined)
    throw new ActionError('TOOL_UNAVAILABLE', unavailable(spec, origin, packed.stderr || packed.stdout), {
      hint: `See that this version exists (npm view ${spec}) and that npm reaches its registry, or install ${name} on this machine.`,
    })
  const bytes = await host.files.readBytes(join(folder, archive))
  const sums = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map(algorithm => [
    algorithm,
    createHash(algorithm).update(bytes).digest('hex'),
  ])
  const argv = ['npm', 'install', ...quietly, `./${archive}`]
  const installed = await host.exec(argv, options)
  if (installed.exitCode !== 0) throw toolError(argv, installed)
  await host.files.write(join(folder, 'archive.json'), `${JSON.stringify(Object.fromEntries(sums))}\n`)
}

function unavailable(spec: string, origin: string, output: string): string {
  const lines = output.split('\n').filter(line => line.trim() !== '' && !/A complete log|Note that you can/.test(line))
  return `${spec} (${origin}) cannot be had from npm's registry:\n${lines.slice(0, 6).join('\n')}`
}

async function startOf(host: Host, name: string, version: string, folder: string): Promise<Brought> {
  const fields = readFields(await host.files.readText(join(folder, 'package.json')))
  const range = record(fields['engines'])['node']
  const engines = typeof range === 'string' ? {engines: range} : {}
  // bun and pnpm 12 are executables in packages of their own, one for each platform.
  const native = await nativeProgram(host, name, join(folder, '..'))
  if (native !== undefined) return {version, argv: [native], ...engines}
  const bin = record(fields['bin'])[name]
  if (typeof bin !== 'string')
    throw new ActionError('TOOL_UNAVAILABLE', `${name}@${version} has no build for ${host.platform.os}`, {
      hint: `Install ${name} on this machine.`,
    })
  return {version, argv: ['node', join(folder, bin)], ...engines}
}

const scopes: Readonly<Record<string, string>> = {bun: '@oven', pnpm: '@pnpm'}

async function nativeProgram(host: Host, name: string, modules: string): Promise<string | undefined> {
  const scope = scopes[name]
  if (scope === undefined) return undefined
  const suffix = host.platform.os === 'windows' ? '.exe' : ''
  for (const each of await host.files.list(join(modules, scope))) {
    for (const place of ['bin', '.']) {
      const program = join(modules, scope, each, place, name + suffix)
      if ((await host.files.stat(program))?.kind !== 'file') continue
      const answer = await host.exec([program, '--version'], {quiet: true, check: false}).catch(() => undefined)
      // Of several builds, one may be for processors or C libraries that this machine does not have.
      if (answer?.exitCode === 0) return program
    }
  }
  return undefined
}
