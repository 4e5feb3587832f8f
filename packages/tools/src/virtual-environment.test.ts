import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost, type FakeProgram} from '@mcp-release/action-kit/testing'
import {makeVirtualEnvironment} from './virtual-environment'

const base = '/usr/bin/python3'

/** A Python whose pip has a version; `undefined`: without pip. */
function fakePython(pip: string | undefined, venv: {exitCode: number; stdout?: string} = {exitCode: 0}): FakeProgram {
  return argv => {
    if (argv.includes('venv')) return venv
    return pip === undefined ? {exitCode: 1, stderr: "No module named 'pip'"} : {stdout: `${pip}\n`}
  }
}

test.each(['22.3', '23.0.1', '26.3'])('pip %s of the interpreter installs into the environment', async version => {
  const host = new FakeHost(fakePython(version))
  const environment = await makeVirtualEnvironment(host, base, '/new')
  expect(host.commands.at(-1)?.argv).toEqual([base, '-I', '-m', 'venv', '--without-pip', '/new'])
  const argv = [base, '-I', '-m', 'pip', '--python', '/new/bin/python', '--disable-pip-version-check']
  expect(environment).toMatchObject({python: '/new/bin/python', bin: '/new/bin', pip: {argv}})
})

test.each(['9.0.1', '22.2.2', undefined])('with pip %s the environment gets a pip of its own', async version => {
  const host = new FakeHost(fakePython(version))
  const {pip} = await makeVirtualEnvironment(host, base, '/new')
  expect(host.commands.at(-1)?.argv).toEqual([base, '-I', '-m', 'venv', '/new'])
  expect(pip.argv).toEqual(['/new/bin/python', '-I', '-m', 'pip', '--disable-pip-version-check'])
})

test('settings of the user lead no package astray', async () => {
  for (const version of ['22.2', '26.3']) {
    const {pip} = await makeVirtualEnvironment(new FakeHost(fakePython(version)), base, '/new')
    expect(pip.env).toEqual({PIP_USER: '0', PIP_TARGET: '', PIP_PREFIX: '', PYTHONPATH: '', PYTHONHOME: ''})
  }
})

test('on Windows the programs lie elsewhere', async () => {
  const host = new FakeHost(fakePython('26.3'), {platform: {os: 'windows', arch: 'amd64'}})
  const {python, bin} = await makeVirtualEnvironment(host, base, '/new')
  expect({python, bin}).toEqual({python: join('/new', 'Scripts', 'python.exe'), bin: join('/new', 'Scripts')})
})

test.each([
  ['ensurepip is not available', 'On Debian and Ubuntu, install the package python3-venv.'],
  ['No space left on device', 'Check that /usr/bin/python3 -m venv works.'],
])('a venv that fails with "%s" is told with a hint', async (stdout, hint) => {
  const host = new FakeHost(fakePython(undefined, {exitCode: 1, stdout}))
  await expect(makeVirtualEnvironment(host, base, '/new')).rejects.toMatchObject({
    code: 'PYTHON_VENV',
    message: `/new: no virtual environment could be made:\n${stdout}`,
    hint,
  })
})
