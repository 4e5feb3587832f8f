import {Deflate} from 'pako/browser/deflate'

/** Part of a content that is compressed by itself; offsets in bytes. */
export interface Piece {
  /** Which of the contents it is of. */
  readonly owner: number
  /** Where its content begins and ends in the input. */
  readonly content: readonly [begin: number, end: number]
  /** Where the piece itself begins and ends in the input. */
  readonly begin: number
  readonly end: number
  /** Where the output has room for it. */
  readonly room: number
}

/** Contents that several threads compress together, in memory that they share. */
export interface Share {
  readonly input: Uint8Array
  readonly output: Uint8Array
  readonly pieces: readonly Piece[]
  /** How many pieces were taken. */
  readonly taken: Int32Array
  /** Of each piece the length of its output; -1 until it is there. */
  readonly lengths: Int32Array
}

/** Compresses pieces that nobody has taken, until all are taken. */
export function takePieces(share: Share): void {
  for (;;) {
    const at = Atomics.add(share.taken, 0, 1)
    if (at >= share.pieces.length) return
    compressPiece(share, at)
  }
}

/** Compresses one piece. Two threads that do the same one write the same bytes. */
export function compressPiece({input, output, pieces, lengths}: Share, at: number): void {
  const piece = pieces[at] as Piece
  let length = 0
  for (const chunk of deflatePiece(input, piece)) {
    output.set(chunk, piece.room + length)
    length += chunk.length
  }
  Atomics.store(lengths, at, length)
}

// zlib's names for how a stream is left: Z_FINISH, and Z_SYNC_FLUSH.
const finish = 4
const syncFlush = 2
// How far back a match may reach (RFC 1951).
const reach = 32_768

/**
 * The raw deflate stream (RFC 1951) of a piece. It may refer to the bytes before it, and its stream stays open, at the border
 * of a byte, unless it is the last one: the pieces of a content, one after the other, are the stream of the whole.
 */
function deflatePiece(input: Uint8Array, {content: [first, last], begin, end}: Piece): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  const dictionary = input.subarray(Math.max(first, begin - reach), begin)
  const stream = new Deflate({
    raw: true,
    level: 6,
    ...tables(last - first),
    ...(dictionary.length === 0 ? {} : {dictionary}),
  })
  stream.onData = chunk => void chunks.push(chunk)
  if (!stream.push(input.subarray(begin, end), end === last ? finish : syncFlush)) throw new Error(stream.msg)
  return chunks
}

// To set up the tables of a large content takes longer than to compress a small one.
function tables(size: number): {readonly windowBits: number; readonly memLevel: number} {
  const bits = Math.min(15, Math.max(9, Math.ceil(Math.log2(size + 1))))
  return {windowBits: bits, memLevel: bits - 7}
}
