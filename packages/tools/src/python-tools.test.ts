import {existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'
import {pythonRequirements, requirementsText} from './python-requirements'
import {ensurePythonTools} from './python-tools'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'python-tools-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true})
})

function realMachine(env: Record<string, string> = {}) {
  const folder = newFolder()
  return realHost({...process.env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp'), ...env})
}

/** A Python of a version; `venv` is what the making of an environment answers. */
function fakePython(
  version: string,
  venv: {exitCode: number; stdout: string} = {exitCode: 0, stdout: ''},
): FakeProgram {
  return argv => {
    if (argv[0] === 'go') return undefined
    if (argv.includes('venv')) return venv
    if (argv.some(word => word.startsWith('import pip'))) return {stdout: '24.0\n'}
    if (argv.includes('-c')) return {stdout: JSON.stringify(['/usr/bin/python3', version.split('.').map(Number)])}
    return {}
  }
}

test('a requirements file accepts only the listed checksums and names no index', () => {
  const text = requirementsText([{name: 'one', version: '1.0', marker: 'os_name == "nt"', sha256: ['aa', 'bb']}])
  expect(text).toBe('one==1.0 ; os_name == "nt" \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n')
})

test.each(Object.entries(pythonRequirements))('every wheel of the set %s has checksums', (_set, list) => {
  for (const {name, sha256} of list) {
    expect({name, count: sha256.length > 0}).toEqual({name, count: true})
    for (const sum of sha256) expect(sum).toMatch(/^[0-9a-f]{64}$/)
  }
})

test('the set wheel gives a working build and twine, once', async () => {
  const path = newFolder()
  mkdirSync(join(path, 'build-1.6.1.dist-info'))
  writeFileSync(join(path, 'build-1.6.1.dist-info/METADATA'), 'Metadata-Version: 2.1\nName: build\nVersion: 1.6.1\n')
  const host = realMachine({PIP_USER: '1', PIP_TARGET: newFolder(), PYTHONPATH: path})
  const cache = newFolder()
  const tools = await ensurePythonTools(host, 'wheel', {cache})
  const version = await host.exec([tools.python, '-m', 'build', '--version'], {quiet: true})
  expect(version.stdout).toContain('build 1.6.1')
  const twine = await host.exec([join(tools.bin, 'twine'), '--version'], {quiet: true})
  expect(twine.stdout).toContain('twine version 7.0.0')
  // An older one, as Python brings it, needs twice as long for what a build asks for.
  const pip = await host.exec([tools.python, '-m', 'pip', '--version'], {quiet: true})
  expect(pip.stdout).toContain('pip 26.3 ')
  const made = statSync(join(tools.bin, '..', 'pyvenv.cfg')).mtimeMs
  await expect(ensurePythonTools(host, 'wheel', {cache})).resolves.toEqual(tools)
  expect(statSync(join(tools.bin, '..', 'pyvenv.cfg')).mtimeMs).toBe(made)
  // What was changed since is not used again.
  writeFileSync(join(tools.bin, 'twine'), '#!/bin/sh\necho changed\n')
  await ensurePythonTools(host, 'wheel', {cache})
  expect((await host.exec([join(tools.bin, 'twine'), '--version'], {quiet: true})).stdout).toContain('twine version')
}, 240_000)

test('an environment whose making was interrupted is made anew', async () => {
  const host = new FakeHost(fakePython('3.12.0'))
  const cache = newFolder()
  const made = () => host.commands.filter(({argv}) => argv.includes('venv')).length
  const tools = await ensurePythonTools(host, 'wheel', {cache})
  await ensurePythonTools(host, 'wheel', {cache})
  expect(made()).toBe(1)
  const folder = join(tools.bin, '..')
  rmSync(`${folder}.complete`)
  writeFileSync(join(folder, 'half-written'), '')
  await expect(ensurePythonTools(host, 'wheel', {cache})).resolves.toEqual(tools)
  expect(made()).toBe(2)
  expect(existsSync(join(folder, 'half-written'))).toBe(false)
  expect(existsSync(`${folder}.complete`)).toBe(true)
})

test('an environment whose interpreter is gone is made anew', async () => {
  let gone = false
  const python = fakePython('3.12.0')
  const host = new FakeHost((argv, options) => (gone && argv.at(-1) === '' ? undefined : python(argv, options)))
  const cache = newFolder()
  const made = () => host.commands.filter(({argv}) => argv.includes('venv')).length
  const tools = await ensurePythonTools(host, 'zig', {cache})
  await ensurePythonTools(host, 'zig', {cache})
  expect(made()).toBe(1)
  expect(host.commands.at(-1)?.argv).toEqual([tools.python, '-I', '-c', ''])
  gone = true
  await expect(ensurePythonTools(host, 'zig', {cache})).resolves.toEqual(tools)
  expect(made()).toBe(2)
})

test('a wheel with another checksum is refused', async () => {
  const wrong = [{name: 'pyproject-hooks', version: '1.3.3', sha256: ['0'.repeat(64)]}]
  const done = ensurePythonTools(realMachine(), 'wheel', {cache: newFolder(), requirements: wrong})
  await expect(done).rejects.toMatchObject({
    code: 'CHECKSUM',
    message: expect.stringContaining('pyproject-hooks'),
    hint: expect.stringContaining('`pip config list`'),
  })
}, 120_000)

test('a Debian without ensurepip is told which package to install', async () => {
  const stdout = 'The virtual environment was not created successfully because ensurepip is not available.'
  const host = new FakeHost(fakePython('3.11.2', {exitCode: 1, stdout}))
  await expect(ensurePythonTools(host, 'wheel', {cache: newFolder()})).rejects.toMatchObject({
    code: 'PYTHON_VENV',
    hint: 'On Debian and Ubuntu, install the package python3-venv.',
  })
})

test('an old Python is named', async () => {
  const host = new FakeHost(fakePython('3.9.2'))
  await expect(ensurePythonTools(host, 'wheel', {cache: newFolder()})).rejects.toMatchObject({
    code: 'PYTHON_VERSION',
    message: 'Python 3.10 or newer is needed: /usr/bin/python3 is version 3.9.2, /usr/bin/python is version 3.9.2',
  })
})

test('without Python the error says so', async () => {
  await expect(ensurePythonTools(new FakeHost(), 'zig', {cache: newFolder()})).rejects.toMatchObject({
    code: 'TOOL_MISSING',
  })
})

test('pip fetches nothing but listed wheels', async () => {
  const host = new FakeHost(fakePython('3.12.0'))
  await ensurePythonTools(host, 'zig', {cache: newFolder()})
  const pip = host.commands.find(({argv}) => argv.includes('install'))
  expect(pip?.argv).toEqual(expect.arrayContaining(['--require-hashes', '--no-deps', '--only-binary', ':all:']))
  expect(pip?.options.env).toMatchObject({PIP_USER: '0', PIP_TARGET: '', PIP_PREFIX: ''})
})
