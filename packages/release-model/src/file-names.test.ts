import {expect, test} from '@jest/globals'
import {fileName} from './artifact'
import {formatChecksums, parseChecksums} from './checksums'
import {archiveName, npmTarballName, pureWheelName, sdistName} from './file-names'

test('files have the names that their tools give them', () => {
  expect(pureWheelName('My.Server-Tools', '1.0.0rc1')).toBe('my_server_tools-1.0.0rc1-py3-none-any.whl')
  expect(sdistName('My.Server-Tools', '1.0.0')).toBe('my_server_tools-1.0.0.tar.gz')
  expect(npmTarballName('@scope/name', '1.0.0')).toBe('scope-name-1.0.0.tgz')
  expect(archiveName('server', '1.0.0', 'windows/arm64')).toBe('server_1.0.0_windows_arm64.zip')
  expect(archiveName('server', '1.0.0', 'linux/amd64')).toBe('server_1.0.0_linux_amd64.tar.gz')
})

test.each(['../x', '.hidden', 'a b', 'a/b', 'a\\b', 'a\nb', '-x', 'a$b', ''])('%j is no plain file name', name => {
  expect(fileName.safeParse(name).success).toBe(false)
})

test('checksums are sorted, and read as they were written', () => {
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  const text = formatChecksums([
    {name: 'z', sha256: a},
    {name: 'a', sha256: b},
  ])
  expect(text).toBe(`${b}  a\n${a}  z\n`)
  expect(parseChecksums(`${text}nonsense\n`)).toEqual([{name: 'a', sha256: b}, {name: 'z', sha256: a}, undefined])
})
