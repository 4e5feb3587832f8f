import {createReadStream} from 'node:fs'
import {open} from 'node:fs/promises'
import {Readable} from 'node:stream'
import {ActionError} from '@mcp-release/action-kit/errors'
import {archiveError} from './archive-error'
import {ByteSource} from './byte-source'
import type {ArchiveEntry} from './entry'
import {plainName, shown} from './entry-name'
import {gunzipped} from './gunzip'
import {type ArchiveLimits, type Budget, budget, defaultLimits} from './limits'
import {type TarEntry, eachEntry} from './tar-entries'

/** All entries of a tar or tar.gz file (told apart by their first bytes), in stored order; code `ARCHIVE` when damaged. */
export async function readTar(bytes: Uint8Array, limits: ArchiveLimits = defaultLimits): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  const files = new Map<string, ArchiveEntry>()
  const account = budget(limits)
  await walk({chunks: Readable.from([bytes]), start: bytes, account}, async (stored, body) => {
    const entry = stored.kind === 'hard link' ? repeated(stored, {files, account}) : toEntry(stored, await body())
    if (entry.name !== '') entries.push(entry)
    if (entry.kind === 'file') files.set(entry.name, entry)
  })
  return entries
}

/** A file inside a tar file that was only listed. */
export interface ListedFile {
  readonly name: string
  readonly size: number
  /** Only of files up to the size that was asked for. */
  readonly content?: Uint8Array
}

/**
 * The files of a tar or tar.gz file of any size, read as a stream: names and sizes of all, contents of the small ones.
 * For image archives, whose indexes are small and whose layers are large.
 */
export async function tarNames(
  path: string,
  {contentUpTo = 2 ** 20, entries = defaultLimits.entries}: {contentUpTo?: number; entries?: number} = {},
): Promise<ListedFile[]> {
  const files: ListedFile[] = []
  const account = budget({entries, bytes: Infinity})
  const chunks = createReadStream(path, {highWaterMark: 2 ** 18})
  await walk({chunks, start: await firstBytes(path), account}, async ({name, kind, size}, body) => {
    if (kind !== 'file') return
    const content = size <= contentUpTo ? {content: await body()} : {}
    files.push({name: plainName(name), size, ...content})
  })
  return files
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(8), 0, 8, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

interface Input {
  readonly chunks: AsyncIterable<Uint8Array>
  /** The first bytes, which say how it is compressed. */
  readonly start: Uint8Array
  readonly account: Budget
}

async function walk({chunks, start, account}: Input, visit: Parameters<typeof eachEntry>[2]): Promise<void> {
  const zipped = start[0] === 0x1f && start[1] === 0x8b
  const source = new ByteSource(zipped ? gunzipped(chunks) : chunks)
  try {
    await eachEntry(source, account, visit)
  } catch (error) {
    throw error instanceof ActionError ? withCompression(error, start) : damagedBy(error)
  } finally {
    await source.close()
  }
}

// What zlib says of the stream.
function damagedBy(error: unknown): Error {
  return archiveError(`the tar file is damaged: ${error instanceof Error ? error.message : String(error)}`)
}

const compressions = [
  {name: 'bzip2', magic: '425a68'},
  {name: 'xz', magic: 'fd377a585a00'},
  {name: 'zstd', magic: '28b52ffd'},
  {name: 'a zip file', magic: '504b0304'},
] as const

function withCompression(error: ActionError, start: Uint8Array): ActionError {
  const found = Buffer.from(start.subarray(0, 8)).toString('hex')
  const other = compressions.find(({magic}) => found.startsWith(magic))
  return other === undefined
    ? error
    : archiveError(`the tar file is damaged: it is ${other.name}`, 'Pack it as tar or tar.gz.')
}

function toEntry({name: stored, kind, mode, linkName}: TarEntry, content: Uint8Array): ArchiveEntry {
  const name = plainName(stored)
  if (kind === 'link') return {name, mode, kind, linkTarget: linkName, content}
  return {name, mode, kind: kind === 'directory' ? kind : 'file', content}
}

/** A hard link, which is the file that it repeats. */
function repeated(
  {name, linkName}: TarEntry,
  {files, account}: {readonly files: ReadonlyMap<string, ArchiveEntry>; readonly account: Budget},
): ArchiveEntry {
  const original = files.get(plainName(linkName))
  if (original === undefined)
    throw archiveError(`${shown(name)} is a hard link to ${shown(linkName)}, which is no file before it`)
  // Whoever writes it writes the content again.
  account.charge(name, original.content.length)
  return {...original, name: plainName(name)}
}
