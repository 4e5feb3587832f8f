import {chmodSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {forgetFolder, isKept, keepFolder} from './kept-folder'

const root = mkdtempSync(join(tmpdir(), 'kept-folder-'))
const host = realHost({GITHUB_WORKSPACE: root, RUNNER_TEMP: `${root}-temp`})

async function newFolder(name: string): Promise<string> {
  const folder = join(root, name)
  await host.files.write(join(folder, 'bin/tool'), 'tool', 0o755)
  return folder
}

test('a folder is kept as it is, until anything in it is another', async () => {
  const folder = await newFolder('a')
  expect(await isKept(host, folder)).toBe(false)
  await keepFolder(host, folder)
  expect(await isKept(host, folder)).toBe(true)
  chmodSync(join(folder, 'bin/tool'), 0o644)
  expect(await isKept(host, folder)).toBe(false)
  chmodSync(join(folder, 'bin/tool'), 0o755)
  writeFileSync(join(folder, 'more'), '')
  expect(await isKept(host, folder)).toBe(false)
  await forgetFolder(host, folder)
  expect(await isKept(host, folder)).toBe(false)
})

test('what was kept before digests were written down gets one, and is not removed', async () => {
  const folder = await newFolder('b')
  writeFileSync(`${folder}.complete`, '')
  expect(await isKept(host, folder)).toBe(true)
  expect(await isKept(host, folder)).toBe(true)
  writeFileSync(join(folder, 'bin/tool'), 'another')
  expect(await isKept(host, folder)).toBe(false)
})
