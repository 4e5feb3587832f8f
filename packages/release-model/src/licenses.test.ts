import {mkdirSync, symlinkSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {isLegalFile, isLicenseFile, licenseFiles} from './licenses'

// https://github.com/licensee/licensee/blob/main/docs/what-we-look-at.md, and names of public repositories
test.each([
  ...['LICENSE', 'LICENCE', 'License.txt', 'license.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'LICENSE.Apache-2.0'],
  ...['COPYING', 'COPYING.LESSER', 'UNLICENSE', 'UNLICENSE.txt', 'MIT-LICENSE', 'MIT-LICENSE.txt', 'licence.rst'],
])('%s is a licence', name => {
  expect(isLicenseFile(name)).toBe(true)
})

test.each(['NOTICE', 'NOTICE.txt', 'COPYRIGHT', 'THIRD-PARTY-NOTICES.txt', 'third_party_licenses.md', 'AUTHORS'])(
  '%s goes along with the licence',
  name => {
    expect([isLicenseFile(name), isLegalFile(name)]).toEqual([false, true])
  },
)

test.each(['license.go', 'license_test.go', 'licensing.md', 'notice.py', 'copyingmachine.txt', 'license.json'])(
  '%s is neither',
  name => {
    expect(isLegalFile(name)).toBe(false)
  },
)

async function repository(files: readonly string[]): Promise<FakeHost> {
  const host = new FakeHost()
  for (const file of files) await host.files.write(file, file)
  return host
}

async function namesIn(host: FakeHost, folder: string): Promise<readonly (readonly string[])[]> {
  const found = await licenseFiles(host, join(host.workspace, folder))
  return found.files.map(({name, path}) => [name, path.slice(host.workspace.length + 1)])
}

test('a module in a subfolder has the licence of the repository, unless it has its own', async () => {
  const host = await repository(['COPYING', 'NOTICE', 'src/a/go.mod', 'src/b/LICENSE-MIT', 'src/b/LICENSE-APACHE'])
  expect(await namesIn(host, 'src/a')).toEqual([
    ['COPYING', 'COPYING'],
    ['NOTICE', 'NOTICE'],
  ])
  expect(await namesIn(host, 'src/b')).toEqual([
    ['LICENSE-APACHE', 'src/b/LICENSE-APACHE'],
    ['LICENSE-MIT', 'src/b/LICENSE-MIT'],
    ['NOTICE', 'NOTICE'],
  ])
})

test('links are followed inside the repository alone', async () => {
  const host = await repository(['docs/License.txt', 'a/x', 'b/x', 'c/x'])
  symlinkSync('../docs/License.txt', join(host.workspace, 'a/LICENSE'))
  symlinkSync('/etc/hostname', join(host.workspace, 'b/LICENSE'))
  symlinkSync('nowhere', join(host.workspace, 'c/LICENSE'))
  expect(await namesIn(host, 'a')).toEqual([['LICENSE', 'docs/License.txt']])
  const outside = await licenseFiles(host, join(host.workspace, 'b'))
  expect(outside.files).toEqual([])
  expect(outside.problems).toEqual([expect.stringContaining('b/LICENSE: is a link that leads out of the repository')])
  const broken = await licenseFiles(host, join(host.workspace, 'c'))
  expect(broken.problems).toEqual([expect.stringContaining('c/LICENSE: is a link that leads to no file')])
})

test('the texts in a folder of licences keep their folder', async () => {
  const host = await repository(['LICENSES/MIT.txt', 'licenses/gen.go', 'main.go'])
  expect(await namesIn(host, '.')).toEqual([['LICENSES/MIT.txt', 'LICENSES/MIT.txt']])
})

test('nothing above the repository is looked at', async () => {
  const host = await repository(['LICENSE', 'repo/go.mod'])
  mkdirSync(join(host.workspace, 'repo/.git'))
  expect(await namesIn(host, 'repo')).toEqual([])
})
