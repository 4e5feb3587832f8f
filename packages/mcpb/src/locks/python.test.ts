import {expect, test} from '@jest/globals'
import {constraintOf, lockDifferences, lockedNames, lockedReleases} from './python'

const constraints = (file: string, text: string) => lockedReleases(file, text).map(constraintOf)

// As uv 0.9 writes it, with two versions for two ranges of Python.
const uv = `version = 1
[[package]]
name = "Acme_Server"
version = "1.0.0"
source = { editable = "." }
[[package]]
name = "mcp"
version = "1.6.0"
source = { registry = "https://example.com/simple" }
[[package]]
name = "numpy"
version = "2.2.6"
source = { registry = "https://example.com/simple" }
resolution-markers = ["python_full_version < '3.11' and sys_platform == 'win32'", "python_full_version < '3.11' and sys_platform != 'win32'"]
[[package]]
name = "numpy"
version = "2.3.5"
source = { registry = "https://example.com/simple" }
resolution-markers = ["python_full_version >= '3.11'"]
[[package]]
name = "torch"
version = "2.9.0+cpu"
source = { registry = "https://example.com/cpu" }
[[package]]
name = "words"
version = "0.1.0"
source = { git = "https://example.com/words?rev=main#0123" }
`

const others: readonly (readonly [file: string, text: string])[] = [
  [
    'poetry.lock',
    '[[package]]\nname = "mcp"\nversion = "1.6.0"\n[[package]]\nname = "x"\nversion = "1"\n[package.source]\ntype = "git"\n',
  ],
  ['pdm.lock', '[[package]]\nname = "mcp"\nversion = "1.6.0"\n[[package]]\nname = "x"\nversion = "1"\npath = "./x"\n'],
  [
    'pylock.toml',
    '[[packages]]\nname = "mcp"\nversion = "1.6.0"\nmarker = "python_version > \'3\'"\n[[packages]]\nname = "x"\n[packages.vcs]\ntype = "git"\n',
  ],
  [
    'Pipfile.lock',
    '{"default": {"mcp": {"version": "==1.6.0"}, "x": {"path": "."}}, "develop": {"y": {"version": "==1"}}}',
  ],
]

test('uv.lock: what indexes have, each version where it is the one', () => {
  expect(constraints('uv.lock', uv)).toEqual([
    'mcp==1.6.0',
    "numpy==2.2.6 ; (python_full_version < '3.11' and sys_platform == 'win32') or (python_full_version < '3.11' and sys_platform != 'win32')",
    "numpy==2.3.5 ; (python_full_version >= '3.11')",
  ])
})

test.each(others)('%s', (file, text) => {
  expect(constraints(file, text)).toEqual(['mcp==1.6.0'])
})

test('a text of a lock file stays in its line', () => {
  const text =
    '[[package]]\nname = "a"\nversion = "1"\nmarkers = "x\\n--hash y"\n[[package]]\nname = "a"\nversion = "2"\nmarkers = "z"\n'
  expect(constraints('poetry.lock', `${text}[[package]]\nname = "b\\n-r c"\nversion = "1"\n`)).toEqual([
    'a==1 ; x --hash y',
    'a==2 ; z',
  ])
})

test.each([
  ['mcp>=1.2', []],
  ['mcp[cli] (>=1.6,<2)', []],
  ['mcp >= 2', ['1.6.0 of mcp is locked, and mcp >= 2 is required']],
  ["mcp>=2; python_version<'3.9'", []],
  ['unlocked>=3', []],
  ['mcp @ https://example.com/mcp.whl', []],
])('%s against 1.6.0', (requirement, differences) => {
  expect(lockDifferences([{name: 'mcp', version: '1.6.0'}], [requirement])).toEqual(differences)
})

// uv.lock of office-word-mcp-server 1.1.11, whose pyproject.toml came to require fastmcp in place of mcp.
test('a requirement of which a lock file knows nothing is a difference, of whatever origin the others are', () => {
  const text =
    '[[package]]\nname = "Mcp"\nversion = "1.6.0"\n[[package]]\nname = "own-core"\nversion = "1"\nsource = { git = "https://example.com/x" }\n'
  const requirements = ['mcp>=1.3', 'own_core>=1', 'fastmcp>=2.8.1', "win>=1; sys_platform == 'win32'"]
  const differences = (file: string) => lockDifferences([], requirements, lockedNames(file, text))
  expect(differences('uv.lock')).toEqual(['no fastmcp is locked, and fastmcp>=2.8.1 is required'])
  // Others may be made of something else than the project.
  expect(differences('pylock.toml')).toEqual([])
})
