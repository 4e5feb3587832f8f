import {inflateRawSync} from 'node:zlib'
import {archiveError} from './archive-error'
import {crc32} from './crc32'
import type {ArchiveEntry} from './entry'
import {plainName} from './entry-name'
import {type ArchiveLimits, budget, defaultLimits} from './limits'
import {flags, methods, unixTypes, zipRecords} from './zip-format'

/**
 * All entries of a zip file, in stored order. Strict: what two programs could read differently (bytes between the parts,
 * a name that differs between the two headers, a wrong checksum) is refused with code `ARCHIVE`.
 */
export function readZip(bytes: Uint8Array, limits: ArchiveLimits = defaultLimits): ArchiveEntry[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const {count, offset, end} = findEnd(archive)
  const account = budget(limits)
  const entries: ArchiveEntry[] = []
  let at = offset
  for (let index = 0; index < count; index++) {
    const header = readCentral(archive, at)
    // Said sizes may lie; the true ones are bounded by what is left.
    account.spend(header.name, header.size)
    entries.push(toEntry(header, readContent(archive, header)))
    at += header.length
  }
  if (at !== end) throw archiveError('the zip file has bytes that belong to no entry')
  return entries
}

interface CentralHeader {
  readonly name: string
  readonly length: number
  readonly madeBy: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly attributes: number
  readonly offset: number
}

function findEnd(archive: Buffer): {readonly count: number; readonly offset: number; readonly end: number} {
  const {length, signature} = zipRecords.end
  for (let at = archive.length - length; at >= Math.max(0, archive.length - length - 0xffff); at--) {
    if (archive.readUInt32LE(at) !== signature) continue
    if (at + length + archive.readUInt16LE(at + 20) !== archive.length) continue
    const count = archive.readUInt16LE(at + 10)
    const [size, offset] = [archive.readUInt32LE(at + 12), archive.readUInt32LE(at + 16)]
    if (count === 0xffff || offset === 0xffffffff) throw archiveError('the zip file uses zip64, which is not supported')
    if (offset + size !== at) throw archiveError('the directory of the zip file is not where its end record says')
    return {count, offset, end: at}
  }
  throw archiveError('no zip file: it has no end record')
}

function readCentral(archive: Buffer, at: number): CentralHeader {
  const {signature, length} = zipRecords.central
  if (at + length > archive.length || archive.readUInt32LE(at) !== signature)
    throw archiveError('the directory of the zip file is damaged')
  const [nameLength, extra, comment] = [28, 30, 32].map(field => archive.readUInt16LE(at + field)) as [
    number,
    number,
    number,
  ]
  const name = archive.toString('utf8', at + length, at + length + nameLength)
  if ((archive.readUInt16LE(at + 8) & flags.encrypted) !== 0) throw archiveError(`${JSON.stringify(name)} is encrypted`)
  return {
    name,
    length: length + nameLength + extra + comment,
    madeBy: archive.readUInt16LE(at + 4) >> 8,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packedSize: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    attributes: archive.readUInt32LE(at + 38),
    offset: archive.readUInt32LE(at + 42),
  }
}

function readContent(archive: Buffer, header: CentralHeader): Uint8Array {
  const {signature, length} = zipRecords.local
  const said = JSON.stringify(header.name)
  const at = header.offset
  if (at + length > archive.length || archive.readUInt32LE(at) !== signature)
    throw archiveError(`${said} is not where the directory of the zip file says`)
  const nameEnd = at + length + archive.readUInt16LE(at + 26)
  if (archive.toString('utf8', at + length, nameEnd) !== header.name)
    throw archiveError(`${said} has another name in front of its content`)
  const start = nameEnd + archive.readUInt16LE(at + 28)
  if (start + header.packedSize > archive.length) throw archiveError(`${said} is cut off`)
  const content = inflate(archive.subarray(start, start + header.packedSize), header)
  if (content.length !== header.size) throw archiveError(`${said} has not the size that the zip file says`)
  if (crc32(content) !== header.crc) throw archiveError(`${said} has a wrong checksum`)
  return content
}

function inflate(packed: Buffer, {name, method, size}: CentralHeader): Uint8Array {
  if (method === methods.stored) return packed
  if (method !== methods.deflated)
    throw archiveError(`${JSON.stringify(name)} is compressed by method ${method}, which is not supported`)
  try {
    return inflateRawSync(packed, {maxOutputLength: Math.max(size, 1)})
  } catch {
    throw archiveError(`${JSON.stringify(name)} cannot be unpacked to the ${size} bytes that the zip file says`)
  }
}

function toEntry(header: CentralHeader, content: Uint8Array): ArchiveEntry {
  const unix = header.madeBy === 3 ? header.attributes >>> 16 : 0
  const type = unix & unixTypes.mask
  const name = plainName(header.name)
  const isDirectory = header.name.endsWith('/') || type === unixTypes.directory
  const mode = unix & 0o777 || (isDirectory ? 0o755 : 0o644)
  if (isDirectory) return {name, mode, kind: 'directory', content: new Uint8Array()}
  if (type === unixTypes.link) {
    return {name, mode, kind: 'link', linkTarget: Buffer.from(content).toString(), content: new Uint8Array()}
  }
  if (type !== 0 && type !== unixTypes.file)
    throw archiveError(`${JSON.stringify(header.name)} is neither file, folder nor link`)
  return {name, mode, kind: 'file', content}
}
