import {mkdirSync, mkdtempSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {findInterpreter, isOf, parseAsked} from './interpreter'

const real = realHost(process.env)
const folder = () => mkdtempSync(join(tmpdir(), 'interpreters-'))
const withEnv = (env: Record<string, string>): Host =>
  realHost({PATH: '', HOME: folder(), RUNNER_TEMP: folder(), ...env})

test.each([
  ['3.13', {version: '3.13'}],
  ['v22', {version: '22'}],
  ['20.1.2', {version: '20.1.2'}],
  ['3.13 = /opt/python/bin/python', {version: '3.13', path: '/opt/python/bin/python'}],
  ['>=3.10', undefined],
  ['3.13=', undefined],
  ['latest', undefined],
])('%s', (item, expected) => {
  expect(parseAsked(item)).toEqual(expected)
})

test('3.1 is not the beginning of 3.13', () => {
  expect([isOf('3.13.1', '3.1'), isOf('3.13.1', '3.13'), isOf('3.13.1', '3'), isOf('3.13.1', '')]).toEqual([
    false,
    true,
    true,
    true,
  ])
})

test('what is on PATH is taken, exactly as it says of itself', async () => {
  const found = await findInterpreter(real, 'node', {version: ''})
  expect(found).toMatchObject({runtime: 'node', version: process.version.slice(1), asked: process.version.slice(1)})
  const python = await findInterpreter(real, 'python', {version: '3'})
  expect(python).toMatchObject({asked: '3', environment: {os_name: 'posix', implementation_name: 'cpython'}})
})

test('versions are found where actions/setup-python and actions/setup-node leave them', async () => {
  const cache = process.env['RUNNER_TOOL_CACHE'] ?? ''
  const host = withEnv({RUNNER_TOOL_CACHE: cache})
  const [python, node] = [
    await findInterpreter(host, 'python', {version: '3.14'}),
    await findInterpreter(host, 'node', {version: '24'}),
  ]
  expect(python).toMatchObject({version: '3.14.6', path: join(cache, 'Python/3.14.6/x64/bin/python3')})
  expect(node).toMatchObject({version: '24.21.0', path: join(cache, 'node/24.21.0/x64/bin/node')})
})

test('the newest fitting version that runs is taken; a shim with nothing behind it is passed over', async () => {
  const [bin, root] = [folder(), folder()]
  writeFileSync(join(bin, 'python3.14'), '#!/bin/sh\nexit 127\n', {mode: 0o755})
  for (const [version, answer] of [
    ['3.14.2', ''],
    ['3.14.10', 'exit 1'],
    ['3.13.9', ''],
  ] as const) {
    mkdirSync(join(root, 'versions', version, 'bin'), {recursive: true})
    const facts = JSON.stringify({python_full_version: version})
    const script = `#!/bin/sh\n${answer}\necho '${facts}'\n`
    writeFileSync(join(root, 'versions', version, 'bin/python3'), script, {mode: 0o755})
  }
  const host = withEnv({PATH: bin, PYENV_ROOT: root})
  expect(await findInterpreter(host, 'python', {version: '3.14'})).toMatchObject({version: '3.14.2'})
})

test('a path is taken at its word only if the version is right', async () => {
  const link = join(folder(), 'some-node')
  symlinkSync(process.execPath, link)
  const major = /\d+/.exec(process.version)?.[0] ?? ''
  expect(await findInterpreter(real, 'node', {version: major, path: link})).toMatchObject({path: link})
  expect(await findInterpreter(real, 'node', {version: '7', path: link})).toEqual({
    runtime: 'node',
    asked: '7',
    reason: `${link} is no Node.js 7; found ${process.version.slice(1)}`,
    hint: 'Add actions/setup-node with 7 to the job, or say where it is: 7=/path/to/node.',
  })
})

test('what is not there is told with the remedy', async () => {
  expect(await findInterpreter(withEnv({}), 'python', {version: '3.99'})).toEqual({
    runtime: 'python',
    asked: '3.99',
    reason: 'Python 3.99 is not on this machine',
    hint: 'Add actions/setup-python with 3.99 to the job, or say where it is: 3.99=/path/to/python.',
  })
})

test('uv is asked for what only it knows', async () => {
  const [bin, store] = [folder(), folder()]
  const facts = JSON.stringify({python_full_version: '3.12.7'})
  writeFileSync(join(store, 'python'), `#!/bin/sh\necho '${facts}'\n`, {mode: 0o755})
  const refusal = '[ "$*" = "python find --no-project --no-python-downloads 3.12" ] || exit 2'
  writeFileSync(join(bin, 'uv'), `#!/bin/sh\n${refusal}\necho ${join(store, 'python')}\n`, {mode: 0o755})
  const host = withEnv({PATH: bin})
  expect(await findInterpreter(host, 'python', {version: '3.12'})).toMatchObject({path: join(store, 'python')})
})
