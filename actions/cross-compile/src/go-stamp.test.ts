import {expect, test} from '@jest/globals'
import {parseVersion} from '@mcp-release/release-model'
import {fillFlags, flagsIn} from './go-flags'
import {type GoSymbol, detectStamps, ignoredFlags, otherVersions} from './go-stamp'

const symbol = (given: Partial<GoSymbol>): GoSymbol => ({
  ...{package: 'main', file: 'main.go', line: 3, kind: 'var', name: 'version', value: 'dev', settable: true},
  ...given,
})
const values = {semver: '1.2.3', commit: 'abc', date: '2026-01-01T00:00:00Z'}

// `-X` sets a string variable that is not initialised or initialised by a constant: `go tool link -help`.
test.each([
  ['main.version', [{}], ['-X main.version=1.2.3']],
  ['with a v where it had one', [{name: 'Version', value: 'v0.0.0-dev'}], ['-X main.Version=v1.2.3']],
  [
    'a package of its own, with commit and date',
    [
      {package: 'example.org/x/internal/version', name: 'Version', value: ''},
      {package: 'example.org/x/internal/version', name: 'GitCommit', value: 'unknown'},
      {package: 'example.org/x/internal/version', name: 'BuildDate', value: ''},
    ],
    [
      '-X example.org/x/internal/version.Version=1.2.3',
      '-X example.org/x/internal/version.GitCommit=abc',
      '-X example.org/x/internal/version.BuildDate=2026-01-01T00:00:00Z',
    ],
  ],
  ['a stale version', [{package: 'x/cmd', name: 'serverVersion', value: '0.9.0'}], ['-X x/cmd.serverVersion=1.2.3']],
  ['a constant', [{kind: 'const', settable: false, value: '0.1.0'}], []],
  ['what code sets', [{settable: false, value: ''}], []],
  [
    'a protocol',
    [
      {name: 'protocolVersion', value: '2025-11-25'},
      {name: 'apiVersion', value: ''},
    ],
    [],
  ],
  ['a version that is something else', [{name: 'Version', value: '2025-11-25'}], []],
  ['a date of something else', [{package: 'x/calendar', name: 'date', value: ''}], []],
] as const)('%s', (_, given, flags) => {
  expect(detectStamps(given.map(symbol), values).flags).toEqual(flags)
})

test('flags of the author that the linker ignores are named with the reason', () => {
  const symbols = [
    symbol({kind: 'const', settable: false, line: 7}),
    symbol({name: 'commit', settable: false, line: 8, value: ''}),
    symbol({package: 'x/internal/version', name: 'Version'}),
  ]
  const flags = [
    '-X main.version=1',
    '-X main.commit=1',
    '-X main.built=1',
    '-X x/version.V=1',
    "-X 'x/internal/version.Version=1'",
  ]
  expect(ignoredFlags(flags, symbols, new Set(['main', 'x/internal/version']))).toEqual([
    'ldflags: -X main.version has no effect: at main.go:7 it is a constant',
    'ldflags: -X main.commit has no effect: at main.go:8 it is set by code',
    'ldflags: -X main.built has no effect: main has no string variable built',
    'ldflags: -X x/version.V has no effect: the program has no package x/version',
  ])
})

test('versions that are compiled in and say another one are named', () => {
  const symbols = [
    symbol({kind: 'const', settable: false, value: '0.1.0'}),
    symbol({kind: 'literal', name: 'Implementation', value: 'v1.0.0', line: 9}),
    symbol({kind: 'literal', name: 'Implementation', value: '1.2.3', line: 9}),
    symbol({kind: 'const', settable: false, name: 'goVersion', value: '1.26.0'}),
    symbol({kind: 'literal', name: 'NewMCPServer', value: 'latest'}),
  ]
  expect(otherVersions(symbols, '1.2.3')).toEqual([
    'main.go:3: const version is "0.1.0", and the release is 1.2.3',
    'main.go:9: Implementation is given "v1.0.0", and the release is 1.2.3',
  ])
})

const version = parseVersion('1.2.3')
if (version === undefined) throw new Error('1.2.3 is a version')
const context = {
  revision: {version, commit: 'c'.repeat(40), time: 1_700_000_000},
  tag: 'server-v1.2.3',
  name: 'demo',
  module: 'example.org/demo',
}

test('the fields of goreleaser are filled in, and what is not known is left out alone', () => {
  const given = [
    '-s -w -X main.version={{.Version}} -X main.secret={{ .Env.SECRET }}',
    "-X 'example.org/demo/internal.Tag={{ .Tag }}' -X main.commit={{.ShortCommit}} -linkmode external",
    '-X main.date={{ .CommitDate }} -X "{{ .ModulePath }}/v.Os={{ .Os }}" -extldflags "-static"',
    '{{ if eq .Os "linux" }}-X main.a=1 -X main.b=2{{ end }}',
  ]
  expect(fillFlags(given, 'linux/amd64', context)).toEqual({
    flags: [
      '-X main.version=1.2.3',
      "-X 'example.org/demo/internal.Tag=server-v1.2.3'",
      '-X main.commit=ccccccc',
      '-X main.date=2023-11-14T22:13:20Z',
      '-X "example.org/demo/v.Os=linux"',
      '-X main.a=1',
      '-X main.b=2',
    ],
    problems: [
      'ldflags: -X main.secret={{ .Env.SECRET }} is left out: it takes the variable SECRET of the machine, which is not read',
    ],
  })
})

test('a text is split into flags with their values', () => {
  expect(flagsIn(`-s -X=a.b=c -X 'd.e=f g' -X h.i={{ .X }}`)).toEqual([
    '-s',
    '-X=a.b=c',
    "-X 'd.e=f g'",
    '-X h.i={{ .X }}',
  ])
})
