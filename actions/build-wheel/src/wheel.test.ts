import {expect, test} from '@jest/globals'
import {zip} from '@mcp-release/archives'
import {parseMetadata} from './metadata'
import {consoleScripts, readWheel, wheelName} from './wheel'

test.each([
  ['my_tools-1.0-py3-none-any.whl', {name: 'my_tools', version: '1.0', platform: 'any'}],
  ['a-1.0-1-cp312-abi3-manylinux_2_28_x86_64.whl', {name: 'a', version: '1.0', platform: 'manylinux_2_28_x86_64'}],
  ['a-1.0.tar.gz', undefined],
  ['a-1.0.whl', undefined],
])('the name %s', (name, parts) => {
  expect(wheelName(name)).toEqual(parts)
})

test.each([
  ['py3-none-any', undefined],
  ['cp312-abi3-manylinux_2_28_x86_64', 'linux/amd64'],
  ['py3-none-musllinux_1_2_aarch64', 'linux/arm64'],
  ['py3-none-macosx_11_0_arm64', 'darwin/arm64'],
  ['py3-none-macosx_11_0_universal2', undefined],
  ['py3-none-win_amd64', 'windows/amd64'],
])('the tags %s mean the platform %s', (tags, platform) => {
  const bytes = zip([{name: 'a.py', mode: 0o644, content: Buffer.from('')}], {time: 0})
  expect(readWheel(`a-1.0-${tags}.whl`, bytes, 0).file.platform).toBe(platform)
})

test('console scripts are read from their section alone', () => {
  const text =
    '[other]\nx = y:z\n\n[console_scripts]\n# comment\nserve = a:main\nadmin=a:admin [cli]\n\n[gui_scripts]\ng = a:gui\n'
  expect(consoleScripts(text)).toEqual(['serve', 'admin'])
  expect(consoleScripts('')).toEqual([])
})

test('a long line of brackets in entry_points.txt costs one pass', () => {
  const text = `[console_scripts]\nx = ${' ['.repeat(5_000_000)}\nserve = a:main\n`
  expect(consoleScripts(text)).toEqual(['x', 'serve'])
})

test('metadata: repeated fields, a description in the body', () => {
  const metadata = parseMetadata(
    'Metadata-Version: 2.4\nName: a\nVersion: 1.0\nRequires-Dist: b\nRequires-Dist: c\n\n# Title\n\nText\n',
  )
  expect(metadata).toMatchObject({name: 'a', version: '1.0', description: '# Title\n\nText\n'})
  expect(metadata.field('requires-dist')).toEqual(['b', 'c'])
})

test('metadata: a description as a field with continued lines, and CRLF', () => {
  const text = 'Name: a\r\nVersion: 1.0\r\nDescription: # Title\r\n       |Text\r\nLicense: MIT\r\n'
  expect(parseMetadata(text)).toMatchObject({name: 'a', description: '# Title\nText'})
  expect(parseMetadata(text).field('license')).toEqual(['MIT'])
})
