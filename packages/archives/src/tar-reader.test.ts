import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {expect, test} from '@jest/globals'
import {checkedEntries, plainFiles, readTar, tar, tarNames} from './index'
import {headerBlock, padding} from './tar-writer'

// What is expected here is what Go's archive/tar, Python's tarfile and GNU tar make of the same bytes; where they differ, an
// error. https://www.gnu.org/software/tar/manual/html_node/Standard.html,
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
interface Part {
  readonly name: string | Buffer
  readonly type?: string
  readonly content?: string | Buffer
  /** Instead of the length of the content. */
  readonly size?: number
  readonly link?: string
  /** Bytes written over the header. */
  readonly over?: Readonly<Record<number, string>>
}

function part({name, type = '0', content = '', size, link = '', over = {}}: Part): Buffer {
  const body = Buffer.from(content)
  const stored = {name: Buffer.from(name), prefix: Buffer.alloc(0), mode: 0o755, type}
  const header = headerBlock({...stored, size: size ?? body.length, time: 0})
  header.write(link, 157, 'latin1')
  for (const [at, text] of Object.entries(over)) header.write(text, Number(at), 'latin1')
  return Buffer.concat([withChecksum(header), body, padding(body.length)])
}

function withChecksum(header: Buffer): Buffer {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

const end = Buffer.alloc(1024)
const archive = (...parts: readonly Part[]) => Buffer.concat([...parts.map(part), end])
const record = (text: string) => {
  const length = [1, 2, 3, 4, 5, 6]
    .map(digits => text.length + 2 + digits)
    .find(sum => sum === text.length + 2 + `${sum}`.length)
  return `${length ?? 0} ${text}\n`
}
const pax = (...records: readonly string[]): Part => ({name: 'pax', type: 'x', content: records.map(record).join('')})
const after: Part = {name: 'after', content: 'after'}
const v7 = {257: '\0'.repeat(8)}
const gnu = {257: 'ustar  \0'}

async function brief(bytes: Uint8Array): Promise<readonly unknown[]> {
  const entries = await readTar(bytes)
  return entries.map(({name, kind, linkTarget, content}) => [name, kind, linkTarget ?? Buffer.from(content).toString()])
}

const long = 'd'.repeat(150)
test.each<readonly [string, readonly Part[], readonly unknown[]]>([
  // Old writers put the size of the folder in the file system there; nothing follows.
  [
    'a folder with a size',
    [{name: 'd/', type: '5', size: 4096}, after],
    [
      ['d', 'directory', ''],
      ['after', 'file', 'after'],
    ],
  ],
  [
    'a link with a size',
    [{name: 'l', type: '2', link: 'x', size: 9}, after],
    [
      ['l', 'link', 'x'],
      ['after', 'file', 'after'],
    ],
  ],
  [
    'V7 with a folder',
    [
      {name: 'd/', type: '\0', over: v7},
      {...after, type: '\0', over: v7},
    ],
    [
      ['d', 'directory', ''],
      ['after', 'file', 'after'],
    ],
  ],
  ['a contiguous file', [{...after, type: '7'}], [['after', 'file', 'after']]],
  [
    'a hard link',
    [after, {name: 'h', type: '1', link: './after'}],
    [
      ['after', 'file', 'after'],
      ['h', 'file', 'after'],
    ],
  ],
  [
    'a long name of GNU',
    [
      {name: 'L', type: 'L', content: `${long}\0`, over: gnu},
      {...after, over: gnu},
    ],
    [[long, 'file', 'after']],
  ],
  [
    'a long link of GNU',
    [
      {name: 'K', type: 'K', content: `${long}\0`},
      {name: 'l', type: '2'},
    ],
    [['l', 'link', long]],
  ],
  ['records of pax', [pax(`path=${long}`, 'mtime=1.5', 'SCHILY.xattr.user.x=y'), after], [[long, 'file', 'after']]],
  ['a size of pax', [pax('size=+000000000000000005'), {...after, size: 0}], [['after', 'file', 'after']]],
  ['a global comment', [{name: 'g', type: 'g', content: record('comment=0123')}, after], [['after', 'file', 'after']]],
  [
    'the folder itself',
    [
      {name: './', type: '5'},
      {...after, name: './after'},
    ],
    [['after', 'file', 'after']],
  ],
  ['numbers with spaces', [{...after, over: {124: '         5 \0', 100: '   755 \0'}}], [['after', 'file', 'after']]],
  ['a binary number', [{...after, over: {124: `\x80${'\0'.repeat(10)}\x05`}}], [['after', 'file', 'after']]],
])('%s is read', async (_, parts, expected) => {
  expect(await brief(archive(...parts))).toEqual(expected)
})

test.each<readonly [string, readonly Part[], string]>([
  ['a sparse file of GNU', [{...after, type: 'S'}], '"after" is a sparse file'],
  ['a sparse file in pax', [pax('GNU.sparse.major=1', 'GNU.sparse.name=x'), after], '"after" is a sparse file'],
  ['a sparse file of star', [pax('SCHILY.realsize=9'), after], '"after" is a sparse file'],
  [
    'a name that is not UTF-8',
    [{...after, name: Buffer.from('gr\xfc\xdfe', 'latin1')}],
    '"grüße" has a name that is not UTF-8',
  ],
  ['a device', [{name: 'dev', type: '3'}], 'is neither file, folder nor link'],
  ['a volume label', [{name: 'label', type: 'V'}], 'is neither file, folder nor link'],
  // A folder for GNU tar and npm, a file for Go.
  [
    'a file with the name of a folder',
    [{name: 'd/', content: 'x'}],
    'is stored as a file, but has the name of a folder',
  ],
  ['a global name', [{name: 'g', type: 'g', content: record('path=x')}, after], 'a global header that names files'],
  [
    'two names',
    [pax('path=x'), {name: 'L', type: 'L', content: 'y\0'}, after],
    'has two names for one entry, "x" and "y"',
  ],
  ['two headers of pax', [pax('path=x'), pax('path=y'), after], 'two headers of one kind'],
  ['a header without an entry', [after, pax('path=x')], 'it ends behind the header of an entry'],
  // Python takes the times of incremental backups for folders.
  ['times of GNU', [{...after, over: {...gnu, 345: '14722736277\0'}}], 'readers take either for folders or for times'],
  [
    'a long name without an end',
    [{name: 'L', type: 'L', content: 'x'.repeat(512), size: 5}, after],
    'a long name has no end',
  ],
  [
    'a header of pax with another length',
    [{name: 'x', type: 'x', content: '99 path=x\n'}, after],
    'a pax record is not',
  ],
  ['a NUL in a name of pax', [pax('path=a\0b'), after], 'the pax record path is empty or has a NUL'],
  ['a size that is none', [{...after, over: {124: '0000000000x'}}], 'has a size that is no number'],
  ['a negative size', [{...after, over: {124: '\xff'.repeat(12)}}], '"after" has the size -1'],
  ['a hard link to nothing', [{name: 'h', type: '1', link: 'none'}], 'which is no file before it'],
  ['a header of 2 MiB', [{...pax('path=x'), size: 2 ** 21}], 'a header of type x has 2097152 bytes'],
])('%s is refused', async (_, parts, message) => {
  await expect(readTar(archive(...parts))).rejects.toMatchObject({
    code: 'ARCHIVE',
    message: expect.stringContaining(message),
  })
})

const one = part(after)
test.each<readonly [string, Buffer, string | undefined]>([
  ['no end', one, undefined],
  ['half an end', Buffer.concat([one, Buffer.alloc(512)]), undefined],
  ['a last record with whatever in it', Buffer.concat([one, end, Buffer.alloc(5120, 'x')]), undefined],
  ['nothing', Buffer.alloc(0), 'it is empty'],
  ['zeros in between', Buffer.concat([one, Buffer.alloc(512), one, end]), 'a block of zeros between entries'],
  // npm's reader goes on behind the end.
  ['entries behind the end', Buffer.concat([one, end, one, end]), 'it has entries behind its end'],
  ['a part of a header', Buffer.concat([one, one.subarray(0, 100)]), 'it ends inside of a header'],
  ['a part of a content', one.subarray(0, 515), '"after" is cut off'],
  ['members of gzip', Buffer.concat([gzipSync(one), gzipSync(end)]), undefined],
  ['zeros behind gzip', Buffer.concat([gzipSync(archive(after)), Buffer.alloc(9)]), undefined],
  [
    'a member behind these zeros',
    Buffer.concat([gzipSync(archive(after)), Buffer.alloc(9), gzipSync(one)]),
    'bytes behind its end',
  ],
  ['bytes behind gzip', Buffer.concat([gzipSync(archive(after)), Buffer.from('junk')]), 'damaged'],
  ['a part of gzip', gzipSync(archive(after)).subarray(0, -4), 'damaged'],
  ['xz', Buffer.from('fd377a585a000004', 'hex'), 'it is xz'],
])('%s: %j', async (_, bytes, message) => {
  if (message === undefined) expect(await brief(bytes)).toEqual([['after', 'file', 'after']])
  else await expect(readTar(bytes)).rejects.toMatchObject({code: 'ARCHIVE', message: expect.stringContaining(message)})
})

test('hostile names and links need no more time than their length', async () => {
  const slashes = `${'a'.repeat(10)}${'/'.repeat(400_000)}b`
  const deep = Array.from({length: 250_000}, () => 'd').join('/')
  const started = performance.now()
  const entries = await readTar(
    archive(pax(`path=${slashes}`), after, pax(`path=${deep}`), after, {name: 'l', type: '2', link: 'x'}),
  )
  expect(entries.map(({name}) => name.length)).toEqual([slashes.length, deep.length, 1])
  expect(() => checkedEntries(entries)).toThrow('has an empty or a . segment')
  const chain = Array.from({length: 20_000}, (_, at) => ({
    name: `${at}`,
    mode: 0,
    kind: 'link' as const,
    linkTarget: `${at + 1}`,
    content: end,
  }))
  expect(() => plainFiles(chain)).toThrow('which is no file of the archive')
  const hard = archive(
    after,
    ...Array.from({length: 20_000}, (_, at): Part => ({name: `${at}`, type: '1', link: 'after'})),
  )
  expect(await readTar(hard)).toHaveLength(20_001)
  expect(performance.now() - started).toBeLessThan(20_000)
}, 60_000)

test('hard links count as often as they are written', async () => {
  const links = Array.from({length: 9}, (_, at): Part => ({name: `${at}`, type: '1', link: 'after'}))
  const bytes = archive({...after, content: 'x'.repeat(10_000)}, ...links)
  await expect(readTar(bytes, {entries: 100, bytes: 60_000})).rejects.toThrow('unpacks to more than 60000 bytes')
  // Headers are no entries.
  const named = Array.from({length: 9}, () => [pax('path=x'), after]).flat()
  expect(await readTar(archive(...named), {entries: 9, bytes: 60_000})).toHaveLength(9)
})

test('what is refused of an archive is refused of a listed one', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'tar-reader-')), 'a.tar')
  writeFileSync(path, archive(pax('GNU.sparse.major=1'), after))
  await expect(tarNames(path)).rejects.toThrow('sparse')
  writeFileSync(path, gzipSync(tar([{name: 'a', mode: 0o644, content: Buffer.alloc(3_000_000, 'x')}], {time: 0})))
  expect(await tarNames(path)).toEqual([{name: 'a', size: 3_000_000}])
})
