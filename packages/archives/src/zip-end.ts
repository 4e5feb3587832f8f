import {archiveError} from './archive-error'
import {zipRecords} from './zip-format'

/** Where the directory of a zip file lies. */
export interface ZipDirectory {
  readonly count: number
  readonly offset: number
  /** Where its entries end. */
  readonly end: number
}

/** Finds the one end record; a zip file in which readers could find different ones is refused. */
export function findDirectory(archive: Buffer): ZipDirectory {
  const at = findEnd(archive)
  const [disk, first, here, count] = [4, 6, 8, 10].map(field => archive.readUInt16LE(at + field))
  const [size, offset] = [archive.readUInt32LE(at + 12), archive.readUInt32LE(at + 16)]
  const large = findEnd64(archive, at)
  if (large !== undefined) {
    // What fits into the small record is in both.
    if (
      differs(count, 0xffff, large.count) ||
      differs(size, 0xffffffff, large.size) ||
      differs(offset, 0xffffffff, large.offset)
    )
      throw archiveError('the two end records of the zip file disagree')
    return located({...large, end: large.at})
  }
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff)
    throw archiveError('the zip file says that it is zip64, but has no end record of that kind')
  if (disk !== 0 || first !== 0 || here !== count) throw archiveError('the zip file is a part of a split one')
  return located({count: count ?? 0, size, offset, end: at})
}

function differs(small: number | undefined, marker: number, large: number): boolean {
  return small !== marker && small !== large
}

function located({count, size, offset, end}: {count: number; size: number; offset: number; end: number}): ZipDirectory {
  if (offset + size !== end) throw archiveError('the directory of the zip file is not where its end record says')
  return {count, offset, end}
}

function findEnd(archive: Buffer): number {
  const {length, signature} = zipRecords.end
  let followed = false
  for (let at = archive.length - length; at >= Math.max(0, archive.length - length - 0xffff); at--) {
    if (archive.readUInt32LE(at) !== signature) continue
    const fits = at + length + archive.readUInt16LE(at + 20) === archive.length
    // Python and Go would take the one in the comment.
    if (fits && followed) throw archiveError('the zip file has a second end record in its comment')
    if (fits) return at
    followed = true
  }
  throw archiveError(`no zip file: it has no end record${followed ? ' at its end, but bytes behind one' : ''}`)
}

function findEnd64(archive: Buffer, end: number) {
  const {locator64, end64} = zipRecords
  const locator = end - locator64.length
  if (locator < 0 || archive.readUInt32LE(locator) !== locator64.signature) return undefined
  const at = number64(archive, locator + 8)
  const [disk, disks] = [archive.readUInt32LE(locator + 4), archive.readUInt32LE(locator + 16)]
  if (at === undefined || at + end64.length > locator || archive.readUInt32LE(at) !== end64.signature)
    throw archiveError('the zip64 end record of the zip file is not where its locator says')
  const length = number64(archive, at + 4)
  const [here, count, size, offset] = [24, 32, 40, 48].map(field => number64(archive, at + field))
  if (length === undefined || at + 12 + length !== locator)
    throw archiveError('the zip64 end record of the zip file has another length than it says')
  if (count === undefined || size === undefined || offset === undefined)
    throw archiveError('the zip64 end record of the zip file has impossible numbers')
  if (disk !== 0 || disks > 1 || here !== count) throw archiveError('the zip file is a part of a split one')
  return {at, count, size, offset}
}

/** A number of 64 bits; `undefined` where it is larger than any file. */
export function number64(bytes: Buffer, at: number): number | undefined {
  const value = bytes.readBigUInt64LE(at)
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value)
}
