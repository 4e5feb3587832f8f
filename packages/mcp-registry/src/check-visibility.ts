import type {Host} from '@mcp-release/action-kit'
import {type ServerPackage, imageReference, registryHost} from '@mcp-release/server-json'
import {pullAnonymously} from './anonymous-pull'
import {send} from './http'
import type {Visibility} from './visibility'

/**
 * Looks for one package where the MCP Registry will look: bundles and images by their own URLs, the others with the
 * client of their ecosystem, which knows its registry. A client that is not on the machine sees nothing wrong.
 */
export async function checkVisibility(
  host: Host,
  {registryType, identifier, version = ''}: ServerPackage,
  server: string,
): Promise<Visibility> {
  try {
    switch (registryType) {
      case 'npm':
        return await askWithNpm(host, {identifier, version, server})
      case 'pypi':
        return await askWithPip(host, identifier, version)
      case 'cargo':
        return await askWithCargo(host, identifier, version)
      case 'mcpb':
        return await askUrl(identifier)
      case 'oci': {
        const image = imageReference(identifier)
        const registry = registryHost(image)
        if (registry === undefined) return {isVisible: true, note: 'left to the registry'}
        return await pullAnonymously(image, registry, server)
      }
      default:
        return {isVisible: true, note: 'left to the registry'}
    }
  } catch (error) {
    return {isVisible: false, reason: error instanceof Error ? error.message : String(error)}
  }
}

async function askWithNpm(
  host: Host,
  {identifier, version, server}: {readonly identifier: string; readonly version: string; readonly server: string},
): Promise<Visibility> {
  const found = await run(host, ['npm', 'view', `${identifier}@${version}`, 'name', 'version', 'mcpName', '--json'])
  if (found === undefined) return {isVisible: true, note: 'npm is not on this machine'}
  if (found.exitCode !== 0 || found.stdout.trim() === '')
    return {isVisible: false, reason: `npm does not find version ${version}`}
  // npm 11 answers with the version, npm 12 with a list that holds it.
  const [{mcpName} = {}] = [JSON.parse(found.stdout)].flat() as readonly {readonly mcpName?: unknown}[]
  if (mcpName === server) return {isVisible: true}
  const said = typeof mcpName === 'string' ? `the mcpName ${JSON.stringify(mcpName)}` : 'no mcpName'
  return {isVisible: false, isFinal: true, reason: `was published with ${said}; it must be ${JSON.stringify(server)}`}
}

async function askWithPip(host: Host, identifier: string, version: string): Promise<Visibility> {
  const pip = ['-I', '-m', 'pip', '--disable-pip-version-check', '--no-cache-dir', 'index', 'versions']
  const options = ['--pre', '--ignore-requires-python', identifier]
  const found = await run(host, [host.platform.os === 'windows' ? 'python' : 'python3', ...pip, ...options])
  if (found === undefined || /No module named pip/.test(found.stderr))
    return {isVisible: true, note: 'pip is not on this machine'}
  const versions = /^\s*Available versions: (.*)$/m.exec(found.stdout)?.[1]?.split(/,\s*/) ?? []
  return versions.includes(version)
    ? {isVisible: true}
    : {isVisible: false, reason: `pip does not find version ${version}`}
}

async function askWithCargo(host: Host, identifier: string, version: string): Promise<Visibility> {
  const found = await run(host, ['cargo', 'info', '--quiet', `${identifier}@${version}`])
  if (found === undefined) return {isVisible: true, note: 'cargo is not on this machine'}
  return found.exitCode === 0 ? {isVisible: true} : {isVisible: false, reason: `cargo does not find version ${version}`}
}

async function askUrl(url: string): Promise<Visibility> {
  const {status, header} = await send({method: 'HEAD', url})
  const there = status === 200 || (status >= 300 && status < 400 && header('location') !== '')
  return there ? {isVisible: true} : {isVisible: false, reason: `its URL answers ${status}`}
}

// Away from the workspace, whose own settings (.npmrc, Cargo.toml) are not those of the public.
async function run(host: Host, argv: readonly string[]) {
  if ((await host.which(argv[0] ?? '')) === undefined) return undefined
  return host.exec(argv, {quiet: true, check: false, cwd: await host.files.makeTemporary('visibility')})
}
