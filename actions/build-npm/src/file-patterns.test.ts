import {expect, test} from '@jest/globals'
import {takesFile} from './file-patterns'

// https://docs.npmjs.com/cli/configuring-npm/package-json#files
test.each([
  ['dist', 'dist/a/b.js', true],
  ['./dist/', 'dist/a.js', true],
  ['/dist', 'dist/a.js', true],
  ['dist', 'distant/a.js', false],
  ['dist/*.js', 'dist/a.js', true],
  ['dist/*.js', 'dist/a/b.js', false],
  ['dist/**', 'dist/a/b.js', true],
  ['dist/**/*.js', 'dist/b.js', true],
  ['**/*.d.ts', 'dist/a/b.d.ts', true],
  ['*.{md,txt}', 'README.md', true],
  ['*.{md,txt}', 'README.rst', false],
  ['a[bc].js', 'ab.js', true],
  ['a[!bc].js', 'ab.js', false],
  ['a+b (x).js', 'a+b (x).js', true],
  ['.', 'anything', true],
])('%s takes %s: %p', (pattern, file, taken) => {
  expect(takesFile(pattern, file)).toBe(taken)
})
