import {createHash} from 'node:crypto'
import {createWriteStream} from 'node:fs'
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Writable} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {setTimeout as sleep} from 'node:timers/promises'

/** Where the bytes of assets lie: one file for each, named by number, never by anything a client sent. */
export interface Storage {
  path(id: number): string
  /** Streams bytes to disk while hashing them; nothing remains when the source breaks off. */
  write(id: number, source: AsyncIterable<Buffer>): Promise<{size: number; digest: string}>
  remove(id: number): Promise<void>
  /** Removes the directory if the storage made it. */
  close(): Promise<void>
}

/** How bytes are stored. */
export interface StorageOptions {
  /** Default: a temporary directory that goes away on close. */
  readonly directory?: string | undefined
  /** How fast one upload is taken. */
  readonly bytesPerSecond?: number | undefined
  /** `false`: bytes are counted and hashed, then forgotten. Default `true`. */
  readonly keep?: boolean | undefined
}

/** Opens a storage in a directory, or in a temporary one that goes away on close. */
export async function openStorage(options: StorageOptions = {}): Promise<Storage> {
  const {directory: given, bytesPerSecond, keep = true} = options
  const directory = given ?? (await mkdtemp(join(tmpdir(), 'forge-')))
  await mkdir(directory, {recursive: true})
  const path = (id: number): string => join(directory, `asset-${id}`)
  const remove = (id: number): Promise<void> => rm(path(id), {force: true})
  return {
    path,
    remove,
    write: async (id, source) => {
      const meter = {hash: createHash('sha256'), size: 0}
      try {
        await pipeline(
          source,
          chunks => measure(chunks, meter, bytesPerSecond),
          keep ? createWriteStream(path(id)) : nowhere(),
        )
      } catch (error) {
        await remove(id)
        throw error
      }
      return {size: meter.size, digest: `sha256:${meter.hash.digest('hex')}`}
    },
    close: async () => {
      if (given === undefined) await rm(directory, {recursive: true, force: true})
    },
  }
}

function nowhere(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
}

interface Meter {
  readonly hash: ReturnType<typeof createHash>
  size: number
}

async function* measure(chunks: AsyncIterable<Buffer>, meter: Meter, bytesPerSecond: number | undefined) {
  const start = performance.now()
  for await (const chunk of chunks) {
    meter.hash.update(chunk)
    meter.size += chunk.length
    const ahead = bytesPerSecond === undefined ? 0 : (meter.size / bytesPerSecond) * 1000 - (performance.now() - start)
    if (ahead > 1) await sleep(ahead)
    yield chunk
  }
}
