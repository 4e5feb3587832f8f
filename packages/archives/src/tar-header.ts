import {archiveError} from './archive-error'

/** The size of everything in tar files. */
export const blockSize = 512

/** A block that stands before the content of an entry, as stored. */
export interface TarHeader {
  readonly name: Buffer
  readonly linkName: Buffer
  readonly type: string
  readonly mode: number
  readonly size: number
}

const zeros = Buffer.alloc(blockSize)

/** Whether a block marks the end. */
export function isZero(block: Buffer): boolean {
  return block.equals(zeros.subarray(0, block.length))
}

/** Whether a block has the checksum of a header: of its bytes, which old writers took for signed ones. */
export function hasChecksum(block: Buffer): boolean {
  let [unsigned, signed] = [0, 0]
  for (let at = 0; at < blockSize; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0)
    unsigned += byte
    signed += byte > 0x7f ? byte - 0x100 : byte
  }
  const said = octal(block.subarray(148, 156))
  return said !== undefined && (said === unsigned || said === signed)
}

/**
 * Reads a header of POSIX (ustar, pax), GNU, star or V7. What names a file is returned as stored, because only those who
 * know the type know its encoding. https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
export function parseHeader(block: Buffer): TarHeader {
  if (!hasChecksum(block)) throw damaged('a header has a wrong checksum')
  const name = text(block.subarray(0, 100))
  const said = JSON.stringify(name.toString())
  const number = (what: string, from: number, to: number) => {
    const value = numeric(block.subarray(from, to))
    if (value === undefined) throw damaged(`${said} has a ${what} that is no number`)
    return value
  }
  const size = number('size', 124, 136)
  if (size < 0) throw damaged(`${said} has the size ${size}`)
  // Not needed, but what other readers refuse is no entry here either.
  number('owner', 108, 116)
  number('group', 116, 124)
  number('time', 136, 148)
  number('device', 329, 337)
  number('device', 337, 345)
  const type = String.fromCharCode(block[156] ?? 0)
  const prefix = prefixOf(block, {type, said})
  return {
    name: prefix.length === 0 ? name : Buffer.concat([prefix, Buffer.from('/'), name]),
    linkName: text(block.subarray(157, 257)),
    type,
    mode: number('mode', 100, 108),
    size,
  }
}

/** The tar file breaks the format. */
export function damaged(reason: string): Error {
  return archiveError(`the tar file is damaged: ${reason}`)
}

// Only POSIX has the folders in front of the name; star has times behind them, GNU has times in their place. A reader that
// does not tell them apart, such as Python's, shows the times as a part of the name.
function prefixOf(block: Buffer, {type, said}: {readonly type: string; readonly said: string}): Buffer {
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0'
  const isStar = isPosix && block.toString('latin1', 508, 512) === 'tar\0'
  if (isPosix) return text(block.subarray(345, isStar ? 476 : 500))
  if (isZero(block.subarray(345, 369)) || 'LKS'.includes(type)) return Buffer.alloc(0)
  throw archiveError(
    `${said} has something in its header that readers take either for folders or for times`,
    'Pack it anew, with tar --format=posix and without --incremental.',
  )
}

/** A text up to its first NUL. */
export function text(field: Buffer): Buffer {
  const end = field.indexOf(0)
  return end === -1 ? field : field.subarray(0, end)
}

/** Octal digits, or the binary number that GNU writes where they do not suffice; `undefined` for anything else. */
function numeric(field: Buffer): number | undefined {
  const first = field[0] ?? 0
  if (first !== 0x80 && first !== 0xff) return octal(field)
  const rest = field.subarray(1)
  const value = rest.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const signed = first === 0xff ? value - 256n ** BigInt(rest.length) : value
  return signed > BigInt(Number.MAX_SAFE_INTEGER) || signed < BigInt(Number.MIN_SAFE_INTEGER)
    ? undefined
    : Number(signed)
}

function octal(field: Buffer): number | undefined {
  const [whole, digits] = /^ *(?:([0-7]+)(?:\0.*|[ \0]*)|[ \0]*)$/s.exec(field.toString('latin1')) ?? []
  return whole === undefined ? undefined : digits === undefined ? 0 : Number.parseInt(digits, 8)
}
