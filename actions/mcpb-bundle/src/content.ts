import type {ArchiveFile} from '@mcp-release/archives'
import type {BundledPackage, BundleServer, Metadata, System} from '@mcp-release/mcpb'
import type {Platform} from '@mcp-release/release-model'

/** What goes into one bundle, before the manifest is written. */
export interface Content {
  /** What the file of the bundle is named after. */
  readonly command: string
  /** Absent: for every platform, or for all `systems`. */
  readonly platform?: Platform
  readonly systems?: readonly System[]
  readonly files: readonly ArchiveFile[]
  readonly server: BundleServer
  readonly metadata: Metadata
  /** The package that it is made of, as server.json names it. */
  readonly bundled?: Omit<BundledPackage, 'command'>
  /** Vendored dependencies: where they lie, as a client writes it, and the Python that compiled ones need. */
  readonly libraries?: {readonly path: string; readonly python?: string}
  readonly runtimes?: {readonly node?: string; readonly python?: string}
}
