import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {findLockFile, pnpmPatterns} from './lock-file'

async function lockOf(files: Readonly<Record<string, string>>, folder: string) {
  const host = new FakeHost()
  for (const [name, text] of Object.entries(files)) await host.files.write(name, text)
  await host.files.write(join(folder, 'package.json'), '{}')
  const lock = await findLockFile(host, join(host.workspace, folder))
  return lock === undefined ? undefined : `${lock.manager} ${lock.folder.slice(host.workspace.length + 1)}/${lock.name}`
}

const lock = '{}'

test.each([
  ['its own', {'a/package-lock.json': lock}, 'npm a/package-lock.json'],
  ['none', {}, undefined],
  [
    'that of the root with it as a member',
    {'package-lock.json': lock, 'package.json': '{"workspaces": ["packages/*", "a"]}'},
    'npm /package-lock.json',
  ],
  [
    'that of a root with other members',
    {'package-lock.json': lock, 'package.json': '{"workspaces": ["packages/*"]}'},
    undefined,
  ],
  [
    'that of a root that leaves it out',
    {'yarn.lock': lock, 'package.json': '{"workspaces": {"packages": ["*", "!a"]}}'},
    undefined,
  ],
  ['that of an unrelated folder around it', {'package-lock.json': lock, 'package.json': '{}'}, undefined],
  [
    'that of a pnpm workspace',
    {'pnpm-lock.yaml': lock, 'pnpm-workspace.yaml': 'packages:\n  - a\n'},
    'pnpm /pnpm-lock.yaml',
  ],
])('the lock file of a package: %s', async (_, files, expected) => {
  expect(await lockOf(files as Readonly<Record<string, string>>, 'a')).toBe(expected)
})

test('the list of a pnpm-workspace.yaml', () => {
  const text =
    'catalog:\n  x: 1\npackages:\n  # ours\n  - \'packages/*\' # all\n  - "!**/test/**"\n- tools\n\nonlyBuiltDependencies:\n  - esbuild\n'
  expect(pnpmPatterns(text)).toEqual(['packages/*', '!**/test/**', 'tools'])
  expect(pnpmPatterns('nothing: 1\n')).toEqual([])
})
