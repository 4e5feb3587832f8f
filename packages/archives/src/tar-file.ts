import {createReadStream} from 'node:fs'
import {type FileHandle, open, stat} from 'node:fs/promises'
import {archiveError} from './archive-error'
import type {WriteOptions} from './entry'
import {nameProblem} from './entry-name'
import {headerBlock, padding} from './tar-writer'

/** A file to be put into a tar file: a text, or a file of any size that is streamed. */
export type TarSource = {readonly name: string; readonly text: string} | {readonly name: string; readonly path: string}

/**
 * Writes a tar file of any size with little memory: names in byte order, mode 644, owner 0, one time. The same sources
 * give the same bytes. Names must be ASCII of at most 100 bytes, which all names of image layouts are.
 */
export async function writeTarFile(path: string, sources: readonly TarSource[], {time}: WriteOptions): Promise<void> {
  const file = await open(path, 'w', 0o644)
  try {
    for (const source of sortedSources(sources)) await writeSource(file, source, time)
    await file.write(Buffer.alloc(1024))
  } finally {
    await file.close()
  }
}

function sortedSources(sources: readonly TarSource[]): readonly TarSource[] {
  const sorted = [...sources].sort((a, b) => (a.name < b.name ? -1 : 1))
  sorted.forEach(({name}, at) => {
    const twice = sorted[at - 1]?.name === name ? 'is there twice' : undefined
    const long = /^[\x20-\x7e]{1,100}$/.test(name) ? undefined : 'is longer than 100 bytes or not ASCII'
    const problem = nameProblem(name) ?? twice ?? long
    if (problem !== undefined) throw archiveError(`${JSON.stringify(name)} ${problem}`)
  })
  return sorted
}

async function writeSource(file: FileHandle, source: TarSource, time: number): Promise<void> {
  const content = 'text' in source ? Buffer.from(source.text) : undefined
  const size = content?.length ?? ('path' in source ? (await stat(source.path)).size : 0)
  const header = {name: Buffer.from(source.name), prefix: Buffer.alloc(0), mode: 0o644, type: '0'}
  await file.writeFile(headerBlock({...header, size, time}))
  if (content !== undefined) await file.writeFile(content)
  let written = content?.length ?? 0
  if ('path' in source) {
    for await (const chunk of createReadStream(source.path, {highWaterMark: 2 ** 20})) {
      await file.writeFile(chunk as Buffer)
      written += (chunk as Buffer).length
    }
  }
  if (written !== size) throw archiveError(`${JSON.stringify(source.name)} changed while it was read`)
  await file.writeFile(padding(size))
}
