import type {LocalFile} from '@mcp-release/github'
import type {Metadata} from './metadata'

/** The whole job of one run, as data: checked, with every file hashed, before anybody is asked. */
export interface Task {
  readonly tag: string
  readonly releaseId: number | undefined
  readonly files: readonly LocalFile[]
  readonly metadata: Metadata
  readonly appendBody: boolean
  readonly generateNotes: boolean
  readonly previousTag: string | undefined
  /** The branch or commit for a tag that does not exist. */
  readonly target: string | undefined
  /** The commit that the tag must stand for, where it is known; with `tag`, that one alone. */
  readonly commit: {readonly sha: string; readonly tag?: string} | undefined
  /** Whether the release is completed; else the files are uploaded and nothing else is done. */
  readonly complete: boolean
  /** Whether the complete release stays a draft. */
  readonly draft: boolean
  readonly makeLatest: 'auto' | 'true' | 'false' | 'legacy'
  readonly discussionCategory: string | undefined
  /** What an asset means that has the name of a file and other bytes. */
  readonly onExistingAsset: 'replace' | 'replace-in-draft' | 'keep' | 'error'
  /** What an asset means that is neither among the files nor expected. */
  readonly onExtraAsset: 'keep' | 'remove-from-draft'
  /** What a release of the tag means that is published already. */
  readonly onExistingRelease: 'update' | 'skip' | 'error'
  readonly expect: readonly string[]
  readonly prune: readonly string[]
  readonly checksums: boolean
  readonly concurrency: number
}
