/** The name of an image in a registry, in its parts. */
export interface Reference {
  /** `registry/path`, as it was given. */
  readonly repository: string
  readonly tag: string
}

// https://github.com/distribution/reference/blob/main/reference.go, with a tag and without a digest.
const host =
  /^(?:localhost|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d{1,5})?$/
const segment = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagRule = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/

/** Reads `registry/path:tag`; a text is what is wrong with it. */
export function parseReference(text: string): Reference | string {
  if (text.includes('@')) return 'has a digest, which is only known after the build'
  const colon = text.lastIndexOf(':')
  if (colon <= text.lastIndexOf('/')) return 'has no tag; add one, such as :1.0.0'
  const [repository, tag] = [text.slice(0, colon), text.slice(colon + 1)]
  if (!tagRule.test(tag)) return `has the tag ${JSON.stringify(tag)}, which is none (letters, digits and _ . - only)`
  const parts = repository.split('/')
  const path = namesRegistry(parts) ? parts.slice(1) : parts
  if (path.length < parts.length && !host.test(parts[0] ?? '')) return 'begins with no name of a registry'
  if (path.length === 0 || !path.every(part => segment.test(part))) {
    return /[A-Z]/.test(path.join(''))
      ? `has upper case letters; registries want ${text.slice(0, colon).toLowerCase()}:${tag}`
      : 'is not a name of an image'
  }
  return {repository, tag}
}

// As docker tells a registry from the first part of a path.
function namesRegistry([first = '', ...rest]: readonly string[]): boolean {
  return rest.length > 0 && (first === 'localhost' || /[.:]/.test(first))
}
