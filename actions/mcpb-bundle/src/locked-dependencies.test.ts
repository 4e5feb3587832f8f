import {readFileSync} from 'node:fs'
import {expect, test} from '@jest/globals'
import {lockedInstallation, nativeDependencies} from '@mcp-release/mcpb/locks'

// Written by npm 11.19.1, pnpm 9.15.9, Yarn 1.22.22, Yarn 4.12.0 and Bun 1.4.5 for the same workspace: packages/server needs
// packages/core, semver 6, and is-number under another name; packages/core needs semver 7.
// In place of the registry they name registry.example.
const fixtures = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn1: 'yarn.lock',
  berry: 'yarn.lock',
  bun: 'bun.lock',
}
const dependencies = {semver: '6.3.0', numbers: 'npm:is-number@7.0.0'}
const packed = {name: '@octo/server', dependencies: {'@octo/core': '^1.0.0', ...dependencies}}
const members = [
  {folder: 'packages/core', fields: {name: '@octo/core', version: '1.0.0', dependencies: {semver: '7.5.1'}}},
]

test.each(Object.entries(fixtures))(
  'the lock file of %s gives exactly its versions, in the same places',
  (manager, name) => {
    const text = readFileSync(new URL(`testing/locks/${manager}-${name}`, import.meta.url), 'utf8')
    const range = ['npm', 'yarn1'].includes(manager) ? '^1.0.0' : 'workspace:^'
    const own = {
      ...packed,
      dependencies: {...dependencies, '@octo/core': range},
      devDependencies: {'left-pad': '1.3.0'},
    }
    const found = lockedInstallation({name, text, folder: 'packages/server'}, {packed, own}, members)
    const {packages = {}} = (found?.lock ?? {}) as {
      readonly packages?: Readonly<Record<string, {version: string; name?: string}>>
    }
    const versions = Object.entries(packages).map(([path, {version}]) => `${path} ${version}`)
    expect(versions.slice(1).sort()).toEqual([
      'node_modules/@octo/core 0.0.0',
      'node_modules/@octo/core/node_modules/semver 7.5.1',
      'node_modules/lru-cache 6.0.0',
      'node_modules/numbers 7.0.0',
      'node_modules/semver 6.3.0',
      'node_modules/yallist 4.0.0',
    ])
    expect(packages['node_modules/numbers']?.name).toBe('is-number')
    expect(found?.unlocked).toEqual({})
    expect(found?.members).toEqual([{name: '@octo/core', folder: 'packages/core', archive: 'octo-core.tgz'}])
  },
)

test('what only developers get is not native for users, and a broken lock file says nothing', () => {
  const packages = {
    '': {},
    'node_modules/a': {version: '1.0.0', dev: true, os: ['linux']},
    'node_modules/b': {version: '1.0.0', devOptional: true, cpu: ['x64']},
  }
  const text = JSON.stringify({lockfileVersion: 3, packages})
  const native = (content: string, fields: object) =>
    nativeDependencies({name: 'package-lock.json', text: content, folder: '.'}, JSON.stringify(fields))
  expect(native(text, {devDependencies: {a: '1', b: '1'}})).toEqual([])
  expect(native(text, {devDependencies: {a: '1'}, optionalDependencies: {b: '1'}})).toEqual(['b'])
  expect(native('{"packages": ', {dependencies: {a: '1'}})).toEqual([])
})
