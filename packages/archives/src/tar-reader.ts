import {createReadStream} from 'node:fs'
import {open} from 'node:fs/promises'
import {PassThrough, Readable, type Transform} from 'node:stream'
import {pipeline} from 'node:stream/promises'
import {createGunzip} from 'node:zlib'
import {extract, type Header} from 'tar-stream'
import {ActionError} from '@mcp-release/action-kit/errors'
import {archiveError} from './archive-error'
import type {ArchiveEntry} from './entry'
import {plainName} from './entry-name'
import {type ArchiveLimits, budget, defaultLimits} from './limits'

/** All entries of a tar or tar.gz file (told apart by their first bytes), in stored order; code `ARCHIVE` when damaged. */
export async function readTar(bytes: Uint8Array, limits: ArchiveLimits = defaultLimits): Promise<ArchiveEntry[]> {
  const entries: ArchiveEntry[] = []
  const account = budget(limits)
  await walk(Readable.from([bytes]), bytes, async (header, body) => {
    account.spend(header.name, header.size)
    const entry = toEntry(header, await collect(body), entries)
    if (entry.name !== '') entries.push(entry)
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
  const start = await firstBytes(path)
  await walk(createReadStream(path), start, async ({name, size, type}, body) => {
    account.spend(name, 0)
    const content = isFile(type) && size <= contentUpTo ? {content: await collect(body)} : await skip(body)
    if (isFile(type)) files.push({name: plainName(name), size, ...content})
  })
  return files
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const {buffer, bytesRead} = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

type Visit = (header: Header, body: AsyncIterable<unknown>) => Promise<void>

async function walk(source: Readable, start: Uint8Array, visit: Visit): Promise<void> {
  const zipped = start[0] === 0x1f && start[1] === 0x8b
  const plain: Transform = zipped ? createGunzip() : new PassThrough()
  const unpacked = extract()
  const visits = async () => {
    for await (const entry of unpacked) await visit(entry.header, entry)
  }
  // A visit that throws also breaks the stream; its own error says more.
  const [visited, read] = await Promise.allSettled([visits(), pipeline(source, plain, unpacked)])
  if (visited.status === 'fulfilled' && read.status === 'fulfilled') return
  const reasons: unknown[] = [visited, read].map(each =>
    each.status === 'rejected' ? (each.reason as unknown) : undefined,
  )
  const own = reasons.find(reason => reason instanceof ActionError)
  if (own !== undefined) throw own
  const reason = reasons.find(each => each instanceof Error)
  throw archiveError(`the tar file is damaged${reason === undefined ? '' : `: ${reason.message}`}`)
}

async function collect(body: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

async function skip(body: AsyncIterable<unknown>): Promise<object> {
  const chunks = body[Symbol.asyncIterator]()
  while ((await chunks.next()).done !== true);
  return {}
}

function isFile(type: Header['type']): boolean {
  return type === 'file' || type === 'contiguous-file'
}

function toEntry(header: Header, content: Uint8Array, before: readonly ArchiveEntry[]): ArchiveEntry {
  const name = plainName(header.name)
  const mode = header.mode & 0o777
  const linkTarget = header.linkname
  if (isFile(header.type)) return {name, mode, kind: 'file', content}
  if (header.type === 'directory') return {name, mode, kind: 'directory', content: new Uint8Array()}
  if (header.type === 'symlink') return {name, mode, kind: 'link', linkTarget, content: new Uint8Array()}
  if (header.type === 'link') {
    const original = before.find(entry => entry.kind === 'file' && entry.name === plainName(linkTarget))
    if (original !== undefined) return {...original, name}
    throw archiveError(
      `${JSON.stringify(header.name)} is a hard link to ${JSON.stringify(linkTarget)}, which is no file before it`,
    )
  }
  throw archiveError(`${JSON.stringify(header.name)} has the type ${header.type}, is neither file, folder nor link`)
}
