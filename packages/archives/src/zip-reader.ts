import {inflateRawSync} from 'node:zlib'
import {archiveError} from './archive-error'
import {crc32} from './crc32'
import type {ArchiveEntry} from './entry'
import {plainName, shown} from './entry-name'
import {type ArchiveLimits, budget, defaultLimits} from './limits'
import {findDirectory} from './zip-end'
import {dosDirectory, dosSystems, methods, unixSystems, unixTypes} from './zip-format'
import {type CentralHeader, contentStart, readCentral, requireAgreement} from './zip-headers'
import {type PlacedEntry, requireNoGaps} from './zip-layout'

/**
 * All entries of a zip file, in stored order. Strict: what two programs could read differently (bytes between the parts,
 * headers that differ from the directory, names in an unknown encoding, a wrong checksum) is refused with code `ARCHIVE`.
 */
export function readZip(bytes: Uint8Array, limits: ArchiveLimits = defaultLimits): ArchiveEntry[] {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const {count, offset, end} = findDirectory(archive)
  const account = budget(limits)
  const placed: PlacedEntry[] = []
  let at = offset
  for (let index = 0; index < count; index++) {
    const header = readCentral(archive, at)
    // Said sizes may lie; the true ones are bounded by what is left.
    account.spend(header.name, header.size)
    placed.push({header, start: contentStart(archive, header)})
    at += header.length
  }
  if (at !== end) throw archiveError('the zip file has bytes in its directory that belong to no entry')
  requireNoGaps(archive, placed, offset)
  return placed.map(({header, start}) => toEntry(header, readContent(archive, header, start)))
}

function readContent(archive: Buffer, header: CentralHeader, start: number): Uint8Array {
  const content = inflate(archive.subarray(start, start + header.packedSize), header)
  if (content.length !== header.size)
    throw archiveError(`${shown(header.name)} has not the size that the zip file says`)
  if (crc32(content) !== header.crc) throw archiveError(`${shown(header.name)} has a wrong checksum`)
  requireAgreement(archive, header, start)
  return content
}

function inflate(packed: Buffer, {name, method, size}: CentralHeader): Uint8Array {
  if (method === methods.stored) return packed
  if (method !== methods.deflated)
    throw archiveError(`${shown(name)} is compressed by method ${method}, which is not supported`)
  try {
    return inflateRawSync(packed, {maxOutputLength: Math.max(size, 1)})
  } catch {
    throw archiveError(`${shown(name)} cannot be unpacked to the ${size} bytes that the zip file says`)
  }
}

function toEntry(header: CentralHeader, content: Uint8Array): ArchiveEntry {
  const unix = unixSystems.includes(header.madeBy) ? header.attributes >>> 16 : 0
  const type = unix & unixTypes.mask
  const name = plainName(header.name)
  const isDirectory = header.name.endsWith('/')
  const isDosDirectory = dosSystems.includes(header.madeBy) && (header.attributes & dosDirectory) !== 0
  const mode = unix & 0o777 || (isDirectory ? 0o755 : 0o644)
  if (isDirectory || isDosDirectory || type === unixTypes.directory) {
    // For some readers the name tells, for others the mode.
    if (!isDirectory || type === unixTypes.link || content.length > 0)
      throw archiveError(`${shown(header.name)} is a folder by its name or mode, and a file or link by the other`)
    return {name, mode, kind: 'directory', content: new Uint8Array()}
  }
  if (type === unixTypes.link)
    return {name, mode, kind: 'link', linkTarget: target(name, content), content: new Uint8Array()}
  if (type !== 0 && type !== unixTypes.file)
    throw archiveError(`${shown(header.name)} is neither file, folder nor link`)
  return {name, mode, kind: 'file', content}
}

function target(name: string, content: Uint8Array): string {
  const text = Buffer.from(content).toString()
  if (!Buffer.from(text).equals(content) || text.includes('\0'))
    throw archiveError(`${shown(name)} is a link to something that is not UTF-8`)
  return text
}
