import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {tar, writeTarFile} from './index'

const folder = mkdtempSync(join(tmpdir(), 'tar-file-'))
const large = join(folder, 'large')
writeFileSync(large, Buffer.alloc(3 * 2 ** 20 + 7, 'x'))

test('a tar file that is streamed has the bytes of one made in memory', async () => {
  const path = join(folder, 'a.tar')
  await writeTarFile(
    path,
    [
      {name: 'b/large', path: large},
      {name: 'a', text: 'hello'},
    ],
    {time: 42},
  )
  const expected = tar(
    [
      {name: 'b/large', mode: 0o644, content: readFileSync(large)},
      {name: 'a', mode: 0o644, content: Buffer.from('hello')},
    ],
    {time: 42},
  )
  expect(readFileSync(path).equals(expected)).toBe(true)
})

test.each(['../a', '/a', 'ä', 'x'.repeat(101)])('the name %j is refused', async name => {
  await expect(writeTarFile(join(folder, 'b.tar'), [{name, text: ''}], {time: 0})).rejects.toMatchObject({
    code: 'ARCHIVE',
  })
})

test('a name that is there twice is refused', async () => {
  const twice = [
    {name: 'a', text: '1'},
    {name: 'a', text: '2'},
  ]
  await expect(writeTarFile(join(folder, 'c.tar'), twice, {time: 0})).rejects.toThrow('"a" is there twice')
})
