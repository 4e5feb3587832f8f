import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {parseProject, readProject} from './project'

test.each([
  [
    'a static version',
    '[project]\nname = "a"\nversion = "1.0"',
    {name: 'a', version: '1.0', scripts: [], versionFromGit: false},
  ],
  [
    'commands',
    '[project]\nname = "a"\nversion = "1.0"\n[project.scripts]\nserve = "a:main"\nadmin = "a:admin"',
    {name: 'a', version: '1.0', scripts: ['admin', 'serve'], versionFromGit: false},
  ],
  [
    'a version from git',
    '[build-system]\nrequires = ["hatchling", "hatch-vcs>=0.4"]\n[project]\nname = "a"\ndynamic = ["version"]',
    {name: 'a', scripts: [], versionFromGit: true},
  ],
  [
    'a version from a file',
    '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "a"\ndynamic = ["version"]',
    {name: 'a', scripts: [], versionFromGit: false},
  ],
  [
    'poetry',
    '[tool.poetry]\nname = "a"\nversion = "1.0"\n[tool.poetry.scripts]\nserve = "a:main"',
    {name: 'a', version: '1.0', scripts: ['serve'], versionFromGit: false},
  ],
  ['nothing', '', {scripts: [], versionFromGit: false}],
])('pyproject.toml with %s', (_, text, expected) => {
  expect(parseProject('pyproject.toml', text)).toEqual(expected)
})

test('a pyproject.toml that is not valid TOML is named', () => {
  expect(() => parseProject('x/pyproject.toml', '[project')).toThrow(/^x\/pyproject\.toml: is not valid TOML/)
})

test('a folder without a Python package is an input error with a remedy', async () => {
  const host = new FakeHost()
  await expect(readProject(host, host.workspace)).rejects.toMatchObject({
    code: 'INPUT',
    message: `working-directory: ${host.workspace} has neither pyproject.toml nor setup.py`,
    hint: 'Set working-directory to the folder of the Python package.',
  })
})

test('server.json gives the name that this package must carry', async () => {
  const host = new FakeHost()
  await host.files.write('pyproject.toml', '[project]\nname = "My.Tools"\nversion = "1"')
  const packages = [{registryType: 'pypi', identifier: 'my-tools'}]
  await host.files.write('server.json', JSON.stringify({name: 'io.github.owner/tools', packages}))
  expect((await readProject(host, host.workspace)).serverName).toBe('io.github.owner/tools')
})

test.each([
  ['true\n', true],
  ['false\n', false],
])('git is asked whether the clone is shallow: %j', async (stdout, shallow) => {
  const host = new FakeHost(argv => (argv.includes('--is-shallow-repository') ? {stdout} : undefined))
  const text = '[build-system]\nrequires = ["setuptools-scm"]\n[project]\nname = "a"\ndynamic = ["version"]'
  await host.files.write('pyproject.toml', text)
  expect((await readProject(host, host.workspace)).shallow).toBe(shallow)
})

test.each([
  '[build-system]\nrequires = ["setuptools", "setuptools-scm>=8"]\n[project]\nname = "a"\ndynamic = ["version"]',
  '[build-system]\nrequires = ["pdm-backend"]\n[project]\nname = "a"\ndynamic = ["version"]\n[tool.pdm.version]\nsource = "scm"',
  '[build-system]\nrequires = ["setuptools", "pbr"]',
  '[tool.poetry]\nname = "a"\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = true',
])('the version of %j comes from git', text => {
  const {versionFromGit, version} = parseProject('pyproject.toml', text)
  expect({versionFromGit, version}).toEqual({versionFromGit: true, version: undefined})
})

test('dependencies from a uv workspace are known', () => {
  const text = '[project]\nname = "a"\n[tool.uv.sources]\ncore = {workspace = true}\nother = {git = "x"}'
  expect(parseProject('pyproject.toml', text).workspaceSources).toEqual(['core'])
})
