import {isAbsolute, join, resolve} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {directoryWriter, unpackTo} from '@mcp-release/archives'
import {executableFormat, printable} from '@mcp-release/mcp'
import {
  type BundleManifest,
  type ClientCommand,
  type UserValue,
  dummyUserConfig,
  registryCommand,
  resolveConfig,
  systemOf,
} from '@mcp-release/mcpb'
import type {StartRecipe} from '@mcp-release/release-model'
import {shapedAnswers} from './bundle-answers'
import type {Content} from './candidate'
import {findRunner, foreign} from './executable-launch'
import {installerHost} from './isolation'
import {type Launch, type Place, cannot, notForHere} from './launch'
import {findUv} from './uv'

type Bundle = Extract<Content, {kind: 'bundle'}>

/** Unpacks a bundle and starts its server as a desktop client does, with the answers of a made-up user. */
export async function launchBundle(
  {manifest, entries}: Bundle,
  place: Place,
  recipes: readonly StartRecipe[] = [],
): Promise<Launch> {
  const system = systemOf(place.host.platform.os)
  const systems = manifest.compatibility?.platforms
  if (systems !== undefined && !systems.includes(system)) {
    const names = systems.join(', ')
    return notForHere(`the bundle is for ${names}, not for ${system}`, `Run this action on a runner for ${names}, too.`)
  }
  const fetched = manifest.server.mcp_config === undefined ? undefined : registryCommand(manifest.server.mcp_config)
  if (fetched !== undefined) {
    const problem = `its command fetches the server from a registry at each start: ${printable(fetched)}; what a client runs then is not what is in the bundle`
    return {kind: 'failed', problem}
  }
  const unpacked = join(place.folder, 'unpacked')
  try {
    await unpackTo(entries, directoryWriter(unpacked))
    const userConfig = await answers(manifest, place, recipes)
    const config = manifest.server.mcp_config ?? uvConfig(manifest.server.entry_point)
    const home = join(place.folder, 'home')
    await place.host.files.makeDirectory(home)
    const command = resolveConfig(config, {system, folder: unpacked, home, userConfig})
    return await prepared(command, {manifest, unpacked, place})
  } catch (error) {
    if (error instanceof ActionError) return {kind: 'failed', problem: error.message}
    throw error
  }
}

interface Unpacked {
  readonly manifest: BundleManifest
  /** Absolute. */
  readonly unpacked: string
  readonly place: Place
}

async function prepared(client: ClientCommand, {manifest, unpacked, place}: Unpacked): Promise<Launch> {
  const {host} = place
  const inner = isAbsolute(client.command) || client.command.includes('/')
  const program = inner ? await executable(resolve(unpacked, client.command), host) : await find(client.command, host)
  if (program === undefined) {
    if (inner) return {kind: 'failed', problem: `the command ${client.command} is not in the bundle`}
    return cannot(`${client.command} is not installed`, hints[client.command] ?? `Install ${client.command}.`)
  }
  if (typeof program !== 'string') return program
  const platforms = inner ? await platformsOf(program, host) : undefined
  const runner = platforms === undefined ? [] : await findRunner(platforms, host)
  if (runner === undefined) return foreign(platforms ?? [], host)
  // Manifests of type python, too, leave the dependencies to uv.
  const isProject = (await host.files.stat(join(unpacked, 'pyproject.toml')))?.kind === 'file'
  const uv = client.command === 'uv' && (manifest.server.type === 'uv' || isProject)
  if (uv) {
    const {isolation, folder} = place
    const installer = installerHost(host, {isolation, folder, installer: 'uv'})
    await installer.exec([program, 'sync', '--no-dev', '--directory', unpacked], {quiet: true})
  }
  return {
    kind: 'start',
    command: ({args}) => [...runner, program, ...args],
    own: {args: client.args, env: client.env},
    ...(uv ? {env: installed} : {}),
    ...(manifest.tools === undefined || manifest.tools_generated === true
      ? {}
      : {declaredTools: manifest.tools.map(({name}) => name)}),
  }
}

// uv installs with the settings of the job first; the server then starts without a network or a cache.
const installed = {UV_NO_SYNC: '1', UV_FROZEN: '1', UV_OFFLINE: '1'}

const hints: Readonly<Record<string, string>> = {
  node: 'Add actions/setup-node to the job.',
  python: 'Add actions/setup-python to the job.',
  python3: 'Add actions/setup-python to the job.',
}

function find(command: string, host: Host): Promise<string | Launch | undefined> {
  return command === 'uv' ? findUv(host) : host.which(command)
}

// What clients do when the manifest leaves it to them.
function uvConfig(entryPoint: string) {
  return {command: 'uv', args: ['run', '--directory', '${__dirname}', entryPoint]}
}

async function answers(
  {server, user_config: options = {}}: BundleManifest,
  {host, folder}: Place,
  recipes: readonly StartRecipe[],
): Promise<Record<string, UserValue>> {
  const [directory, file] = [join(folder, 'answers'), join(folder, 'answer.txt')]
  await host.files.makeDirectory(directory)
  await host.files.write(file, '')
  const {args = [], env = {}} = server.mcp_config ?? {}
  return {...dummyUserConfig(options, {directory, file}), ...shapedAnswers({args, env, options}, recipes)}
}

async function executable(path: string, host: Host): Promise<string | undefined> {
  for (const each of host.platform.os === 'windows' ? [path, `${path}.exe`] : [path])
    if ((await host.files.stat(each))?.kind === 'file') return each
  return undefined
}

async function platformsOf(path: string, host: Host): Promise<readonly string[] | undefined> {
  return executableFormat(await host.files.readStart(path, 4096))?.platforms
}
