import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {tarGz, zip} from '@mcp-release/archives'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

const metadata = `Metadata-Version: 2.4
Name: tiny
Version: 0.2.0
License-Expression: MIT
Description-Content-Type: text/markdown

# Tiny
`

// Stands for python3 on PATH and, linked into the environment that it makes, for the python there.
const python = `
const {copyFileSync, mkdirSync, readdirSync, symlinkSync} = require('node:fs')
const [, command, ...rest] = process.argv.slice(2).filter(each => each !== '-m')
// What entry_points.txt has wrong, or which Python it is.
if (command === '-c') console.log(JSON.stringify(rest[0].includes('configparser') ? [] : [__filename, [3, 12, 0]]))
if (command === 'venv') {
  mkdirSync(rest[0] + '/bin', {recursive: true})
  symlinkSync(__filename, rest[0] + '/bin/python')
}
if (command === 'build') {
  const {STUB_FILES: from, SOURCE_DATE_EPOCH: date, PYTHONHASHSEED: seed, TWINE_PASSWORD: password} = process.env
  console.log('built with ' + [date, seed, password].join(', '))
  for (const name of readdirSync(from)) copyFileSync(from + '/' + name, rest[1] + '/' + name)
}
`

function checkout(entryPoints: string) {
  const workspace = temporaryFolder()
  const pyproject = '[project]\nname = "tiny"\nversion = "0.2.0"\n[project.scripts]\ntiny = "tiny:main"\n'
  writeFileSync(join(workspace, 'pyproject.toml'), pyproject)
  const files = temporaryFolder()
  const wheel = {
    'tiny.py': '',
    'tiny-0.2.0.dist-info/METADATA': metadata,
    'tiny-0.2.0.dist-info/entry_points.txt': entryPoints,
  }
  const record = Object.entries(wheel).map(([name, text]) => `${name},sha256=${digest(text)},${text.length}`)
  const whole = {...wheel, 'tiny-0.2.0.dist-info/RECORD': record.join('\n')}
  const sdist = {'tiny-0.2.0/PKG-INFO': metadata, 'tiny-0.2.0/pyproject.toml': pyproject}
  writeFileSync(join(files, 'tiny-0.2.0-py3-none-any.whl'), zip(entries(whole), {time: 0}))
  writeFileSync(join(files, 'tiny-0.2.0.tar.gz'), tarGz(entries(sdist), {time: 0}))
  return {workspace, env: {STUB_FILES: files, TWINE_PASSWORD: 'hidden', RUNNER_TOOL_CACHE: temporaryFolder()}}
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')
const entries = (files: Readonly<Record<string, string>>) =>
  Object.entries(files).map(([name, text]) => ({name, mode: 0o644 as const, content: Buffer.from(text)}))

const readable = (stdout: string) =>
  stdout.replaceAll(/\S*\/bin\/python /g, '<python> ').replaceAll(/wheel-\w{6}/g, 'wheel-<random>')

const build = `Preparing the Python tools "wheel" with Python 3.12.0
::group::Build the sdist, and from it the wheel
::stop-commands::<mark>
$ <python> -I -m build --outdir <temp>/wheel-<random> <workspace>
built with 1700000000, 0, 
::<mark>::
::endgroup::
`

const inputs = {version: 'v0.2.0', 'source-date': '1700000000', fragment: 'handoff/tiny.json'}

test('the transcript of a build that passes', async () => {
  const {workspace, env} = checkout('[console_scripts]\ntiny = tiny:main\n')
  const result = await runBundle('build-wheel', {workspace, env, inputs, path: [stubProgram('python3', python)]})
  const artifacts = JSON.parse(result.outputs['artifacts'] ?? '[]') as {name: string; size: number; sha256: string}[]
  const lines = artifacts.map(({name, size, sha256}) => `${name}: ${size} bytes, sha256 ${sha256}\n`)
  expect(readable(result.stdout)).toBe(build + lines.join(''))
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual({
    wheel: 'built/tiny-0.2.0-py3-none-any.whl',
    sdist: 'built/tiny-0.2.0.tar.gz',
    name: 'tiny',
    version: '0.2.0',
    artifacts: expect.stringMatching(
      /^\[\{"name":"tiny-0\.2\.0-py3-none-any\.whl","kind":"wheel","size":\d+,"sha256":"[0-9a-f]{64}"\},/,
    ),
  })
  expect(result.summary).toContain('| `tiny-0.2.0.tar.gz` | sdist |')
})

test('the transcript of a wheel that lost its command', async () => {
  const {workspace, env} = checkout('')
  const result = await runBundle('build-wheel', {workspace, env, inputs, path: [stubProgram('python3', python)]})
  const fault =
    'tiny-0.2.0-py3-none-any.whl: lost the commands tiny of pyproject.toml (no console_scripts of that name)'
  expect(readable(result.stdout)).toBe(`${build}::error::build-wheel [WHEEL]: ${fault}\n`)
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual({})
})

test('a folder without a Python package is told before anything runs', async () => {
  const result = await runBundle('build-wheel')
  expect(result.stdout).toBe(
    '::error::build-wheel [INPUT]: working-directory: <workspace> has neither pyproject.toml nor setup.py%0A' +
      'Set working-directory to the folder of the Python package.\n',
  )
  expect(result.exitCode).toBe(1)
})
