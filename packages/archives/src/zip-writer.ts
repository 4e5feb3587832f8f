import {archiveError} from './archive-error'
import {crc32} from './crc32'
import {deflateAll} from './deflate'
import type {ArchiveFile, WriteOptions} from './entry'
import {sortedFiles} from './entry-name'
import {flags, methods, unixTypes, zipRecords} from './zip-format'

const versionNeeded = 20
const madeByUnix = (3 << 8) | versionNeeded

/**
 * A zip file with Unix modes: names in byte order, one time (in UTC, with zip's two seconds), no extra fields. The same
 * entries give the same bytes everywhere.
 */
export function zip(entries: readonly ArchiveFile[], {time}: WriteOptions): Uint8Array {
  const stamp = dosTime(time)
  const body: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  const files = sortedFiles(entries)
  const streams = deflateAll(files.map(({file}) => file.content))
  for (const [at, {file, name}] of files.entries()) {
    const packed = pack({file, name, deflated: streams[at] as Uint8Array}, stamp)
    const local = localHeader(packed)
    body.push(local, name, packed.data)
    directory.push(centralHeader(packed, offset), name)
    offset += local.length + name.length + packed.data.length
    if (offset > 0xffffffff) throw archiveError(`${JSON.stringify(file.name)}: the zip file would exceed 4 GiB`)
  }
  if (entries.length >= 0xffff) throw archiveError(`${entries.length} entries are too many for a zip file`)
  const size = directory.reduce((total, part) => total + part.length, 0)
  return Buffer.concat([...body, ...directory, endRecord({count: entries.length, size, offset})])
}

interface Packed {
  readonly data: Uint8Array
  readonly method: number
  readonly flags: number
  readonly stamp: number
  readonly crc: number
  readonly size: number
  readonly nameLength: number
  readonly mode: number
}

function pack(
  {file, name, deflated}: {readonly file: ArchiveFile; readonly name: Buffer; readonly deflated: Uint8Array},
  stamp: number,
): Packed {
  const smaller = deflated.length < file.content.length
  return {
    data: smaller ? deflated : file.content,
    method: smaller ? methods.deflated : methods.stored,
    flags: name.some(byte => byte > 0x7f) ? flags.utf8 : 0,
    stamp,
    crc: crc32(file.content),
    size: file.content.length,
    nameLength: name.length,
    mode: file.mode,
  }
}

function localHeader(packed: Packed): Buffer {
  const header = Buffer.alloc(zipRecords.local.length)
  header.writeUInt32LE(zipRecords.local.signature, 0)
  writeCommon(header, packed, 4)
  return header
}

function centralHeader(packed: Packed, offset: number): Buffer {
  const header = Buffer.alloc(zipRecords.central.length)
  header.writeUInt32LE(zipRecords.central.signature, 0)
  header.writeUInt16LE(madeByUnix, 4)
  writeCommon(header, packed, 6)
  header.writeUInt32LE(((unixTypes.file | packed.mode) << 16) >>> 0, 38)
  header.writeUInt32LE(offset, 42)
  return header
}

// The fields that the local and the central header have in the same order.
function writeCommon(header: Buffer, packed: Packed, at: number): void {
  header.writeUInt16LE(versionNeeded, at)
  header.writeUInt16LE(packed.flags, at + 2)
  header.writeUInt16LE(packed.method, at + 4)
  header.writeUInt32LE(packed.stamp, at + 6)
  header.writeUInt32LE(packed.crc, at + 10)
  header.writeUInt32LE(packed.data.length, at + 14)
  header.writeUInt32LE(packed.size, at + 18)
  header.writeUInt16LE(packed.nameLength, at + 22)
}

function endRecord({
  count,
  size,
  offset,
}: {
  readonly count: number
  readonly size: number
  readonly offset: number
}): Buffer {
  const record = Buffer.alloc(zipRecords.end.length)
  record.writeUInt32LE(zipRecords.end.signature, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(offset, 16)
  return record
}

// Time in the lower, date in the upper half. The format begins in 1980 and ends in 2107.
function dosTime(time: number): number {
  const date = new Date(Math.min(Math.max(time, Date.UTC(1980) / 1000), Date.UTC(2107, 11, 31) / 1000) * 1000)
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return ((day << 16) | clock) >>> 0
}
