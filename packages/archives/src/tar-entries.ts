import {archiveError} from './archive-error'
import type {ByteSource} from './byte-source'
import {shown} from './entry-name'
import type {Budget} from './limits'
import {type PaxRecords, parsePax} from './pax'
import {type TarHeader, blockSize, damaged, hasChecksum, isZero, parseHeader, text} from './tar-header'

/** An entry of a tar file. Exactly one of `content` and `skip` is called before the next entry. */
export interface TarEntry {
  /** As stored. */
  readonly name: string
  readonly kind: 'file' | 'directory' | 'link' | 'hard link'
  readonly linkName: string
  readonly mode: number
  /** Of the content; 0 for all that has none. */
  readonly size: number
}

// What Go takes at most; the longest path of Linux has 4096 bytes.
const longest = 2 ** 20

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  '\0': 'file',
  '0': 'file',
  '7': 'file',
  '1': 'hard link',
  '2': 'link',
  '5': 'directory',
}

/** What stands in front of an entry and belongs to it. */
interface Extras {
  readonly pax?: PaxRecords
  readonly longName?: Buffer
  readonly longLink?: Buffer
}

/** All entries in stored order; `visit` takes the content from the source, or leaves it there. */
export async function eachEntry(
  source: ByteSource,
  {spend, charge}: Budget,
  visit: (entry: TarEntry, body: () => Promise<Buffer>) => Promise<void>,
): Promise<void> {
  let extras: Extras | undefined
  for (let block = await firstBlock(source); !isEnd(block); block = await source.read(blockSize)) {
    const header = wholeHeader(block)
    const more = await readExtra(source, header, {extras: extras ?? {}, charge})
    if (more !== undefined) {
      extras = more
      continue
    }
    const entry = toEntry(header, extras ?? {})
    extras = undefined
    spend(entry.name, entry.kind === 'file' ? entry.size : 0)
    const body = {left: entry.size}
    await visit(entry, () => {
      body.left = 0
      return content(source, entry)
    })
    if ((await source.skip(body.left)) < body.left) throw damaged(`${shown(entry.name)} is cut off`)
    await source.skip(rest(entry.size))
  }
  if (extras !== undefined) throw damaged('it ends behind the header of an entry')
  await requireEnd(source, charge)
}

async function firstBlock(source: ByteSource): Promise<Buffer> {
  const block = await source.read(blockSize)
  if (block.length === 0) throw damaged('it is empty')
  return block
}

function isEnd(block: Buffer): boolean {
  return block.length === 0 || (block.length === blockSize && isZero(block))
}

function wholeHeader(block: Buffer): TarHeader {
  if (block.length < blockSize) throw damaged('it ends inside of a header')
  return parseHeader(block)
}

async function readExtra(
  source: ByteSource,
  {type, size}: TarHeader,
  {extras, charge}: {readonly extras: Extras; readonly charge: Budget['charge']},
): Promise<Extras | undefined> {
  if (!['x', 'g', 'L', 'K'].includes(type)) return undefined
  if (size > longest) throw damaged(`a header of type ${type} has ${size} bytes`)
  charge('a header', size + blockSize)
  const bytes = await content(source, {name: 'a header', size})
  const padding = await source.read(rest(size))
  if (type === 'g') {
    const global = parsePax(bytes)
    // Go shows such a record to its caller, Python applies it to all that follows, GNU to what has none of its own.
    if (Object.keys(global).length > 0 || Object.keys(extras).length > 0)
      throw archiveError('the tar file has a global header that names files, on which readers differ')
    return extras
  }
  // Python reads names up to the first NUL, even behind their size.
  if (type !== 'x' && !bytes.includes(0) && (padding[0] ?? 0) !== 0) throw damaged('a long name has no end')
  const found: Extras =
    type === 'x' ? {pax: parsePax(bytes)} : type === 'L' ? {longName: text(bytes)} : {longLink: text(bytes)}
  // Some readers take the first, others the last.
  if (Object.keys(found).some(key => Object.hasOwn(extras, key)))
    throw archiveError('the tar file has two headers of one kind in front of an entry, on which readers differ')
  return {...extras, ...found}
}

function toEntry(header: TarHeader, {pax = {}, longName, longLink}: Extras): TarEntry {
  const name = decoded(one(pax.path, longName) ?? header.name)
  const linkName = decoded(one(pax.linkpath, longLink) ?? header.linkName)
  if (pax.sparse !== undefined || header.type === 'S')
    throw archiveError(`${shown(name)} is a sparse file, of which the holes are left out`, 'Pack it without --sparse.')
  const kind = kindOf(header, name)
  return {name, kind, linkName, mode: header.mode & 0o777, size: kind === 'file' ? (pax.size ?? header.size) : 0}
}

// V7 knows no folders: their names end in a slash. Everywhere else such a file is a folder for GNU, and none for Go.
function kindOf({type, name: stored, size}: TarHeader, name: string): TarEntry['kind'] {
  const kind = kinds[type]
  if (kind === undefined)
    throw archiveError(`${shown(name)} has the type ${shown(type)}, is neither file, folder nor link`)
  if (kind !== 'file' || (!name.endsWith('/') && stored.at(-1) !== 0x2f)) return kind
  if (type === '\0' && size === 0 && name.endsWith('/') && stored.at(-1) === 0x2f) return 'directory'
  throw archiveError(`${shown(name)} is stored as a file, but has the name of a folder`)
}

function one(first: Buffer | undefined, second: Buffer | undefined): Buffer | undefined {
  if (first !== undefined && second !== undefined && !first.equals(second))
    throw archiveError(
      `the tar file has two names for one entry, ${shown(first.toString())} and ${shown(second.toString())}`,
    )
  return first ?? second
}

const utf8 = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true})

function decoded(name: Buffer): string {
  try {
    return utf8.decode(name)
  } catch {
    throw archiveError(
      `${shown(name.toString('latin1'))} has a name that is not UTF-8, which every reader shows in another way`,
      'Rename the file, or pack it with --format=posix in a UTF-8 locale.',
    )
  }
}

async function content(source: ByteSource, {name, size}: Pick<TarEntry, 'name' | 'size'>): Promise<Buffer> {
  const bytes = await source.read(size)
  if (bytes.length < size) throw damaged(`${shown(name)} is cut off`)
  return bytes
}

function rest(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize
}

// Readers stop at the first block of zeros or need a second one, and npm's goes on behind both.
async function requireEnd(source: ByteSource, charge: Budget['charge']): Promise<void> {
  const second = await source.read(blockSize)
  if (!isZero(second)) throw damaged('it has a block of zeros between entries')
  for (let block = second; block.length === blockSize; block = await source.read(blockSize)) {
    charge('the end', blockSize)
    if (!isZero(block) && hasChecksum(block)) throw damaged('it has entries behind its end')
  }
}
