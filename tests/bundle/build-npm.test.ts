import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {tarGz} from '@mcp-release/archives'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

const manifest = {
  name: '@scope/tiny',
  version: '0.2.0',
  license: 'MIT',
  repository: 'github:owner/tiny',
  bin: {tiny: 'dist/cli.js'},
  scripts: {build: 'tsc'},
}

// Copies the prepared tarball to where `npm pack` was told to put it.
const npm = `
const {copyFileSync} = require('node:fs')
const [command, ...rest] = process.argv.slice(2)
if (command === '--version') console.log('10.9.2')
else if (command === 'pack') {
  copyFileSync(process.env.STUB_TARBALL, rest[rest.indexOf('--pack-destination') + 1] + '/scope-tiny-0.2.0.tgz')
  console.log('scope-tiny-0.2.0.tgz')
} else console.log('npm ' + command + ' ran, NODE_ENV=' + process.env.NODE_ENV + ', token ' + process.env.NPM_TOKEN)
`

function checkout(files: Readonly<Record<string, string>>) {
  const workspace = temporaryFolder()
  writeFileSync(join(workspace, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(workspace, 'package-lock.json'), '{}')
  mkdirSync(join(workspace, 'handoff'))
  const entries = Object.entries({'package/package.json': JSON.stringify(manifest), ...files})
  const tarball = join(temporaryFolder(), 'tiny.tgz')
  const content = entries.map(([name, text]) => ({name, mode: 0o644 as const, content: Buffer.from(text)}))
  writeFileSync(tarball, tarGz(content, {time: 0}))
  return {workspace, env: {STUB_TARBALL: tarball, NODE_ENV: 'production', NPM_TOKEN: 'hidden'}}
}

const readable = (stdout: string) =>
  stdout.replaceAll(/\S*\/npm (?=ci|run|pack)/g, '<npm> ').replaceAll(/npm-\w{6}/g, 'npm-<random>')

const build = `The package is built with npm (package-lock.json)
::group::Install the dependencies
::stop-commands::<mark>
$ <npm> ci --include=dev --no-audit --no-fund
npm ci ran, NODE_ENV=, token undefined
::<mark>::
::endgroup::
::group::Run the script build
::stop-commands::<mark>
$ <npm> run build
npm run ran, NODE_ENV=, token undefined
::<mark>::
::endgroup::
::group::Pack
::stop-commands::<mark>
$ <npm> pack --loglevel=warn --pack-destination <temp>/npm-<random>
scope-tiny-0.2.0.tgz
::<mark>::
::endgroup::
`

const inputs = {version: 'v0.2.0', 'source-date': '1700000000', fragment: 'handoff/tiny.json', package: 'npm:tiny'}

test('the transcript of a build that passes', async () => {
  const {workspace, env} = checkout({'package/dist/cli.js': '#!/usr/bin/env node\n'})
  const result = await runBundle('build-npm', {workspace, env, inputs, path: [stubProgram('npm', npm)]})
  const sha256 = /"sha256":"([0-9a-f]{64})"/.exec(result.outputs['artifacts'] ?? '')?.[1] ?? ''
  const size = Number(/"size":(\d+)/.exec(result.outputs['artifacts'] ?? '')?.[1])
  expect(readable(result.stdout)).toBe(`${build}scope-tiny-0.2.0.tgz: ${size} bytes, sha256 ${sha256}\n`)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual({
    tarball: 'built/scope-tiny-0.2.0.tgz',
    name: '@scope/tiny',
    version: '0.2.0',
    integrity: expect.stringMatching(/^sha512-[A-Za-z0-9+/]{86}==$/),
    artifacts: JSON.stringify([{name: 'scope-tiny-0.2.0.tgz', kind: 'npm-package', package: 'npm:tiny', size, sha256}]),
  })
  expect(result.summary).toBe(`| file | kind | bytes | sha256 |
| --- | --- | --- | --- |
| \`scope-tiny-0.2.0.tgz\` | npm-package | ${size} | \`${sha256}\` |

`)
})

test('the transcript of a tarball with faults', async () => {
  const {workspace, env} = checkout({'package/.env': 'TOKEN=x'})
  const result = await runBundle('build-npm', {workspace, env, inputs, path: [stubProgram('npm', npm)]})
  const faults = [
    '- scope-tiny-0.2.0.tgz: dist/cli.js, which bin.tiny of package.json names, is not in it',
    '  `npm run build` did not make it: see that the script writes it, or correct bin.tiny.',
    '- scope-tiny-0.2.0.tgz: .env is a file of credentials by its name',
    '  Leave it out by "files" in package.json, and change what it protects if it was ever published.',
  ]
  expect(readable(result.stdout)).toBe(`${build}::error::build-npm [NPM]:%0A${faults.join('%0A')}\n`)
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual({})
})

test('all wrong inputs are told at once', async () => {
  const wrong = {'working-directory': '../x', version: 'latest', fragment: '/etc/x.json'}
  const result = await runBundle('build-npm', {inputs: wrong})
  const problems = [
    '- working-directory: "../x" lies outside the workspace',
    '- fragment: "/etc/x.json" lies outside the workspace',
    '- version: "latest" is neither SemVer nor PEP 440',
    '- working-directory: "../x" is no folder',
  ]
  expect(result.stdout).toBe(`::error::build-npm [INPUT]:%0A${problems.join('%0A')}\n`)
  expect(result.exitCode).toBe(1)
})
