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

// https://github.com/modelcontextprotocol/mcpb/blob/main/src/node/files.ts: lines are trimmed, and a folder is judged by its
// name without a slash before anything in it.
test.each<readonly [string, readonly string[], readonly string[]]>([
  ['  *.md  \r\n\ttest/\t\r\n', ['a.md', 'test/a.js'], ['a.js']],
  ['  # *.js\n   \n', [], ['a.js']],
  ['test\n!test/\n', ['test/a.js'], ['tests/a.js']],
  ['docs/*\n!docs/keep.md\n', ['docs/a.md', 'docs/a/keep.md'], ['docs/keep.md']],
  ['docs\n!docs/keep.md\n', ['docs/keep.md'], []],
  ['\\#a\n', ['#a'], ['a']],
  ['', ['node_modules/.bin/x', 'a/.env.local', 'x.d.ts'], ['a/node_modules/.bin/x', 'x.d.mts', 'bun.lock']],
])('%j leaves out what the official tool leaves out', (text, out, inside) => {
  expect([...out, ...inside].filter(bundleFilter(text))).toEqual(inside)
})
