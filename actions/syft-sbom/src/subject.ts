/** What a file is to its users, and so how they get at its contents. */
export type SubjectKind = 'wheel' | 'sdist' | 'npm-package' | 'image' | 'bundle' | 'archive'

/** The file that an SBOM is about. */
export interface Subject {
  /** Absolute. */
  readonly path: string
  /** The file's name. */
  readonly name: string
  readonly kind: SubjectKind
  /** Of the file, lower-case hex. */
  readonly sha256: string
  readonly version?: string
}

/** What the name of a file says about its kind; archives named `.tar.gz` may still turn out to be an sdist. */
export function kindByName(name: string): SubjectKind {
  if (name.endsWith('.whl')) return 'wheel'
  if (name.endsWith('.tgz')) return 'npm-package'
  if (name.endsWith('.oci.tar')) return 'image'
  if (name.endsWith('.mcpb')) return 'bundle'
  return 'archive'
}
