/** A file to be put into an archive. */
export interface ArchiveFile {
  /** Relative, with `/`. */
  readonly name: string
  readonly mode: 0o644 | 0o755
  readonly content: Uint8Array
}

/** What is the same for all entries of a written archive. */
export interface WriteOptions {
  /** Seconds since 1970 that every entry carries as its time. */
  readonly time: number
}

/** What was read from an archive; hard links are read as the files that they repeat. */
export interface ArchiveEntry {
  /** As stored, but without a leading `./` and a trailing `/`; not yet known to be harmless, see `unpackTo`. */
  readonly name: string
  /** Permission bits, such as 0o755. */
  readonly mode: number
  readonly kind: 'file' | 'directory' | 'link'
  /** Where a link points, as stored. */
  readonly linkTarget?: string
  /** Empty for folders and links. */
  readonly content: Uint8Array
}
