import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {describe, expect, test} from '@jest/globals'
import {type Host, readInputs, realHost} from '@mcp-release/action-kit'
import {readTar} from '@mcp-release/archives'
import {contract} from './action.gen'
import {main} from './main'

const machine = realHost(process.env)
const real = (await machine.which('go')) === undefined ? describe.skip : describe
const here = `${machine.platform.os}/${machine.platform.arch}`

interface Project {
  readonly host: Host
  readonly said: string[]
}

async function project(files: Record<string, string>): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'cross-compile-'))
  const said: string[] = []
  const env = {GITHUB_WORKSPACE: join(folder, 'workspace'), RUNNER_TEMP: join(folder, 'temp'), GITHUB_STEP_SUMMARY: ''}
  const host = realHost({...process.env, ...env, GITHUB_SHA: 'c'.repeat(40)})
  for (const [name, text] of Object.entries({
    LICENSE: 'MIT',
    'go.mod': 'module example.org/tiny\n\ngo 1.21\n',
    ...files,
  }))
    await host.files.write(name, text)
  return {host: {...host, warning: text => said.push(text)}, said}
}

async function build({host}: Project, given: Record<string, string> = {}) {
  const all = {version: '1.2.3', 'source-date': '1700000000', targets: here, ...given}
  const inputs = Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const)
  return main(readInputs(contract, Object.fromEntries(inputs)), host)
}

/** Builds for this machine and starts the program. */
async function answer(made: Project, given: Record<string, string> = {}): Promise<string> {
  const {host} = made
  const {archives} = await build(made, given)
  const program = (await readTar(await host.files.readBytes(archives))).find(({mode}) => mode === 0o755)
  const path = join(host.temp, 'unpacked/tiny')
  await host.files.write(path, program?.content ?? '', 0o755)
  return (await host.exec([path], {quiet: true})).stdout.trim()
}

const print = (value: string, imports = '') =>
  `package main\n\nimport (\n\t"fmt"\n${imports}\n)\n\nfunc main() { fmt.Println(${value}) }\n`
const limit = 180_000

real('real programs in Go', () => {
  test(
    'a version in a package of its own is found by its name',
    async () => {
      const made = await project({
        'internal/version/version.go': 'package version\n\nvar (\n\tVersion = "v0.0.0-dev"\n\tGitCommit string\n)\n',
        'main.go': print('version.Version, version.GitCommit', '\t"example.org/tiny/internal/version"'),
      })
      expect(await answer(made)).toBe(`v1.2.3 ${'c'.repeat(40)}`)
      expect(made.said).toEqual([])
    },
    limit,
  )

  test(
    'what the program reads of itself is what `go install` of the tag would tell it',
    async () => {
      const body = `func version() string {
	info, _ := debug.ReadBuildInfo()
	revision := ""
	for _, each := range info.Settings {
		if each.Key == "vcs.revision" {
			revision = each.Value
		}
	}
	return info.Main.Version + " " + revision
}
`
      const made = await project({'main.go': print('version()', '\t"runtime/debug"') + body})
      expect(await answer(made)).toBe(`v1.2.3 ${'c'.repeat(40)}`)
      expect(made.said).toEqual([])
    },
    limit,
  )

  test(
    'the flags of the author win, and one without effect is named',
    async () => {
      const made = await project({
        'main.go': `${print('Release, version')}\nvar Release, version string\n\nconst Built = "no"\n`,
      })
      const ldflags = '-s -w -X main.Release={{ .Tag }} -X main.Built={{ .Date }}'
      expect(await answer(made, {ldflags, tag: 'tiny-v1.2.3'})).toBe('tiny-v1.2.3')
      expect(made.said).toEqual(['ldflags: -X main.Built has no effect: at main.go:12 it is a constant'])
    },
    limit,
  )

  test(
    'a program that is told nothing, and a constant that says another version, are warnings',
    async () => {
      const nothing = await project({'main.go': print('"hi"')})
      expect(await answer(nothing)).toBe('hi')
      expect(nothing.said).toEqual([expect.stringContaining('The program is not told that it is version 1.2.3')])
      const constant = await project({'main.go': `${print('version')}\nconst version = "0.1.0"\n`})
      expect(await answer(constant)).toBe('0.1.0')
      expect(constant.said).toEqual([
        expect.stringContaining('main.go:10: const version is "0.1.0", and the release is 1.2.3'),
      ])
    },
    limit,
  )

  test(
    'a dependency that is only a stub without cgo is refused with its replacement',
    async () => {
      const vendored = 'vendor/github.com/mattn/go-sqlite3'
      const made = await project({
        'go.mod': 'module example.org/tiny\n\ngo 1.21\n\nrequire github.com/mattn/go-sqlite3 v1.14.24\n',
        'vendor/modules.txt':
          '# github.com/mattn/go-sqlite3 v1.14.24\n## explicit; go 1.19\ngithub.com/mattn/go-sqlite3\n',
        [`${vendored}/sqlite3.go`]:
          'package sqlite3\n\n/*\nint one() { return 1; }\n*/\nimport "C"\n\nfunc Open() error { C.one(); return nil }\n',
        [`${vendored}/static_mock.go`]:
          '//go:build !cgo\n\npackage sqlite3\n\nimport "errors"\n\nfunc Open() error { return errors.New("go-sqlite3 requires cgo to work. This is a stub") }\n',
        'main.go': print('sqlite3.Open()', '\t"github.com/mattn/go-sqlite3"'),
      })
      await expect(build(made)).rejects.toMatchObject({
        code: 'CGO',
        message: expect.stringContaining('- github.com/mattn/go-sqlite3: use modernc.org/sqlite'),
      })
    },
    limit,
  )

  test(
    'causes are told in the words of the compiler, with what helps',
    async () => {
      const broken = await project({'main.go': 'package main\n\nfunc main() { undefined1(); undefined2() }\n'})
      await expect(build(broken)).rejects.toMatchObject({
        code: 'TOOL',
        message: expect.stringMatching(/undefined1[\s\S]*undefined2/),
      })
      const embedded = await project({
        'main.go': print('files', '\t_ "embed"') + '\n//go:embed dist/index.html\nvar files string\n',
      })
      await expect(build(embedded)).rejects.toMatchObject({
        hint: expect.stringContaining('`go:embed` names dist/index.html'),
      })
      const newer = await project({'go.mod': 'module example.org/tiny\n\ngo 1.99\n', 'main.go': print('1')})
      const local = {...newer, host: {...newer.host, exec: withLocalToolchain(newer.host)}}
      await expect(build(local)).rejects.toMatchObject({
        hint: expect.stringContaining('The module needs Go 1.99, and this machine has Go 1.'),
      })
    },
    limit,
  )

  test(
    'archives have the names and the folder that they are given, and macOS gets one file for both processors',
    async () => {
      const made = await project({'main.go': `${print('version')}\nvar version string\n`, COPYING: 'x'})
      const outputs = await build(made, {
        targets: 'darwin/universal\nlinux/arm/v6\nfreebsd/amd64',
        'archive-names': 'darwin/universal=tiny_Darwin_all.tar.gz\nlinux/arm/v6=tiny-armv6',
        'wrap-in-directory': 'true',
      })
      expect(outputs.archives.split('\n')).toEqual([
        'built/tiny_Darwin_all.tar.gz',
        'built/tiny-armv6',
        'built/tiny_1.2.3_freebsd_amd64.tar.gz',
      ])
      const entries = await readTar(await made.host.files.readBytes('built/tiny_Darwin_all.tar.gz'))
      expect(entries.map(({name}) => name)).toEqual([
        'tiny_Darwin_all/COPYING',
        'tiny_Darwin_all/LICENSE',
        'tiny_Darwin_all/tiny',
      ])
    },
    limit,
  )
})

function withLocalToolchain(host: Host): Host['exec'] {
  return (argv, options) => host.exec(argv, {...options, env: {...options?.env, GOTOOLCHAIN: 'local'}})
}
