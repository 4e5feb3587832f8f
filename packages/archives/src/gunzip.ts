import {Readable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import {archiveError} from './archive-error'

/**
 * What gzip packed, all members of it (RFC 1952, 2.2). Zeros may follow, as tapes have them; anything else behind the last
 * member is refused, because readers differ on whether it is a part of the content.
 */
export async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({chunkSize: 2 ** 18})
  let read = 0
  let lastUsed = 0
  const counted = async function* () {
    for await (const chunk of packed) {
      const used = usedLength(chunk)
      if (used > 0) lastUsed = read + used
      read += chunk.length
      yield chunk
    }
  }
  // Its failure is that of `gunzip`, and is thrown there.
  const feeding = pipeline(Readable.from(counted()), gunzip).catch(() => undefined)
  try {
    for await (const chunk of gunzip) yield chunk as Uint8Array
    await feeding
  } finally {
    gunzip.destroy()
  }
  if (lastUsed > gunzip.bytesWritten) throw archiveError('the gzip file has bytes behind its end')
}

/** The length without the zeros at the end. */
function usedLength(chunk: Uint8Array): number {
  let length = chunk.length
  while (length > 0 && chunk[length - 1] === 0) length -= 1
  return length
}
