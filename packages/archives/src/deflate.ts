import {availableParallelism} from 'node:os'
import {Worker} from 'node:worker_threads'
import {deflateWorker} from './deflate-worker.gen'
import {type Piece, type Share, compressPiece, takePieces} from './deflate-share'

// Part of what the bytes depend on, unlike the number of threads.
const pieceSize = 512 * 1024
/** Less than this is done before a thread could begin. */
const worthHelp = 1024 * 1024
const mostHelpers = 7

/**
 * The raw deflate stream (RFC 1951) of each content, on all processors. The same content gives the same bytes everywhere:
 * compressed in JavaScript, because the zlib inside Node picks its matches by the features of the CPU.
 */
export function deflateAll(contents: readonly Uint8Array[]): readonly Uint8Array[] {
  const share = shareOf(contents)
  if (share.input.length >= worthHelp) for (const helper of theHelpers()) helper.postMessage(share)
  takePieces(share)
  // What a helper has not finished is done here as well, rather than waited for.
  for (const at of share.pieces.keys()) if (Atomics.load(share.lengths, at) < 0) compressPiece(share, at)
  const streams: Uint8Array[][] = contents.map(() => [])
  for (const [at, {owner, room}] of share.pieces.entries())
    streams[owner]?.push(share.output.subarray(room, room + Atomics.load(share.lengths, at)))
  return streams.map(parts => Buffer.concat(parts))
}

function shareOf(contents: readonly Uint8Array[]): Share {
  const size = contents.reduce((total, {length}) => total + length, 0)
  const input = new Uint8Array(new SharedArrayBuffer(size))
  const pieces: Piece[] = []
  let [at, room] = [0, 0]
  for (const [owner, bytes] of contents.entries()) {
    input.set(bytes, at)
    const content = [at, at + bytes.length] as const
    do {
      const end = Math.min(at + pieceSize, content[1])
      pieces.push({owner, content, begin: at, end, room})
      room += mostOf(end - at)
      at = end
    } while (at < content[1])
  }
  return {
    input,
    pieces,
    output: new Uint8Array(new SharedArrayBuffer(room)),
    taken: new Int32Array(new SharedArrayBuffer(4)),
    lengths: new Int32Array(new SharedArrayBuffer(4 * pieces.length)).fill(-1),
  }
}

// More than zlib's bound for any table size.
const mostOf = (size: number): number => size + (size >> 3) + 64

let helpers: readonly Worker[] | undefined

// They stay, since they get faster with time, and never keep the process from ending.
function theHelpers(): readonly Worker[] {
  helpers ??= Array.from({length: Math.min(availableParallelism() - 1, mostHelpers)}, () => {
    const helper = new Worker(deflateWorker, {eval: true})
    // Without it, this thread does the work alone.
    helper.on('error', () => undefined)
    helper.unref()
    return helper
  })
  return helpers
}
