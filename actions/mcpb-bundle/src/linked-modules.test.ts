import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {beforeEach, expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {directoryWriter, unpackTo} from '@mcp-release/archives'
import {bundleFilter} from '@mcp-release/mcpb'
import {readFolder} from './folder'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modules-'))
})

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  writeFileSync(join(root, path), content)
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), {recursive: true})
  symlinkSync(relative(dirname(join(root, path)), join(root, target)), join(root, path))
}

/** A package in pnpm's store, with links to what it needs beside it: https://pnpm.io/symlinked-node-modules-structure */
function store(key: string, needs: Readonly<Record<string, string>> = {}): void {
  const name = key.replace(/@[^@]+$/, '')
  const folder = `node_modules/.pnpm/${key.replaceAll('/', '+')}/node_modules`
  const dependencies = Object.fromEntries(Object.keys(needs).map(each => [each, '*']))
  write(`${folder}/${name}/package.json`, JSON.stringify({name, dependencies, main: 'index.js'}))
  const imports = Object.keys(needs).map(each => `require(${JSON.stringify(each)})()`)
  write(
    `${folder}/${name}/index.js`,
    `module.exports = () => [${[JSON.stringify(key), ...imports].join(', ')}].join(' ')`,
  )
  for (const [each, to] of Object.entries(needs)) link(`${folder}/${each}`, stored(to))
}

const stored = (key: string) =>
  `node_modules/.pnpm/${key.replaceAll('/', '+')}/node_modules/${key.replace(/@[^@]+$/, '')}`

async function packed(folder = '.', mcpbignore = '') {
  const host = realHost({GITHUB_WORKSPACE: root})
  const keeps = bundleFilter(mcpbignore)
  const files = await readFolder(host, join(root, folder), {keeps})
  const out = mkdtempSync(join(tmpdir(), 'unpacked-'))
  await unpackTo(
    files.map(file => ({...file, kind: 'file' as const})),
    directoryWriter(out),
  )
  return {
    names: files.map(({name}) => name).sort(),
    start: () => execFileSync(process.execPath, [join(out, 'index.js')], {encoding: 'utf8'}).trim(),
  }
}

const server = (...names: readonly string[]) =>
  `console.log([${names.map(name => `require('${name}')()`).join(', ')}].join(' | '))`

test('a folder that pnpm installed starts from its bundle: each package finds the version that it found', async () => {
  store('shared@1.0.0')
  store('shared@2.0.0')
  store('a@1.0.0', {shared: 'shared@1.0.0'})
  store('@o/b@1.0.0', {shared: 'shared@2.0.0', a: 'a@1.0.0'})
  link('node_modules/a', stored('a@1.0.0'))
  link('node_modules/@o/b', stored('@o/b@1.0.0'))
  // A locked older version at the top beats the newer one that another package has.
  link('node_modules/shared', stored('shared@1.0.0'))
  write('node_modules/.bin/a', '#!/bin/sh\n')
  write('node_modules/.modules.yaml', 'prunedAt: now')
  write('index.js', server('a', '@o/b', 'shared'))
  const expected = 'a@1.0.0 shared@1.0.0 | @o/b@1.0.0 shared@2.0.0 a@1.0.0 shared@1.0.0 | shared@1.0.0'
  expect(execFileSync(process.execPath, [join(root, 'index.js')], {encoding: 'utf8'}).trim()).toBe(expected)
  const {names, start} = await packed()
  expect(start()).toBe(expected)
  expect(names).toEqual([
    'index.js',
    'node_modules/@o/b/index.js',
    'node_modules/@o/b/node_modules/shared/index.js',
    'node_modules/@o/b/node_modules/shared/package.json',
    'node_modules/@o/b/package.json',
    'node_modules/a/index.js',
    'node_modules/a/package.json',
    'node_modules/shared/index.js',
    'node_modules/shared/package.json',
  ])
})

test('circles end, and what .mcpbignore names goes with all that only it needs', async () => {
  store('a@1.0.0', {b: 'b@1.0.0'})
  store('b@1.0.0', {a: 'a@1.0.0'})
  store('dev@1.0.0', {tool: 'tool@1.0.0'})
  store('tool@1.0.0')
  link('node_modules/a', stored('a@1.0.0'))
  link('node_modules/dev', stored('dev@1.0.0'))
  write('index.js', 'console.log(typeof require("a"))')
  const {names, start} = await packed('.', '  node_modules/dev  \r\n')
  expect(names.map(name => name.split('/')[1] ?? name)).toEqual(['index.js', 'a', 'a', 'b', 'b'])
  expect(start()).toBe('function')
})

test('a member of a workspace, its own dependencies and what is generated beside a package come along', async () => {
  store('c@1.0.0')
  store('client@1.0.0')
  write(
    'node_modules/.pnpm/client@1.0.0/node_modules/client/index.js',
    'module.exports = () => require(".generated/x")',
  )
  write('node_modules/.pnpm/client@1.0.0/node_modules/.generated/x/index.js', 'module.exports = "generated"')
  write('packages/core/package.json', JSON.stringify({name: 'core', dependencies: {c: '1.0.0'}}))
  write('packages/core/index.js', 'module.exports = () => require("c")()')
  link('packages/core/node_modules/c', stored('c@1.0.0'))
  write('packages/server/index.js', server('core', 'client'))
  link('packages/server/node_modules/core', 'packages/core')
  link('packages/server/node_modules/client', stored('client@1.0.0'))
  const {names, start} = await packed('packages/server')
  expect(start()).toBe('c@1.0.0 | generated')
  expect(names).toContain('node_modules/core/index.js')
})

test('a link to a folder becomes its files, one that leaves the repository or holds itself is refused', async () => {
  write('shared/assets/a.txt', 'a')
  link('assets', 'shared/assets')
  expect((await packed()).names).toEqual(['assets/a.txt', 'shared/assets/a.txt'])
  link('shared/assets/round', 'shared')
  await expect(packed()).rejects.toMatchObject({code: 'BUNDLE', message: expect.stringContaining('in which it lies')})
  expect((await packed('.', 'round')).names).toEqual(['assets/a.txt', 'shared/assets/a.txt'])
  symlinkSync(tmpdir(), join(root, 'outside'))
  await expect(packed('.', 'round')).rejects.toMatchObject({
    code: 'BUNDLE',
    message: expect.stringContaining('no file or folder of the repository'),
  })
  mkdirSync(join(root, 'node_modules'))
  symlinkSync(mkdtempSync(join(tmpdir(), 'store-')), join(root, 'node_modules/global'))
  await expect(packed('.', 'round\noutside')).rejects.toMatchObject({code: 'BUNDLE'})
})
