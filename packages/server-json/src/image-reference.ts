/** An image as server.json names it. */
export interface ImageReference {
  /** With the registry's host, when it has one. */
  readonly repository: string
  readonly tag?: string
  /** `sha256:…`. */
  readonly digest?: string
}

/** Splits `registry/owner/image:tag@digest`; a colon before the last slash belongs to a port. */
export function imageReference(text: string): ImageReference {
  const [, repository = text, tag, digest] = /^(.+?)(?::([^/:@]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? []
  return {repository, ...(tag === undefined ? {} : {tag}), ...(digest === undefined ? {} : {digest})}
}
