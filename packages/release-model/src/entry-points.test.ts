import {expect, test} from '@jest/globals'
import {entryPoints} from './entry-points'

// https://packaging.python.org/en/latest/specifications/entry-points/#file-format
test('entry points are read with their groups', () => {
  const text = `# made by hand
[console_scripts]\r
foo = foomod:main\r
; a comment
  # another
foobar=foomod:main_bar [bar,baz]
bare
[ gui_scripts ]

a = b:c = d
`
  expect(entryPoints(text)).toEqual([
    {group: 'console_scripts', name: 'foo', target: 'foomod:main'},
    {group: 'console_scripts', name: 'foobar', target: 'foomod:main_bar [bar,baz]'},
    {group: 'console_scripts', name: 'bare'},
    {group: 'gui_scripts', name: 'a', target: 'b:c = d'},
  ])
  expect(entryPoints('')).toEqual([])
})

// In square time, each of these lines would take hours: the test would end by Jest's limit.
test.each([
  ['open brackets', ' ['],
  ['closed brackets', '[]'],
  ['blanks before a line separator', ' '.repeat(99) + '\u2028x'],
  ['equals signs', '='],
  ['carriage returns', '\r'],
  ['line feeds and blanks', '\n '],
  ['letters', 'ab'],
])('ten million characters of %s are read in one pass', (_, part) => {
  const long = part.repeat(10_000_000 / part.length)
  expect(entryPoints(`[console_scripts]\na = ${long}\nb = c:d\n`).at(-1)).toMatchObject({name: 'b', target: 'c:d'})
})
