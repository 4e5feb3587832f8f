import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {pnpmPatterns} from './lock-files'
import {readWorkspace} from './workspace'

async function lockOf(files: Readonly<Record<string, string>>, folder: string) {
  const host = new FakeHost()
  for (const [name, text] of Object.entries(files)) await host.files.write(name, text)
  await host.files.write(join(folder, 'package.json'), '{}')
  const {locks, root, apart} = await readWorkspace(host, join(host.workspace, folder))
  const [lock] = locks
  const place = root.slice(host.workspace.length + 1)
  return lock === undefined ? `none in ${place}` : `${lock.manager} ${place}/${lock.name}${apart ? ' apart' : ''}`
}

const lock = '{}'

test.each([
  ['its own', {'a/package-lock.json': lock}, 'npm a/package-lock.json'],
  ['none', {}, 'none in a'],
  [
    'that of the root with it as a member',
    {'package-lock.json': lock, 'package.json': '{"workspaces": ["packages/*", "a"]}'},
    'npm /package-lock.json',
  ],
  [
    'that of the root before its own, as npm and pnpm have it',
    {'package-lock.json': lock, 'a/package-lock.json': lock, 'package.json': '{"workspaces": ["a"]}'},
    'npm /package-lock.json',
  ],
  [
    'its own when the root has none',
    {'a/package-lock.json': lock, 'package.json': '{"workspaces": ["a"]}'},
    'npm a/package-lock.json apart',
  ],
  ['none, but a root', {'package.json': '{"workspaces": ["a"]}'}, 'none in '],
  [
    'that of a root with other members',
    {'package-lock.json': lock, 'package.json': '{"workspaces": ["packages/*"]}'},
    'none in a',
  ],
  [
    'that of a root that leaves it out',
    {'yarn.lock': lock, 'package.json': '{"workspaces": {"packages": ["*", "!a"]}}'},
    'none in a',
  ],
  ['that of an unrelated folder around it', {'package-lock.json': lock, 'package.json': '{}'}, 'none in a'],
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
    'catalog:\n  x: 1\npackages:\n  # ours\n  - \'packages/*\' # all\n  - "!**/test/**"\n  - tools\n\nonlyBuiltDependencies:\n  - esbuild\n'
  expect(pnpmPatterns(text)).toEqual(['packages/*', '!**/test/**', 'tools'])
  expect(pnpmPatterns('packages: [a, "b/*"]\n')).toEqual(['a', 'b/*'])
  expect(pnpmPatterns('nothing: 1\n')).toEqual([])
  expect(pnpmPatterns('{')).toEqual([])
})
