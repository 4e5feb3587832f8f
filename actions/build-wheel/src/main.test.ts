import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {readTar} from '@mcp-release/archives'
import {main} from './main'

const slow = 300_000

function machine(): Host {
  const workspace = mkdtempSync(join(tmpdir(), 'build-wheel-'))
  return realHost({
    ...process.env,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: `${workspace}-temp`,
    GITHUB_STEP_SUMMARY: '',
  })
}

const inputs = {
  workingDirectory: 'package',
  outputDirectory: 'built',
  version: 'v0.2.0-rc.1',
  sourceDate: 1_700_000_000,
  fragment: 'fragments/wheel.json',
  package: 'python:package',
}

const project = (requires: string, backend: string) => `[build-system]
requires = ["${requires}"]
build-backend = "${backend}"
[project]
name = "tiny.server"
version = "0.2.0rc1"
readme = "README.md"
requires-python = ">=3.10"
license = {text = "MIT"}
[project.scripts]
tiny-server = "tiny_server:main"
`

test.each([
  ['hatchling', 'hatchling.build'],
  ['setuptools>=77', 'setuptools.build_meta'],
])(
  '%s: two builds give the same bytes, and the sdist keeps nothing of the machine',
  async (requires, backend) => {
    const host = machine()
    const write = (name: string, text: string) => host.files.write(`package/${name}`, text)
    await write('pyproject.toml', project(requires, backend))
    await write('README.md', '# Tiny\n')
    await write('tiny_server/__init__.py', 'def main():\n    print("hello")\n')
    const first = await main(inputs, host)
    await host.files.write('package/README.md', '# Tiny\n')
    const second = await main({...inputs, outputDirectory: 'again'}, host)
    expect(first).toMatchObject({
      wheel: 'built/tiny_server-0.2.0rc1-py3-none-any.whl',
      sdist: 'built/tiny_server-0.2.0rc1.tar.gz',
      version: '0.2.0rc1',
    })
    expect(second.artifacts).toBe(first.artifacts)
    expect(JSON.parse(first.artifacts)).toMatchObject([
      {kind: 'wheel', package: 'python:package'},
      {kind: 'sdist', package: 'python:package'},
    ])
    expect(await host.files.readText('fragments/wheel.json')).toContain('"kind": "sdist"')
    const names = (await readTar(await host.files.readBytes(first.sdist))).map(({name}) => name)
    expect(names).toEqual([...names].sort())
    expect(await host.files.list(host.temp)).toEqual([])
  },
  slow,
)

test('a tag that differs from pyproject.toml stops before anything is built', async () => {
  const host = machine()
  await host.files.write('package/pyproject.toml', project('hatchling', 'hatchling.build'))
  await expect(main({...inputs, version: 'v0.3.0'}, host)).rejects.toMatchObject({
    code: 'INPUT',
    message: 'version: is 0.3.0, but pyproject.toml says "0.2.0rc1"',
    hint: 'Set version = "0.3.0" in pyproject.toml, or use the tag that belongs to it.',
  })
  expect(await host.files.stat('built')).toBeUndefined()
})

test(
  'a wheel with a fault never reaches the output folder',
  async () => {
    const host = machine()
    await host.files.write('package/pyproject.toml', project('hatchling', 'hatchling.build'))
    await host.files.write('package/README.md', '# Tiny\n')
    await host.files.write('package/tiny_server/__init__.py', '')
    await host.files.write('package/tiny_server/.env', 'TOKEN=x')
    await host.files.write('package/server.json', '{"name": "io.github.owner/tiny"}')
    const done = main(inputs, host)
    await expect(done).rejects.toThrow('tiny_server/.env is a file of credentials by its name\n  ')
    await expect(done).rejects.toMatchObject({
      code: 'WHEEL',
      message: expect.stringMatching(
        /mcp-name: io\.github\.owner\/tiny[\s\S]*tiny_server\/\.env is a file of credentials/,
      ),
    })
    expect(await host.files.stat('built')).toBeUndefined()
  },
  slow,
)

// https://peps.python.org/pep-0517/: a backend in the tree; this one leaves a second wheel in the folder that it is given.
const untidy = `import io, os, tarfile, zipfile
def get_requires_for_build_sdist(config_settings=None): return []
def get_requires_for_build_wheel(config_settings=None): return []
def build_sdist(sdist_directory, config_settings=None):
    name = 'tiny_server-0.2.0rc1'
    with tarfile.open(os.path.join(sdist_directory, name + '.tar.gz'), 'w:gz') as archive:
        for each in ('pyproject.toml', 'untidy.py'): archive.add(each, name + '/' + each)
        archive.add('PKG-INFO', name + '/PKG-INFO')
    return name + '.tar.gz'
def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    for name in ('tiny_server', 'other'):
        with zipfile.ZipFile(os.path.join(wheel_directory, name + '-0.2.0rc1-py3-none-any.whl'), 'w') as wheel:
            wheel.writestr(name + '.py', '')
    return 'tiny_server-0.2.0rc1-py3-none-any.whl'
`

test(
  'a backend that makes two wheels is told with their names',
  async () => {
    const host = machine()
    const system = 'requires = []\nbuild-backend = "untidy"\nbackend-path = ["."]'
    const text = project('x', 'x').replace(/requires = .*\nbuild-backend = .*/, system)
    await host.files.write('package/pyproject.toml', text)
    await host.files.write('package/README.md', '# Tiny\n')
    await host.files.write('package/untidy.py', untidy)
    await host.files.write('package/PKG-INFO', 'Metadata-Version: 2.1\nName: tiny.server\nVersion: 0.2.0rc1\n')
    await expect(main(inputs, host)).rejects.toMatchObject({
      code: 'WHEEL',
      message: expect.stringMatching(
        /^the build made 2 \.whl files; in its output lie other-0\.2\.0rc1-py3-none-any\.whl, tiny_server-0\.2\.0rc1-py3-none-any\.whl, tiny_server-0\.2\.0rc1\.tar\.gz$/,
      ),
      hint: expect.stringContaining('let the build backend in pyproject.toml make exactly these'),
    })
  },
  slow,
)
