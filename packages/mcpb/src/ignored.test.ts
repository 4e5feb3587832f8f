import {expect, test} from '@jest/globals'
import {bundleFilter} from './ignored'

test.each([
  ['manifest.json', true],
  ['dist/index.js', true],
  ['dist/index.js.map', false],
  ['dist/index.d.ts', false],
  ['package-lock.json', false],
  ['node_modules/.bin/tsc', false],
  ['node_modules/.package-lock.json', false],
  ['.env', false],
  ['config/.env.production', false],
  ['.git/HEAD', false],
  ['older.mcpb', false],
  ['server/lib/x/__pycache__/a.pyc', false],
])('%s goes in: %j', (name, expected) => {
  expect(bundleFilter()(name)).toBe(expected)
})

test('a .mcpbignore leaves more out and brings back', () => {
  const keeps = bundleFilter('# mine\n/test/\n*.md\n!README.md\n!*.map\nmanifest.json\n')
  const names = ['test/a.js', 'src/test/a.js', 'NOTES.md', 'README.md', 'a.js.map', 'manifest.json']
  expect(names.filter(keeps)).toEqual(['src/test/a.js', 'README.md', 'a.js.map', 'manifest.json'])
})
