import {createHash} from 'node:crypto'
import {inflateRawSync} from 'node:zlib'
import {expect, test} from '@jest/globals'
import {crc32, slowCrc32} from './crc32'
import {deflateAll} from './deflate'

const piece = 512 * 1024
const noise = (size: number) => createHash('shake256', {outputLength: size}).update(String(size)).digest()
const words = (size: number) =>
  Buffer.from(Array.from({length: size / 8 + 1}, (_, at) => `${(at * 7919) % 10007} word `).join('')).subarray(0, size)

test('streams of every size are what Node unpacks, with many contents side by side', () => {
  const sizes = [0, 1, 2, 255, 256, 511, 32_767, 32_769, piece - 1, piece, piece + 1, 2 * piece, 5 * piece + 3]
  const contents = sizes.flatMap(size => [noise(size), words(size), Buffer.alloc(size)])
  const streams = deflateAll(contents)
  expect(streams).toHaveLength(contents.length)
  for (const [at, stream] of streams.entries()) {
    const content = contents[at] as Buffer
    expect(inflateRawSync(stream).equals(content)).toBe(true)
    expect(stream.length).toBeLessThan(content.length + content.length / 1000 + 100)
  }
})

test('the bytes do not depend on how many threads did the work, and when', async () => {
  const contents = [words(3 * piece), noise(100), words(4 * piece)]
  const digest = (streams: readonly Uint8Array[]) =>
    streams.map(stream => createHash('sha256').update(stream).digest('hex'))
  // In pieces that are too small for help, so that this thread does all of it.
  const alone = digest(contents.map(content => deflateAll([content.subarray(0, piece)])[0] as Uint8Array))
  expect(digest(contents.map(content => deflateAll([content.subarray(0, piece)])[0] as Uint8Array))).toEqual(alone)
  const first = digest(deflateAll(contents))
  for (let round = 0; round < 5; round++) {
    // The helpers need a moment until they are there.
    await new Promise(resolve => setTimeout(resolve, 60))
    expect(digest(deflateAll(contents))).toEqual(first)
  }
}, 120_000)

test('matches reach over the border of a piece', () => {
  const once = noise(20_000)
  const [stream] = deflateAll([Buffer.concat([noise(piece - 20_000), once, once])])
  expect(stream?.length).toBeLessThan(piece + 2000)
})

test('the checksum of an older Node is the one that is built in', () => {
  for (const content of [Buffer.alloc(0), noise(1000), words(10_000)]) expect(slowCrc32(content)).toBe(crc32(content))
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
})
