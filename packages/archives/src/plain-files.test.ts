import {expect, test} from '@jest/globals'
import type {ArchiveEntry} from './entry'
import {plainFiles} from './plain-files'

const none = new Uint8Array()
const file: ArchiveEntry = {name: 'a/tool', mode: 0o775, kind: 'file', content: Buffer.from('x')}
const link = (name: string, linkTarget: string): ArchiveEntry => ({
  name,
  mode: 0o777,
  kind: 'link',
  linkTarget,
  content: none,
})

test('folders are left out, and modes are those of plain files', () => {
  const folder: ArchiveEntry = {name: 'a', mode: 0o755, kind: 'directory', content: none}
  const data: ArchiveEntry = {...file, name: 'a/data', mode: 0o660}
  expect(plainFiles([folder, file, data]).map(({name, mode}) => [name, mode])).toEqual([
    ['a/tool', 0o755],
    ['a/data', 0o644],
  ])
})

test('a link becomes the file that it points to, also through another link', () => {
  const files = plainFiles([file, link('b/one', '../a/tool'), link('two', 'b/one')])
  expect(files.map(({name, mode, content}) => [name, mode, Buffer.from(content).toString()])).toEqual([
    ['a/tool', 0o755, 'x'],
    ['b/one', 0o755, 'x'],
    ['two', 0o755, 'x'],
  ])
})

test.each([
  ['to nothing', [link('one', 'none')]],
  ['in a circle', [link('one', 'two'), link('two', 'one')]],
  ['that leaves the archive', [link('one', '../x')]],
])('a link %s is refused', (_, entries) => {
  expect(() => plainFiles(entries)).toThrow(expect.objectContaining({code: 'ARCHIVE'}))
})
