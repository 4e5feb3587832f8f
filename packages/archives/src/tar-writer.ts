import {crc32} from './crc32'
import {deflateAll} from './deflate'
import type {ArchiveFile, WriteOptions} from './entry'
import {sortedFiles} from './entry-name'

const block = 512

/**
 * A tar file (POSIX ustar, pax records where ustar cannot hold a name): names in byte order, owner 0 without a name,
 * one time. The same entries give the same bytes everywhere.
 */
export function tar(entries: readonly ArchiveFile[], {time}: WriteOptions): Uint8Array {
  const parts: Uint8Array[] = []
  for (const {file, name} of sortedFiles(entries)) {
    const place = ustarName(name)
    if (place === undefined) {
      const record = paxRecord('path', file.name)
      const header = {name: Buffer.from('PaxHeaders/path'), prefix: Buffer.alloc(0), mode: 0o644, type: 'x'}
      parts.push(headerBlock({...header, size: record.length, time}), record, padding(record.length))
    }
    const stored = place ?? {name: name.subarray(0, 100), prefix: Buffer.alloc(0)}
    parts.push(headerBlock({...stored, mode: file.mode, size: file.content.length, time, type: '0'}))
    parts.push(file.content, padding(file.content.length))
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

// RFC 1952: deflate, no flags, no time, no word on the level, made on Unix.
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])

/** A tar file in gzip without name and time. The same entries give the same bytes everywhere. */
export function tarGz(entries: readonly ArchiveFile[], options: WriteOptions): Uint8Array {
  const content = tar(entries, options)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(content), 0)
  trailer.writeUInt32LE(content.length % 2 ** 32, 4)
  return Buffer.concat([gzipHeader, ...deflateAll([content]), trailer])
}

/** What differs between the headers of a written tar file. */
export interface Header {
  readonly name: Buffer
  readonly prefix: Buffer
  readonly mode: number
  readonly size: number
  readonly time: number
  readonly type: string
}

/** One block that stands before the content of an entry. */
export function headerBlock({name, prefix, mode, size, time, type}: Header): Buffer {
  const header = Buffer.alloc(block)
  name.copy(header, 0)
  octal(header, mode, {at: 100, digits: 7})
  octal(header, 0, {at: 108, digits: 7})
  octal(header, 0, {at: 116, digits: 7})
  octal(header, size, {at: 124, digits: 11})
  octal(header, time, {at: 136, digits: 11})
  header.fill(' ', 148, 156)
  header.write(type, 156, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  octal(header, 0, {at: 329, digits: 7})
  octal(header, 0, {at: 337, digits: 7})
  prefix.copy(header, 345)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

function octal(header: Buffer, value: number, field: {readonly at: number; readonly digits: number}): void {
  const text = value.toString(8).padStart(field.digits, '0')
  if (!Number.isSafeInteger(value) || value < 0 || text.length > field.digits)
    throw new RangeError(`${value} does not fit into a tar header`)
  header.write(`${text}\0`, field.at, 'latin1')
}

// ustar has 100 bytes for the name and 155 for the folders before it, and no word on their encoding.
function ustarName(name: Buffer): {readonly name: Buffer; readonly prefix: Buffer} | undefined {
  if (name.some(byte => byte > 0x7e || byte < 0x20)) return undefined
  if (name.length <= 100) return {name, prefix: Buffer.alloc(0)}
  const slash = name.indexOf('/', name.length - 101)
  if (slash < 1 || slash > 155) return undefined
  return {name: name.subarray(slash + 1), prefix: name.subarray(0, slash)}
}

// "LENGTH KEY=VALUE\n", where the length counts itself.
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`)
  let length = rest.length
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return Buffer.concat([Buffer.from(String(length)), rest])
}

/** What fills the last block of a content of that size. */
export function padding(size: number): Buffer {
  return Buffer.alloc((block - (size % block)) % block)
}
