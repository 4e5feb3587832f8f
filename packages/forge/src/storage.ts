import {createHash} from 'node:crypto'
import {createWriteStream} from 'node:fs'
import {mkdir, mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
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

/** Opens a storage in a directory, or in a temporary one that goes away on close. */
export async function openStorage(given?: string, bytesPerSecond?: number): Promise<Storage> {
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
        await pipeline(source, chunks => measure(chunks, meter, bytesPerSecond), createWriteStream(path(id)))
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
