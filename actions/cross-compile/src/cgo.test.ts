import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {findCgoLoss} from './cgo'
import type {GoPackage} from './go-packages'

const base: GoPackage = {
  path: 'example.org/store',
  linkPath: 'example.org/store',
  name: 'store',
  directory: 'store',
  files: [],
  cgoFiles: [],
  own: true,
  standard: false,
}
const withCgo = {...base, files: ['shared.go', 'c.go'], cgoFiles: ['c.go']}

async function loss(files: Readonly<Record<string, string>>, packages: readonly GoPackage[] = [withCgo]) {
  const host = new FakeHost()
  for (const [name, text] of Object.entries(files))
    await host.files.write(`store/${name}`, `package store\n\n${text}\n`)
  return findCgoLoss(host, packages, [{...base, files: Object.keys(files)}])
}

const failing = 'func Open(name string) (*DB, error) {\n\treturn nil, errors.New("not available in this build")\n}'

test.each([
  [
    'says that it needs cgo',
    {'shared.go': 'type A int', 'mock.go': 'const why = "Binary was compiled with CGO_ENABLED=0"'},
  ],
  ['only returns errors', {'stub.go': failing}],
  [
    'only returns an error that is declared',
    {'stub.go': 'var errNone = errors.New("no")\n\nfunc Open() error { return errNone }'},
  ],
  ['returns errors and does nothing', {'stub.go': `${failing}\n\nfunc (d *DB) Close() {}`}],
  ['only panics', {'stub.go': '// Open opens.\nfunc Open() *DB {\n\tpanic("no")\n}'}],
])('what stands in without cgo is a stub: it %s', async (_, files) => {
  expect(await loss(files)).toEqual({stubs: [{package: 'example.org/store'}], left: []})
})

test.each([
  [
    'works',
    {
      'pure.go':
        'func Open(name string) (*DB, error) {\n\tf, err := os.Open(name)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn &DB{f}, nil\n}',
    },
  ],
  ['is a part of a package that works', {'shared.go': 'func Read() int { return 1 }', 'nocgo.go': failing}],
  ['says that a feature is not there', {'stub.go': `${failing}\n\nfunc Available() bool {\n\treturn false\n}`}],
  [
    'speaks of cgo in a comment',
    {'pure.go': '/* without cgo */\n// cgo is not needed\nfunc Sum(a, b int) int { return a + b }'},
  ],
])('what stands in without cgo is no stub: it %s', async (_, files) => {
  expect(await loss(files)).toEqual({stubs: [], left: []})
})

// github.com/mattn/go-sqlite3 imported by a file with `//go:build cgo` alone: the driver is missing, and nothing says so.
test('files that are left out without anything in their place are named', async () => {
  const sqlite = {
    ...base,
    path: 'github.com/mattn/go-sqlite3',
    files: ['sqlite3.go'],
    cgoFiles: ['sqlite3.go'],
    own: false,
  }
  const own = {...base, files: ['shared.go', 'driver.go']}
  expect(await loss({'shared.go': 'type A int'}, [own, sqlite])).toEqual({stubs: [], left: ['store/driver.go']})
  // A stub above a package with C code.
  const wrapped = await loss({'stub.go': failing}, [own, sqlite])
  expect(wrapped.stubs).toEqual([{package: 'example.org/store'}])
})

test('a program without C code is left alone', async () => {
  expect(await loss({'stub.go': failing}, [{...base, files: ['c.go']}])).toEqual({stubs: [], left: []})
})
