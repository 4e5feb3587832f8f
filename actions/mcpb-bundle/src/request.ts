import type {ServerType} from '@mcp-release/mcpb'
import type {Platform, ReleaseVersion, StartRecipe} from '@mcp-release/release-model'

/** One server of which bundles are made. */
export interface BundleRequest {
  readonly type: ServerType | 'auto'
  /** `uv` installs the dependencies of a Python package on the machine of the user; absent: as the type says. */
  readonly dependencies?: 'uv'
  /** The folder of the package. Absolute. */
  readonly directory: string
  /** Built files, absolute; none: the folder is packed as it is. */
  readonly files: readonly string[]
  /** npm: packages for one platform of the same release, absolute, that npm could install only once they are public. */
  readonly companions?: readonly string[]
  /** The other files of the release, absolute: packages of the same repository are taken from them. */
  readonly siblings?: readonly string[]
  /** The command that is the server. */
  readonly executable?: string
  readonly version?: ReleaseVersion
  /** Empty: what the files are for. */
  readonly targets: readonly Platform[]
  readonly launcher: 'none' | 'node'
  /** The plan's package. */
  readonly package?: string
  readonly license?: string
  /** How the plan says that the server is started. */
  readonly start?: StartRecipe
  /** The author's manifest, absolute, where the plan knows it; otherwise it is looked for. */
  readonly manifest?: string
  /** The names that the bundles must have; absent outside of a release. */
  readonly names?: readonly string[]
}

/** A tool as a manifest lists it. */
export interface KnownTool {
  readonly name: string
  readonly description?: string
}
