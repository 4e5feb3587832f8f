import {mkdtempSync, readFileSync, readdirSync, readlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type ArchiveEntry, directoryWriter, readTar, readZip, tar, tarGz, unpackTo, zip} from './index'

const content = Buffer.from('content')
const file = (name: string): ArchiveEntry => ({name, mode: 0o644, kind: 'file', content})
const link = (name: string, linkTarget: string): ArchiveEntry => ({
  name,
  mode: 0o777,
  kind: 'link',
  linkTarget,
  content: Buffer.alloc(0),
})
const one = [{name: 'name.txt', mode: 0o644, content: Buffer.alloc(5000, 'abc')}] as const

test.each([
  ['an absolute name', [file('/etc/passwd')], 'is an absolute path'],
  ['a drive', [file('C:/x')], 'is an absolute path'],
  ['..', [file('a/../../x')], 'leaves the archive by way of ..'],
  ['a backslash', [file('..\\x')], 'contains a backslash'],
  ['a NUL', [file('a\0b')], 'contains a NUL byte'],
  ['a name twice', [file('a'), file('a')], 'is there twice'],
  // On file systems that ignore case (APFS, NTFS) the second is written over the first.
  ['a name in two cases', [file('d/Read.me'), file('d/read.ME')], 'and "d/Read.me" are one file on macOS and Windows'],
  ['a name in two normalizations', [file('caf\u00e9'), file('cafe\u0301')], 'are one file on macOS and Windows'],
  ['a file and a link that are twins', [link('a', 'b'), file('A')], 'and "a" are one file'],
  ['an absolute link', [link('a', '/etc')], 'is no plain relative path'],
  ['a link that leaves', [link('d/a', '../../x')], 'leaves the archive'],
  ['a link that leaves to the folder above', [link('a', '..')], 'leaves the archive'],
  ['a link with .. behind a name', [link('a', 'b/../../x')], 'is no plain relative path'],
  ['a file behind a link', [link('a', 'b'), file('a/x')], 'lies behind the link "a"'],
  ['a file behind a file', [file('a'), file('a/x')], 'lies behind the file "a"'],
  [
    'a folder behind a file that comes later',
    [{...file('a/d'), kind: 'directory' as const}, file('a')],
    'lies behind the file "a"',
  ],
  ['a file behind a link in other case', [link('a', 'b'), file('A/d/x')], 'lies behind the link "A"'],
])('%s is refused before anything is written', async (_, entries, words) => {
  const root = mkdtempSync(join(tmpdir(), 'hostile-'))
  const attempt = unpackTo([file('fine'), ...entries], directoryWriter(root))
  await expect(attempt).rejects.toMatchObject({code: 'ARCHIVE', message: expect.stringContaining(words)})
  expect(readdirSync(root)).toEqual([])
})

test('harmless entries are written, with links that stay inside', async () => {
  const root = mkdtempSync(join(tmpdir(), 'hostile-'))
  const folder: ArchiveEntry = {name: 'd', mode: 0o755, kind: 'directory', content: Buffer.alloc(0)}
  await unpackTo([folder, file('d/e/f'), link('d/e/l', '../../g'), file('g')], directoryWriter(root))
  expect(readFileSync(join(root, 'd/e/l'), 'utf8')).toBe('content')
  expect(readlinkSync(join(root, 'd/e/l'))).toBe('../../g')
})

test.each(['/abs', '../up', 'a//b', 'a/./b', 'a\\b', '', 'nul\0'])('the writers refuse the name %j', name => {
  const entries = [{name, mode: 0o644, content}] as const
  expect(() => tar(entries, {time: 0})).toThrow(expect.objectContaining({code: 'ARCHIVE'}))
  expect(() => zip(entries, {time: 0})).toThrow(expect.objectContaining({code: 'ARCHIVE'}))
})

test('unpacking stops at the limits', async () => {
  const small = {entries: 10, bytes: 4999}
  const few = {entries: 0, bytes: 1e6}
  const said = {code: 'ARCHIVE', message: expect.stringContaining('name.txt')}
  for (const limits of [small, few]) {
    expect(() => readZip(zip(one, {time: 0}), limits)).toThrow(expect.objectContaining(said))
    await expect(readTar(tarGz(one, {time: 0}), limits)).rejects.toMatchObject(said)
  }
})

test('a zip entry that unpacks to more than it says is refused', () => {
  const lying = Buffer.from(zip(one, {time: 0}))
  const central = lying.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  lying.writeUInt32LE(10, central + 24)
  expect(() => readZip(lying)).toThrow('cannot be unpacked to the 10 bytes')
})

test('a zip file whose headers disagree, with a wrong checksum or strange bytes, is refused', () => {
  const good = Buffer.from(zip(one, {time: 0}))
  const central = good.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
  const renamed = Buffer.from(good)
  renamed.write('other.sh', central + 46)
  expect(() => readZip(renamed)).toThrow('"other.sh" has another name in front of its content')
  const changed = Buffer.from(good)
  changed.writeUInt32LE(1, central + 16)
  expect(() => readZip(changed)).toThrow('"name.txt" has a wrong checksum')
  expect(() => readZip(Buffer.concat([Buffer.from('x'), good]))).toThrow('not where its end record says')
  expect(() => readZip(good.subarray(0, good.length - 3))).toThrow('no zip file')
  expect(() => readZip(Buffer.alloc(0))).toThrow('no zip file')
})

test('a damaged tar file is refused', async () => {
  const good = tar(one, {time: 0})
  const damaged = {code: 'ARCHIVE', message: expect.stringContaining('damaged')}
  await expect(readTar(good.subarray(0, 1000))).rejects.toMatchObject(damaged)
  await expect(readTar(tarGz(one, {time: 0}).subarray(0, 60))).rejects.toMatchObject(damaged)
  await expect(readTar(Buffer.alloc(600, 'x'))).rejects.toMatchObject(damaged)
})

test.each([
  ['a', 'A'],
  ['caf\u00e9', 'cafe\u0301'],
])('%j and %j are not written into one archive', (one, other) => {
  const twins = [one, other].map(name => ({name, mode: 0o644 as const, content}))
  expect(() => zip(twins, {time: 0})).toThrow('are one file on macOS and Windows')
  expect(() => tar(twins, {time: 0})).toThrow('are one file on macOS and Windows')
})

test.each([
  ['Straße.py', 'STRASSE.py'],
  ['\u03c2', '\u03c3'],
  ['\u017f', 's'],
  ['K', '\u212a'],
  ['é', 'e\u0301'],
  ['a.', 'a'],
  ['a ./b', 'a/B'],
])('%j and %j are one file somewhere', (one, other) => {
  const files = [one, other].map(name => ({name, mode: 0o644 as const, content: Buffer.from('x')}))
  expect(() => zip(files, {time: 0})).toThrow('are one file on macOS and Windows')
})

test.each([
  ['a.b', 'ab'],
  ['.a', 'a'],
  ['a/b', 'a b'],
  ['é', 'e'],
])('%j and %j are two files', (one, other) => {
  const files = [one, other].map(name => ({name, mode: 0o644 as const, content: Buffer.from('x')}))
  expect(zip(files, {time: 0}).length).toBeGreaterThan(0)
})
