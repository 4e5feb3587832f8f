import {isDigest} from './digest'

/** What an OCI layout says about one of its blobs (https://github.com/opencontainers/image-spec/blob/main/descriptor.md). */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
}

/** A JSON object that is not yet known to be what it should be. */
export type Unchecked = Readonly<Record<string, unknown>>

/** A value as an object; empty for anything else. */
export function unchecked(value: unknown): Unchecked {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unchecked) : {}
}

/** A descriptor, or `undefined` when the value is none; other digests than sha256 are none. */
export function readDescriptor(value: unknown): Descriptor | undefined {
  const {mediaType, digest, size} = unchecked(value)
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || !isDigest(digest)) return undefined
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
  return {mediaType, digest, size}
}

/** All descriptors of a list; throws for one that is none. */
export function readDescriptors(value: unknown): readonly Descriptor[] {
  if (!Array.isArray(value)) return []
  return value.map(each => {
    const descriptor = readDescriptor(each)
    if (descriptor === undefined) throw new TypeError(`${JSON.stringify(each)} is not a descriptor`)
    return descriptor
  })
}

/** Whether a blob is a list of images rather than an image. */
export function isIndex({mediaType}: Descriptor): boolean {
  return /(?:image\.index|manifest\.list)\./.test(mediaType)
}
