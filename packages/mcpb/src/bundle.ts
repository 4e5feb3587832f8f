import type {Platform} from '@mcp-release/release-model'
import type {ArchiveFile} from '@mcp-release/archives'
import type {BundleManifest} from './manifest-schema'

/** A bundle before it is packed. */
export interface Bundle {
  /** The file's name, for messages. */
  readonly name: string
  readonly manifest: BundleManifest
  /** All files but manifest.json. */
  readonly files: readonly ArchiveFile[]
  /** The one platform that it is made for; absent when it runs on every system that its manifest names. */
  readonly platform?: Platform
}
