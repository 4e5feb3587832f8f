import {currentVersion} from './current-version'
import type {ManifestFacts} from './generation'
import type {BundleManifest, McpConfig} from './manifest-schema'

/** What a manifest that the author wrote takes over from the release. */
export type Stamp = Pick<ManifestFacts, 'version' | 'systems' | 'tools' | 'runtimes'> & {
  /** `true`: the executables of the bundle end in `.exe`. */
  readonly windows?: boolean
  /** How the server is started, for a manifest of type uv that leaves this to the client; some validators insist on it. */
  readonly config?: McpConfig
  /** PYTHONPATH of the vendored dependencies, for a manifest of type python that has none. */
  readonly libraries?: string
}

/**
 * The author's manifest with only what the release decides: the version, also that of the manifest, of which
 * each holds all that older ones have; for a bundle for one platform its system and
 * the ending of its executable; for vendored dependencies where they lie and the Python that they are made for; the tools,
 * when they are known and the author listed none.
 */
export function stampManifest(manifest: BundleManifest, stamp: Stamp): BundleManifest {
  const {compatibility, tools} = manifest
  const listed = tools === undefined && stamp.tools !== undefined
  return {
    ...manifest,
    manifest_version: isCurrent(manifest.manifest_version) ? manifest.manifest_version : currentVersion,
    version: stamp.version,
    server: stampServer(manifest.server, stamp),
    ...(listed
      ? {
          tools: (stamp.tools ?? []).map(({name, description}) => ({
            name,
            ...(description === undefined ? {} : {description}),
          })),
        }
      : {}),
    ...compatible(compatibility, stamp),
  }
}

function isCurrent(version: BundleManifest['manifest_version']): boolean {
  return version === '0.4' || version === currentVersion
}

function compatible(
  own: BundleManifest['compatibility'],
  {systems, runtimes}: Stamp,
): Pick<BundleManifest, 'compatibility'> {
  if (systems === undefined && runtimes === undefined) return own === undefined ? {} : {compatibility: own}
  return {
    compatibility: {
      ...own,
      ...(systems === undefined ? {} : {platforms: [...systems]}),
      ...(runtimes === undefined ? {} : {runtimes: {...own?.runtimes, ...runtimes}}),
    },
  }
}

function stampServer(server: BundleManifest['server'], stamp: Stamp): BundleManifest['server'] {
  const {windows, config, libraries} = stamp
  if (server.type === 'python' && libraries !== undefined) {
    const added = (env: McpConfig['env']) => ({PYTHONPATH: libraries, ...env})
    return {...server, mcp_config: withEverywhere({...server.mcp_config, env: added(server.mcp_config.env)}, added)}
  }
  if (server.type === 'uv')
    return server.mcp_config === undefined && config !== undefined ? {...server, mcp_config: config} : server
  if (server.type !== 'binary' || windows !== true) return server
  const {mcp_config: own, entry_point: entry} = server
  const command = own.platform_overrides?.['win32']?.command
  // What the author says for Windows is the command there; it may be a script that starts the executable.
  const changed = command === undefined || command === '' ? {...own, command: withExe(own.command)} : own
  return {...server, entry_point: withExe(entry), mcp_config: changed}
}

/** Adds to the variables of systems that have their own, because clients take those in place of the others. */
function withEverywhere(config: McpConfig, added: (env: McpConfig['env']) => McpConfig['env']): McpConfig {
  const {platform_overrides: overrides} = config
  if (overrides === undefined) return config
  const changed = Object.entries(overrides).map(([system, own]) => [
    system,
    own.env === undefined ? own : {...own, env: added(own.env)},
  ])
  return {...config, platform_overrides: Object.fromEntries(changed) as typeof overrides}
}

function withExe(path: string): string {
  return path.endsWith('.exe') ? path : `${path}.exe`
}
