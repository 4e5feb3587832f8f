import {lstat, mkdir, mkdtemp, readdir, realpath, rm, utimes, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {actFolder} from './act-folder'

test('a checkout has one folder with its tools; remnants of killed runs go away after a day', async () => {
  const checkout = await mkdtemp(join(tmpdir(), 'act-folder-'))
  const folder = await actFolder(checkout)
  const [old, recent] = [join(folder, '0123456789abcdef'), join(folder, 'fedcba9876543210')]
  await mkdir(old)
  await mkdir(recent)
  await utimes(old, new Date(0), new Date(0))
  await writeFile(join(folder, 'tool_cache', 'tool'), '')

  expect(await actFolder(checkout)).toBe(folder)
  expect((await readdir(folder)).sort()).toEqual(['fedcba9876543210', 'tool_cache'])
  expect(await realpath(join(folder, 'tool_cache'))).toBe(await realpath(join(checkout, '.cache/tool-cache')))
  expect((await lstat(folder)).mode & 0o077).toBe(0)
  expect(folder.startsWith(checkout)).toBe(false)
  await rm(folder, {recursive: true})
})
