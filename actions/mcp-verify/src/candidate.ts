import type {ArchiveEntry} from '@mcp-release/archives'
import type {BundleManifest} from '@mcp-release/mcpb'

/** An executable inside a file. */
export interface Executable {
  /** As in the archive, with `/`. */
  readonly name: string
  /** `os/arch`, several for a universal binary. */
  readonly platforms: readonly string[]
}

/** What a file turned out to be. */
export type Content =
  | {
      readonly kind: 'wheel'
      readonly name: string
      /** The names of its commands: console and GUI scripts, and the programs that it carries. */
      readonly scripts: readonly string[]
      /** Command → `module:function [extra]`; empty for a program that it carries. */
      readonly targets: Readonly<Record<string, string>>
      /** It has dependencies that users have to ask for. */
      readonly extras: boolean
      /** The normalized names of what it always depends on; absent when that is nothing. */
      readonly requires?: readonly string[]
      /** The normalized names of what each of its extras brings, by the extra's normalized name. */
      readonly optional?: Readonly<Record<string, readonly string[]>>
      /** What `python -m` can run of it, the shortest name first. */
      readonly modules?: readonly string[]
    }
  | {
      readonly kind: 'npm'
      readonly name: string
      /** Command → file inside the package. */
      readonly bins: Readonly<Record<string, string>>
      readonly files: ReadonlySet<string>
      /** The beginning of each file behind a command; empty where the file is missing. */
      readonly starts: Readonly<Record<string, Uint8Array>>
      /** Made for some platforms only, as packages are that only carry a binary; in the words of Node.js. */
      readonly only?: {
        readonly os: readonly string[]
        readonly cpu: readonly string[]
        readonly libc: readonly string[]
      }
      /** The names of what is installed with it. */
      readonly needs: readonly string[]
    }
  | {readonly kind: 'sdist'}
  | {
      readonly kind: 'executables'
      /** What the file name says before its first `_` or suffix. */
      readonly name: string
      readonly executables: readonly Executable[]
      readonly entries: readonly ArchiveEntry[]
    }
  | {readonly kind: 'bundle'; readonly manifest: BundleManifest; readonly entries: readonly ArchiveEntry[]}
  | {readonly kind: 'image'}
  | {readonly kind: 'broken'; readonly problem: string}

/** A file that may be started. */
export interface Candidate {
  /** Its name without folders. */
  readonly file: string
  /** Absolute. */
  readonly path: string
  readonly content: Content
}
