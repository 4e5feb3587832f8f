import {expect, test} from '@jest/globals'
import {readWheel} from './wheel'

const wheel = (requires: readonly string[], extras?: readonly string[]) => {
  const entry = (name: string, text: string) => ({name, mode: 0o644 as const, content: Buffer.from(text)})
  const metadata = [
    'Metadata-Version: 2.4',
    'Name: notes',
    'Version: 1.0.0',
    ...requires.map(each => `Requires-Dist: ${each}`),
  ]
  const entries = [
    entry('notes-1.0.0.dist-info/METADATA', `${metadata.join('\n')}\n\n`),
    entry('notes-1.0.0.dist-info/entry_points.txt', '[console_scripts]\nnotes = notes:main\n'),
  ]
  return readWheel({kind: 'wheel', file: 'notes-1.0.0-py3-none-any.whl', entries}, undefined, extras).requirements
}

// https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
const requires = [
  'mcp>=1',
  'typer; extra == "cli"',
  "rich>=13 ; extra == 'cli' or extra == 'all'",
  'uvicorn>=0.3; (python_version < "3.14" and extra == "Http_Server")',
  'tomli; python_version < "3.11"',
]

test.each<[readonly string[] | undefined, readonly string[]]>([
  [undefined, ['mcp>=1', 'tomli; python_version < "3.11"']],
  [
    ['cli'],
    ['mcp>=1', 'typer', 'rich>=13; python_version >= "0" or python_version < "0"', 'tomli; python_version < "3.11"'],
  ],
  [
    ['http-server'],
    ['mcp>=1', 'uvicorn>=0.3; (python_version < "3.14" and python_version >= "0")', 'tomli; python_version < "3.11"'],
  ],
])('with the extras %j, a bundle has what those bring, and nothing of others', (extras, expected) => {
  expect(wheel(requires, extras)).toEqual(expected)
})

test.each([
  ['name', 'x'.repeat(10_000_000)],
  ['target', `x = ${'y'.repeat(10_000_000)}`],
  ['target of blanks', `x = y${' '.repeat(10_000_000)}z`],
])('a long %s in entry_points.txt costs one pass', (_, line) => {
  const entry = (name: string, text: string) => ({name, mode: 0o644 as const, content: Buffer.from(text)})
  const entries = [
    entry('a-1.dist-info/METADATA', 'Metadata-Version: 2.4\nName: a\nVersion: 1\n\n'),
    entry('a-1.dist-info/entry_points.txt', `[console_scripts]\n${line}\na = b : c [d]\n`),
  ]
  expect(readWheel({kind: 'wheel', file: 'a-1-py3-none-any.whl', entries})).toMatchObject({command: 'a', target: 'b:c'})
})
