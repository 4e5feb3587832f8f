import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {readZip, zip} from './index'

// PKWARE APPNOTE 6.3; where Go's archive/zip, Python's zipfile and readers that stream differ, an error is expected.
const one = Buffer.from(zip([{name: 'name.txt', mode: 0o755, content: Buffer.from('content')}], {time: 0}))
const central = one.indexOf(Buffer.from('PK\x01\x02', 'latin1'))
const endRecord = one.indexOf(Buffer.from('PK\x05\x06', 'latin1'))

/** The archive with bytes written over it. */
function changed(over: Readonly<Record<number, number>>, from: Buffer = one): Buffer {
  const bytes = Buffer.from(from)
  for (const [at, byte] of Object.entries(over)) bytes[Number(at)] = byte
  return bytes
}

function comment(text: Buffer): Buffer {
  const bytes = Buffer.concat([one, text, Buffer.from('.')])
  bytes.writeUInt16LE(text.length + 1, endRecord + 20)
  return bytes
}

/** Bytes put in before the directory, which moves it. */
function inserted(bytes: Buffer): Buffer {
  const whole = Buffer.concat([one.subarray(0, central), bytes, one.subarray(central)])
  whole.writeUInt32LE(central + bytes.length, endRecord + bytes.length + 16)
  return whole
}

test.each<readonly [string, Buffer, string]>([
  ['a method that differs', changed({8: 8}), 'is packed in another way in front of its content'],
  ['a checksum that differs', changed({14: 0}), 'has other sizes in front of its content'],
  ['a size that differs', changed({22: 9}), 'has other sizes in front of its content'],
  [
    'bytes between content and directory',
    inserted(Buffer.from('hidden')),
    'bytes that belong to no entry, before its directory',
  ],
  [
    'an entry that only streams show',
    inserted(one.subarray(0, central)),
    'bytes that belong to no entry, before its directory',
  ],
  [
    'bytes behind the end',
    Buffer.concat([one, Buffer.from('x')]),
    'it has no end record at its end, but bytes behind one',
  ],
  ['a comment that is cut off', changed({[endRecord + 20]: 9}), 'it has no end record at its end'],
  ['an end record in the comment', comment(one.subarray(endRecord)), 'a second end record in its comment'],
  ['a split archive', changed({[endRecord + 4]: 1}), 'is a part of a split one'],
  ['encryption', changed({[central + 8]: 1}), 'is encrypted'],
  ['a name in an unknown encoding', changed({30: 0xe4, [central + 46]: 0xe4}), 'is not marked as UTF-8'],
  [
    'a name that is not UTF-8',
    changed({7: 8, [central + 9]: 8, 30: 0xe4, [central + 46]: 0xe4}),
    'has a name that is not UTF-8',
  ],
  ['a NUL in a name', changed({31: 0, [central + 47]: 0}), 'contains a NUL byte'],
  ['a folder that only its mode tells', changed({[central + 41]: 0x41}), 'is a folder by its name or mode'],
  [
    'a folder that only DOS tells',
    changed({[central + 5]: 0, [central + 38]: 0x10}),
    'is a folder by its name or mode',
  ],
  ['a folder with a content', changed({37: 0x2f, [central + 53]: 0x2f}), 'is a folder by its name or mode'],
  ['a device', changed({[central + 41]: 0x61}), 'is neither file, folder nor link'],
])('%s is refused', (_, bytes, message) => {
  expect(() => readZip(bytes)).toThrow(
    expect.objectContaining({code: 'ARCHIVE', message: expect.stringContaining(message)}),
  )
})

test('entries that share their content are refused', () => {
  const twice = Buffer.concat([one.subarray(0, endRecord), one.subarray(central)])
  const end = twice.length - 22
  twice.writeUInt16LE(2, end + 8)
  twice.writeUInt16LE(2, end + 10)
  twice.writeUInt32LE(end - central, end + 12)
  expect(() => readZip(twice)).toThrow('overlaps with another entry')
})

test('modes of macOS are those of Unix', () => {
  expect(readZip(changed({[central + 5]: 19}))[0]?.mode).toBe(0o755)
  expect(readZip(changed({[central + 5]: 0}))[0]?.mode).toBe(0o644)
})

test('streams with sizes behind their content, zip64 and many entries, as Python writes them, are read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-reader-'))
  const script = `
import io, sys, zipfile
class Pipe(io.RawIOBase):
    def __init__(self, path): self.file = open(path, "wb")
    def writable(self): return True
    def write(self, data): return self.file.write(data)
for name, large in (("streamed", False), ("streamed64", True)):
    with zipfile.ZipFile(Pipe(sys.argv[1] + "/" + name), "w", zipfile.ZIP_DEFLATED) as archive:
        for each in ("a", "empty"):
            with archive.open(each, "w", force_zip64=large) as entry:
                entry.write(b"" if each == "empty" else b"a" * 5000)
with zipfile.ZipFile(sys.argv[1] + "/zip64", "w") as archive:
    with archive.open("a", "w", force_zip64=True) as entry: entry.write(b"a" * 5000)
    archive.writestr("empty", b"")
with zipfile.ZipFile(sys.argv[1] + "/many", "w") as archive:
    for at in range(66000): archive.writestr(str(at), b"")
`
  execFileSync('python3', ['-c', script, folder])
  const read = (name: string) => readZip(readFileSync(join(folder, name))).map(each => [each.name, each.content.length])
  for (const name of ['streamed', 'streamed64', 'zip64'])
    expect(read(name)).toEqual([
      ['a', 5000],
      ['empty', 0],
    ])
  expect(read('many')).toHaveLength(66_000)
})
