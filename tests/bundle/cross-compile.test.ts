import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

// Stands for the helper that is compiled to look at the sources: finds string variables, one a line.
const helper = `
const fs = require('node:fs')
if (process.argv[2] !== 'scan') process.exit(3)
const found = JSON.parse(fs.readFileSync(0, 'utf8')).flatMap(each => each.files.flatMap(file =>
  fs.readFileSync(file, 'utf8').split('\\n').flatMap((text, at) => {
    const [, name, value] = /^var (\\w+) = "(.*)"$/.exec(text) ?? []
    return name ? [{package: each.package, file, line: at + 1, kind: 'var', name, value, settable: true}] : []
  })))
console.log(JSON.stringify(found))
`

// Stands for Go: lists one package, compiles the helper, and leaves the header of a static ELF file for GOARCH with the version.
const go = `
const fs = require('node:fs'), path = require('node:path')
const args = process.argv.slice(2)
const out = args[args.indexOf('-o') + 1]
if (args[0] === 'list') {
  if (process.env.GOOS === undefined || !args.some(each => each.startsWith('-json='))) process.exit(3)
  const own = {Path: 'example.org/me/tiny/v2', Main: true}
  console.log(JSON.stringify({Dir: process.cwd(), ImportPath: own.Path, Name: 'main', Module: own, GoFiles: ['main.go']}, null, 2))
} else if (args.at(-1) === 'main.go') {
  if (!fs.readFileSync('main.go', 'utf8').includes('package main')) process.exit(3)
  fs.writeFileSync(out, '#!' + process.execPath + ${JSON.stringify(`\n${helper}`)}, {mode: 0o755})
} else {
  console.log('go ' + args[0], process.env.GOOS ?? '-', process.env.GITHUB_TOKEN ?? 'no token')
  if (args[0] === 'build') {
    const elf = Buffer.alloc(64)
    elf.write('\\x7fELF\\x02\\x01', 'latin1')
    elf.writeUInt16LE({amd64: 62, arm64: 183}[process.env.GOARCH], 18)
    fs.accessSync(args[args.indexOf('-toolexec') + 1], fs.constants.X_OK)
    const {MCP_RELEASE_VERSION: version, MCP_RELEASE_SETTINGS: settings} = process.env
    const info = 'mod\\texample.org/me/tiny/v2\\t' + version + '\\t\\n' + settings
    fs.mkdirSync(path.dirname(out), {recursive: true})
    fs.writeFileSync(out, Buffer.concat([elf, Buffer.from(info)]))
  }
}`

function module(): string {
  const workspace = temporaryFolder()
  mkdirSync(join(workspace, 'server'))
  writeFileSync(join(workspace, 'server/go.mod'), 'module example.org/me/tiny/v2\n')
  const variables = ['version', 'commit', 'date'].map(name => `var ${name} = "unknown"\n`)
  writeFileSync(join(workspace, 'server/main.go'), `package main\n\n${variables.join('')}\nfunc main() {}\n`)
  writeFileSync(join(workspace, 'server/LICENSE'), 'Apache-2.0\n')
  return workspace
}

const inputs = {
  'working-directory': 'server',
  version: 'v2.0.0',
  'source-date': '1700000000',
  commit: 'c'.repeat(40),
  fragment: 'fragments/tiny.json',
  package: 'server',
}

test('each target is built, checked and packed', async () => {
  const targets = 'linux/amd64\nlinux/arm64'
  const run = await runBundle('cross-compile', {
    workspace: module(),
    path: [stubProgram('go', go)],
    inputs: {...inputs, targets},
    env: {GITHUB_TOKEN: 'secret'},
  })
  const stdout = run.stdout.replace(/\$ \S*\/go /g, '$ go ').replace(/go-build-\w+/g, 'go-build')
  const flags = `'-s -w -buildid= -X main.version=2.0.0 -X main.commit=${'c'.repeat(40)} -X main.date=2023-11-14T22:13:20Z'`
  const build = (arch: string) => [
    `::group::Build for linux/${arch}`,
    '::stop-commands::<mark>',
    `$ go build -mod=readonly -trimpath -buildvcs=false -toolexec <temp>/go-build/helper/mcp-release -ldflags ${flags} -o <temp>/go-build/linux_${arch}/tiny .`,
    'go build linux no token',
    '::<mark>::',
    '::endgroup::',
  ]
  expect(stdout.split('\n').filter(line => line !== '' && !line.startsWith('::set-output'))).toEqual([
    '::group::Look at the program',
    '::stop-commands::<mark>',
    '$ go version',
    'go version - no token',
    '::<mark>::',
    '::stop-commands::<mark>',
    '$ go mod download',
    'go mod - no token',
    '::<mark>::',
    'The linker sets main.version = 2.0.0',
    `The linker sets main.commit = ${'c'.repeat(40)}`,
    'The linker sets main.date = 2023-11-14T22:13:20Z',
    '::endgroup::',
    ...build('amd64'),
    ...build('arm64'),
  ])
  expect(run.exitCode).toBe(0)
  expect(run.outputs['archives']).toBe('built/tiny_2.0.0_linux_amd64.tar.gz\nbuilt/tiny_2.0.0_linux_arm64.tar.gz')
  const artifacts = JSON.parse(run.outputs['artifacts'] ?? '') as unknown
  // Nothing here comes from a compiler, so the digests are the same on every machine.
  expect(artifacts).toEqual([
    {
      name: 'tiny_2.0.0_linux_amd64.tar.gz',
      kind: 'archive',
      platform: 'linux/amd64',
      package: 'server',
      size: 251,
      sha256: '82031499369d4772a52e001c284a2d22febff9bb9eb930206690bbc27a6b9e99',
    },
    {
      name: 'tiny_2.0.0_linux_arm64.tar.gz',
      kind: 'archive',
      platform: 'linux/arm64',
      package: 'server',
      size: 253,
      sha256: '551b7a41cd9e49703c7557adaf7809918d4784c43e99e8e9c191ff2f51123952',
    },
  ])
  const fragment = JSON.parse(readFileSync(join(run.workspace, 'fragments/tiny.json'), 'utf8')) as unknown
  expect(fragment).toEqual({schemaVersion: 1, artifacts})
  expect(run.summary).toContain('| archive | platform | bytes | sha256 |')
})

test('a result for another platform fails with its code and names the file', async () => {
  const run = await runBundle('cross-compile', {
    workspace: module(),
    path: [stubProgram('go', go)],
    inputs: {...inputs, targets: 'darwin/arm64'},
  })
  expect(run.exitCode).toBe(1)
  expect(run.stdout.replace(/go-build-\w+/g, 'go-build')).toContain(
    '::error::cross-compile [BINARY]: <temp>/go-build/darwin_arm64/tiny: expected darwin/arm64, found linux/arm64',
  )
  expect(run.outputs).toEqual({})
})

test('wrong inputs are all named before anything runs', async () => {
  const run = await runBundle('cross-compile', {
    workspace: module(),
    path: [stubProgram('go', go)],
    inputs: {...inputs, targets: 'plan9/mips', 'working-directory': '../elsewhere', commit: 'HEAD'},
  })
  expect(run.exitCode).toBe(1)
  const said = decodeURIComponent(run.stdout)
  expect(said).toContain('cross-compile [INPUT]:')
  for (const input of ['working-directory:', 'targets: "plan9/mips"', 'commit: "HEAD"']) expect(said).toContain(input)
  expect(said).not.toContain('$ ')
})
