/** The part of a universal binary for one processor. */
export interface Slice {
  readonly cpu: number
  readonly subtype: number
  /** A whole Mach-O file. */
  readonly content: Buffer
}

const magic = 0xcafebabe
// What lipo uses for both processors: the page of Apple's arm64, by which a signed part must be aligned.
const alignment = 14

/**
 * One executable for both processors of macOS: a header and the two files behind it, each as it was built and signed
 * (mach-o/fat.h of Apple's cctools: `fat_header`, `fat_arch`; numbers are big-endian).
 */
export function universalBinary(files: readonly Uint8Array[]): Uint8Array {
  const slices = files.map(readSlice).sort((one, other) => one.cpu - other.cpu)
  const page = 2 ** alignment
  const header = Buffer.alloc(8 + slices.length * 20)
  header.writeUInt32BE(magic, 0)
  header.writeUInt32BE(slices.length, 4)
  const parts: Buffer[] = [header]
  let end = header.length
  for (const [index, {cpu, subtype, content}] of slices.entries()) {
    const offset = Math.ceil(end / page) * page
    const fields = [cpu, subtype, offset, content.length, alignment]
    for (const [field, value] of fields.entries()) header.writeUInt32BE(value, 8 + index * 20 + field * 4)
    parts.push(Buffer.alloc(offset - end), content)
    end = offset + content.length
  }
  return Buffer.concat(parts)
}

function readSlice(file: Uint8Array): Slice {
  const content = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (content.length < 32 || content.readUInt32LE(0) !== 0xfeedfacf) throw new RangeError('is not a Mach-O file')
  return {cpu: content.readUInt32LE(4), subtype: content.readUInt32LE(8), content}
}

/** The parts of a universal binary; throws a `RangeError` when it is damaged. */
export function fatSlices(file: Buffer): readonly Slice[] {
  const count = file.readUInt32BE(4)
  // The same magic begins Java classes, whose version stands here and is larger.
  if (count === 0 || count > 8) throw new RangeError('is not a universal binary')
  return Array.from({length: count}, (_, index) => {
    const at = 8 + index * 20
    const [offset, size] = [file.readUInt32BE(at + 8), file.readUInt32BE(at + 12)]
    if (offset + size > file.length) throw new RangeError('a part lies outside the file')
    return readSlice(file.subarray(offset, offset + size))
  })
}
