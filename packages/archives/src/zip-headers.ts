import {archiveError} from './archive-error'
import {crc32} from './crc32'
import {shown} from './entry-name'
import {number64} from './zip-end'
import {extras, flags, newestVersion, zipRecords} from './zip-format'

/** What the directory of a zip file says of an entry. */
export interface CentralHeader {
  readonly name: string
  /** As stored. */
  readonly rawName: Buffer
  /** Of the header with all that belongs to it. */
  readonly length: number
  readonly madeBy: number
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly attributes: number
  readonly offset: number
}

/** Reads the header at a place in the directory. */
export function readCentral(archive: Buffer, at: number): CentralHeader {
  const {signature, length} = zipRecords.central
  if (at + length > archive.length || archive.readUInt32LE(at) !== signature)
    throw archiveError('the directory of the zip file is damaged')
  const [nameLength = 0, extraLength = 0, comment = 0] = [28, 30, 32].map(field => archive.readUInt16LE(at + field))
  const end = at + length + nameLength + extraLength + comment
  if (end > archive.length) throw archiveError('the directory of the zip file is damaged')
  const rawName = archive.subarray(at + length, at + length + nameLength)
  const flagBits = archive.readUInt16LE(at + 8)
  const extra = archive.subarray(at + length + nameLength, end - comment)
  const name = decodedName(rawName, {marked: (flagBits & flags.utf8) !== 0, extra})
  if (!isWhole(extra)) throw archiveError(`${shown(name)} has a damaged extra field`)
  const sizes = largeFields(
    name,
    extra,
    [24, 20, 42].map(field => archive.readUInt32LE(at + field)),
  )
  if ((flagBits & (flags.encrypted | flags.strong | flags.masked)) !== 0)
    throw archiveError(`${shown(name)} is encrypted`)
  const needed = archive.readUInt16LE(at + 6) & 0xff
  if (needed > newestVersion) throw archiveError(`${shown(name)} needs version ${needed / 10} of the zip format`)
  if ((flagBits & flags.patched) !== 0) throw archiveError(`${shown(name)} is a patch, not a file`)
  const [size = 0, packedSize = 0, offset = 0] = sizes
  return {
    name,
    rawName,
    length: end - at,
    madeBy: archive.readUInt16LE(at + 4) >> 8,
    flags: flagBits,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packedSize,
    size,
    attributes: archive.readUInt32LE(at + 38),
    offset,
  }
}

/** Where the content of an entry begins, behind a local header of the same name. */
export function contentStart(archive: Buffer, {name, rawName, offset: at, packedSize}: CentralHeader): number {
  const {signature, length} = zipRecords.local
  if (at + length > archive.length || archive.readUInt32LE(at) !== signature)
    throw archiveError(`${shown(name)} is not where the directory of the zip file says`)
  const nameEnd = at + length + archive.readUInt16LE(at + 26)
  const start = nameEnd + archive.readUInt16LE(at + 28)
  if (!archive.subarray(at + length, nameEnd).equals(rawName))
    throw archiveError(`${shown(name)} has another name in front of its content`)
  if (start + packedSize > archive.length) throw archiveError(`${shown(name)} is cut off`)
  return start
}

/** Readers that stream believe the local header, all others the directory; both must say the same. */
export function requireAgreement(archive: Buffer, header: CentralHeader, start: number): void {
  const {name, offset: at, crc} = header
  const flagBits = archive.readUInt16LE(at + 6)
  const decisive = flags.encrypted | flags.descriptor | flags.utf8
  if (archive.readUInt16LE(at + 8) !== header.method || ((flagBits ^ header.flags) & decisive) !== 0)
    throw archiveError(`${shown(name)} is packed in another way in front of its content than the directory says`)
  const nameEnd = at + zipRecords.local.length + header.rawName.length
  const small = [22, 18].map(field => archive.readUInt32LE(at + field))
  const sizes = largeFields(name, archive.subarray(nameEnd, start), small)
  const said = archive.readUInt32LE(at + 14)
  const same = said === crc && sizes[0] === header.size && sizes[1] === header.packedSize
  // Written before the sizes were known; those stand behind the content.
  const streamed = (flagBits & flags.descriptor) !== 0
  if (same || (streamed && said === 0 && sizes.every(each => each === 0 || each === 0xffffffff))) return
  throw archiveError(`${shown(name)} has other sizes in front of its content than the directory says`)
}

// Each stands there only where the small field cannot hold it, in this order: size, packed size, offset.
function largeFields(name: string, extra: Buffer, small: readonly number[]): readonly number[] {
  const large = extraField(extra, extras.zip64)
  let at = 0
  return small.map(value => {
    if (value !== 0xffffffff || large === undefined) return value
    const found = at + 8 > large.length ? undefined : number64(large, at)
    if (found === undefined) throw archiveError(`${shown(name)} has no size or place in its zip64 field`)
    at += 8
    return found
  })
}

// Fields of four bytes and more; Java leaves fewer behind them.
function isWhole(extra: Buffer): boolean {
  let at = 0
  while (at + 4 <= extra.length) at += 4 + extra.readUInt16LE(at + 2)
  return at <= extra.length
}

function extraField(extra: Buffer, wanted: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === wanted) return extra.subarray(at + 4, Math.min(end, extra.length))
    at = end
  }
  return undefined
}

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

function decodedName(raw: Buffer, {marked, extra}: {readonly marked: boolean; readonly extra: Buffer}): string {
  const said = shown(raw.toString('latin1'))
  const hint = 'Pack it with a program that marks names as UTF-8, or rename the file.'
  if (!marked && raw.some(byte => byte > 0x7f))
    throw archiveError(`${said} has a name that is not marked as UTF-8, which every reader shows in another way`, hint)
  const unicode = extraField(extra, extras.unicodePath)
  // Of Info-ZIP: version, CRC-32 of the plain name, the name. Readers that know it take it instead.
  const isMeant =
    unicode !== undefined && unicode.length > 5 && unicode[0] === 1 && unicode.readUInt32LE(1) === crc32(raw)
  if (isMeant && !unicode.subarray(5).equals(raw)) throw archiveError(`${said} has a second name in another field`)
  if (raw.includes(0)) throw archiveError(`${said} contains a NUL byte, at which some readers end it`)
  try {
    return utf8.decode(raw)
  } catch {
    throw archiveError(`${said} has a name that is not UTF-8`, hint)
  }
}
