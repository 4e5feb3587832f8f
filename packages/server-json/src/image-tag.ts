/** What a tag is stamped with. */
export interface TagVersions {
  /** Of the release. */
  readonly version: string
  /** The one that server.json had, when it had one. */
  readonly before?: string | undefined
}

/**
 * `v1.0.0-alpine` → `v1.2.0-alpine`: what stands around the version is the variant of the image, and survives. A tag without
 * a version becomes the version.
 */
export function stampTag(tag: string, {version, before = ''}: TagVersions): string {
  if (spelled(version).test(tag)) return tag
  const old = before.replace(/^v/i, '')
  if (old !== '' && spelled(old).test(tag)) return tag.replace(spelled(old), () => version)
  const found = [...tag.matchAll(anyVersion)].map(match => ({at: match.index, text: match[0], dots: dotsOf(match[0])}))
  // Other numbers are those of what the image is built on: `cuda-12.4-1.0.0`.
  const [best] = found.filter(each => isVersion(tag, each)).sort((one, other) => other.dots - one.dots)
  if (best !== undefined) return `${tag.slice(0, best.at)}${version}${tag.slice(best.at + best.text.length)}`
  return moving.test(tag) ? tag.replace(moving, () => version) : version
}

const begin = String.raw`(?<=(?:^|[-_.])v?)(?<!\d\.)`
const end = String.raw`(?=$|[-_.])(?!\.\d)`
// The name of a pre-release; `dev` or `a` without a number is a variant.
const stage = String.raw`[-.]?(?:(?:alpha|beta|rc|preview|pre|next|canary|nightly|snapshot)(?:[-.]?\d+)?|(?:a|b|c|dev|post)[-.]?\d+)(?:\.\d+)*`
const anyVersion = new RegExp(`${begin}\\d+(?:\\.\\d+)*(?:${stage})?${end}`, 'gi')
const moving = /(?<=^|[-_.])(?:latest|stable|edge|main|master|nightly|canary|next)(?=$|[-_.])/i

/** A version that is known, in a tag: not the beginning or end of a longer one. */
function spelled(version: string): RegExp {
  const text = version.replaceAll(/[^\w]/g, String.raw`\$&`)
  const whole = version.includes('.') ? String.raw`(?<!\d)(?<!\d\.)${text}(?!\d)(?!\.\d)` : `${begin}${text}${end}`
  return new RegExp(`${whole}(?!${stage}${end})`, 'i')
}

// One number alone may be anything, such as the date or the beginning of a digest.
function isVersion(tag: string, {at, dots}: {readonly at: number; readonly dots: number}): boolean {
  return dots > 0 || (/^\d{1,3}(?!\d)/.test(tag.slice(at)) && (at === 0 || /v$/i.test(tag.slice(0, at))))
}

function dotsOf(text: string): number {
  return Math.min(2, /^[\d.]*/.exec(text)?.[0].replaceAll(/\d|\.$/g, '').length ?? 0)
}
