import {archiveError} from './archive-error'
import {shown} from './entry-name'
import {number64} from './zip-end'
import {flags, zipRecords} from './zip-format'
import type {CentralHeader} from './zip-headers'

/** An entry with where its content begins. */
export interface PlacedEntry {
  readonly header: CentralHeader
  readonly start: number
}

/**
 * The entries of a zip file must follow each other without a gap from its first byte to its directory: what lies between
 * is shown by readers that stream and hidden by others, and what overlaps unpacks to more than the file could hold.
 */
export function requireNoGaps(archive: Buffer, entries: readonly PlacedEntry[], directory: number): void {
  let at = 0
  for (const {header, start} of [...entries].sort((a, b) => a.header.offset - b.header.offset)) {
    if (header.offset !== at)
      throw archiveError(
        header.offset < at
          ? `${shown(header.name)} overlaps with another entry`
          : `the zip file has bytes that belong to no entry, before ${shown(header.name)}`,
      )
    at = start + header.packedSize
    if ((header.flags & flags.descriptor) !== 0) at += descriptorLength(archive, at, header)
  }
  if (at !== directory) throw archiveError('the zip file has bytes that belong to no entry, before its directory')
}

// With or without a signature, with sizes of 32 or 64 bits. APPNOTE 4.3.9
function descriptorLength(archive: Buffer, at: number, {name, crc, packedSize, size}: CentralHeader): number {
  for (const signed of [4, 0]) {
    if (signed === 4 && (at + 4 > archive.length || archive.readUInt32LE(at) !== zipRecords.descriptor.signature))
      continue
    for (const width of [4, 8]) {
      const from = at + signed
      const end = from + 4 + 2 * width
      if (end > archive.length || archive.readUInt32LE(from) !== crc) continue
      const [first, second] = [from + 4, from + 4 + width].map(field =>
        width === 8 ? number64(archive, field) : archive.readUInt32LE(field),
      )
      if (first === packedSize && second === size && endsEntry(archive, end)) return end - at
    }
  }
  throw archiveError(`${shown(name)} has no sizes behind its content, or others than the directory says`)
}

// An empty file has zeros in all fields, so that only what follows tells how long they are.
function endsEntry(archive: Buffer, at: number): boolean {
  if (at + 4 > archive.length) return false
  const signature = archive.readUInt32LE(at)
  return signature === zipRecords.local.signature || signature === zipRecords.central.signature
}
