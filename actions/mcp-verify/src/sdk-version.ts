import {dirname, isAbsolute, join} from 'node:path'
import type {Inspection} from '@mcp-release/mcp'
import {sameVersion} from '@mcp-release/release-model'
import type {Settings} from './inputs'
import type {Place} from './launch'
import {installedVersion} from './matrix/installed-sdk'
import {sdkPackages} from './matrix/sdk-packages'

// SDKs that are compiled into a server: where it is not named, they give it their own name.
const compiled = ['rmcp']

interface Started {
  readonly place: Pick<Place, 'host' | 'folder'> & {readonly settings: Pick<Settings, 'version'>}
  /** With what the server was started. */
  readonly argv: readonly string[]
  /** The package. */
  readonly name: string
}

/**
 * Says so where a server states the version of its SDK instead of one of its own, as SDKs do that are not told any: it
 * looks like a number that was forgotten, and is another with each update of the SDK.
 */
export async function withSdkVersion(inspection: Inspection, started: Started): Promise<Inspection> {
  const {server, checks} = inspection
  const check = checks.find(({name}) => name === 'server-version')
  if (server === undefined || check === undefined || check.status === 'ok') return inspection
  const sdk = await sdkOf(server, started)
  if (sdk === undefined) return inspection
  const {version} = started.place.settings
  const release = version === undefined ? '' : `; the release is ${version}`
  const detail = `the server says ${JSON.stringify(server.version)}, which is the version of ${sdk}, its SDK${release}; tell the SDK which version the server has`
  const status = check.status === 'failed' ? ('failed' as const) : ('warning' as const)
  return {...inspection, checks: checks.map(each => (each === check ? {...check, status, detail} : each))}
}

async function sdkOf(
  server: NonNullable<Inspection['server']>,
  {place: {host, folder}, argv, name}: Started,
): Promise<string | undefined> {
  if (compiled.includes(server.name)) return server.name === name ? undefined : server.name
  if (server.version === '') return undefined
  const isSaid = (version: string | undefined) => version !== undefined && sameVersion(version, server.version)
  for (const program of argv.filter(each => isAbsolute(each) && each.startsWith(folder))) {
    const at = dirname(program)
    for (const sdk of sdkPackages.npm)
      if (sdk !== name && isSaid(await installedVersion(host, {folder: at, runtime: 'node'}, sdk))) return sdk
    const python = join(at, host.platform.os === 'windows' ? 'python.exe' : 'python')
    if ((await host.files.stat(python)) === undefined) continue
    for (const sdk of sdkPackages.pypi)
      if (sdk !== name && isSaid(await installedVersion(host, {folder: at, runtime: 'python'}, sdk))) return sdk
  }
  return undefined
}
