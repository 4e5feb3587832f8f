import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

// Stands for the compiler: leaves the header of a static ELF file for GOARCH.
const go = `
const fs = require('node:fs'), path = require('node:path')
const args = process.argv.slice(2)
console.log('go ' + args[0], process.env.GOOS ?? '-', process.env.GITHUB_TOKEN ?? 'no token')
const at = args.indexOf('-o')
if (at > 0) {
  const elf = Buffer.alloc(64)
  elf.write('\\x7fELF\\x02\\x01', 'latin1')
  elf.writeUInt16LE({amd64: 62, arm64: 183}[process.env.GOARCH], 18)
  fs.mkdirSync(path.dirname(args[at + 1]), {recursive: true})
  fs.writeFileSync(args[at + 1], elf)
}`

function module(): string {
  const workspace = temporaryFolder()
  mkdirSync(join(workspace, 'server'))
  writeFileSync(join(workspace, 'server/go.mod'), 'module example.org/me/tiny/v2\n')
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
    `$ go build -mod=readonly -trimpath -buildvcs=false -ldflags ${flags} -o <temp>/go-build/linux_${arch}/tiny .`,
    '::stop-commands::<mark>',
    'go build linux no token',
    '::<mark>::',
    '::endgroup::',
  ]
  expect(stdout.split('\n').filter(line => line !== '' && !line.startsWith('::set-output'))).toEqual([
    '$ go version',
    '::stop-commands::<mark>',
    'go version - no token',
    '::<mark>::',
    '$ go mod download',
    '::stop-commands::<mark>',
    'go mod - no token',
    '::<mark>::',
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
      size: 153,
      sha256: 'ff29f03593c7f54e5532409b6be7b595124a2e705f992d31508c6f49c0ab4325',
    },
    {
      name: 'tiny_2.0.0_linux_arm64.tar.gz',
      kind: 'archive',
      platform: 'linux/arm64',
      package: 'server',
      size: 153,
      sha256: '14b82d5a4a3e1b3412582aaadb3f5daee7d72e5d6e641614fca157284c7d9f6f',
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
