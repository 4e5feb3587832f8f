import {expect, test} from '@jest/globals'
import {declaredEntries, resolveEntry} from './npm-entries'
import {parseManifest} from './npm-manifest'

const declared = (fields: object) =>
  declaredEntries(parseManifest('package.json', JSON.stringify({name: '@scope/tools', version: '1.0.0', ...fields})))

test('bin, main and exports are declared entries', () => {
  expect(declared({bin: './cli.js', main: 'lib', exports: './index.js'})).toEqual([
    {field: 'bin.tools', target: 'cli.js', use: 'bin'},
    {field: 'main', target: 'lib', use: 'module'},
    {field: 'exports', target: 'index.js', use: 'module'},
  ])
})

test('conditions that Node does not know are for other tools', () => {
  const exports = {
    '.': {source: './src/index.ts', types: './dist/index.d.ts', import: {default: './dist/index.js'}},
    './internal/*': null,
    './x': ['./dist/x.js', 'other-package'],
  }
  expect(declared({exports})).toEqual([
    {field: 'exports["."]["source"]', target: 'src/index.ts', use: 'other'},
    {field: 'exports["."]["types"]', target: 'dist/index.d.ts', use: 'other'},
    {field: 'exports["."]["import"]["default"]', target: 'dist/index.js', use: 'module'},
    {field: 'exports["./x"][0]', target: 'dist/x.js', use: 'module'},
  ])
})

test('a package may declare nothing', () => {
  expect(declared({})).toEqual([])
  expect(declared({bin: {}, main: '', exports: null})).toEqual([])
})

const files = new Set(['dist/index.js', 'dist/a.json', 'lib/b/index.js'])

test.each([
  ['bin.x', 'dist/index.js', 'dist/index.js'],
  ['bin.x', 'dist/index', undefined],
  ['main', 'dist/index', 'dist/index.js'],
  ['main', 'dist', 'dist/index.js'],
  ['main', 'lib/b/', 'lib/b/index.js'],
  ['main', 'dist/a', 'dist/a.json'],
  ['main', '.', undefined],
  ['exports', 'dist/*.js', 'dist/index.js'],
  ['exports', 'src/*.js', undefined],
  ['exports', 'lib/', 'lib/b/index.js'],
])('%s %s is the file %s', (field, target, found) => {
  expect(resolveEntry({field, target, use: 'module'}, files)).toBe(found)
})
