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
 * The author's manifest with only what the release decides: the version; for a bundle for one platform its system and
 * the ending of its executable; for vendored dependencies where they lie and the Python that they are made for; the tools,
 * when they are known and the author listed none.
 */
export function stampManifest(manifest: BundleManifest, stamp: Stamp): BundleManifest {
  const {compatibility, tools} = manifest
  const listed = tools === undefined && stamp.tools !== undefined
  return {
    ...manifest,
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
    const {mcp_config: own} = server
    const env = {PYTHONPATH: libraries, ...own.env}
    return {...server, mcp_config: {...own, env}}
  }
  if (server.type === 'uv')
    return server.mcp_config === undefined && config !== undefined ? {...server, mcp_config: config} : server
  if (server.type !== 'binary' || windows !== true) return server
  const {mcp_config: own, entry_point: entry} = server
  return {...server, entry_point: withExe(entry), mcp_config: {...own, command: withExe(own.command)}}
}

function withExe(path: string): string {
  return path.endsWith('.exe') ? path : `${path}.exe`
}
