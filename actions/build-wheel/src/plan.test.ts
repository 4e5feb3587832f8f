import {expect, test} from '@jest/globals'
import {type BuildRequest, parseVersion} from '@mcp-release/release-model'
import {planBuild} from './plan'
import type {Project} from './project'

const project: Project = {name: 'a', version: '1.2.0', scripts: [], versionFromGit: false, shallow: false}
const fromGit: Project = {name: 'a', scripts: [], versionFromGit: true, shallow: false}

function request(text?: string): BuildRequest {
  const version = text === undefined ? undefined : parseVersion(text)
  return {directory: '/w/a', output: '/w/built', ...(version === undefined ? {} : {version})}
}

test('the build gets the source date and a fixed hash seed', () => {
  expect(planBuild({request: request('v1.2.0'), project, time: 1700000000}).env).toEqual({
    SOURCE_DATE_EPOCH: '1700000000',
    PYTHONHASHSEED: '0',
  })
})

test('a time before zip files began is raised for the backends', () => {
  expect(planBuild({request: request(), project, time: 1}).env['SOURCE_DATE_EPOCH']).toBe('315532800')
})

test('a version from git is replaced by the given one in the spelling of Python', () => {
  expect(planBuild({request: request('v1.3.0-rc.1'), project: {...fromGit, shallow: true}, time: 1}).env).toMatchObject(
    {
      SETUPTOOLS_SCM_PRETEND_VERSION: '1.3.0rc1',
    },
  )
})

test('a static version is never overridden', () => {
  expect(planBuild({request: request('1.2.0'), project, time: 1}).env).not.toHaveProperty(
    'SETUPTOOLS_SCM_PRETEND_VERSION',
  )
})

test.each([
  ['another version', request('v1.3.0'), project, 'version: is 1.3.0, but pyproject.toml says "1.2.0"'],
  [
    'no PEP 440 spelling',
    request('1.2.0-nightly.1'),
    project,
    'version: 1.2.0-nightly.1 has no spelling in PEP 440, which Python packages need',
  ],
  [
    'a shallow clone',
    request(),
    {...fromGit, shallow: true},
    '/w/a: the version comes from git tags, but this is a shallow clone without them',
  ],
])('%s stops before anything is built', (_, wanted, of, message) => {
  expect(() => planBuild({request: wanted, project: of, time: 1})).toThrow(
    expect.objectContaining({code: 'INPUT', message}),
  )
})

// https://peps.python.org/pep-0440/#normalization: `1.0.0-rc` and `1.0.0rc0` are one version.
test.each([
  ['v1.0.0-rc', '1.0.0rc0'],
  ['v1.0.0-rc.1', '1.0.0-rc.1'],
  ['1.0.0.post1', '1.0.0-post1'],
  ['v2025.1.2.3', '2025.1.2.3'],
])('the tag %s belongs to version = "%s"', (tag, version) => {
  expect(() => planBuild({request: request(tag), project: {...project, version}, time: 1})).not.toThrow()
})

test('each tool that computes a version gets the given one by its own variable', () => {
  const {env} = planBuild({request: request('v1.3.0-rc.1'), project: {...fromGit, name: 'My.Tool-x'}, time: 1})
  expect(env).toMatchObject({
    SETUPTOOLS_SCM_PRETEND_VERSION: '1.3.0rc1',
    SETUPTOOLS_SCM_PRETEND_VERSION_FOR_MY_TOOL_X: '1.3.0rc1',
    UV_DYNAMIC_VERSIONING_BYPASS: '1.3.0rc1',
    POETRY_DYNAMIC_VERSIONING_BYPASS: '1.3.0rc1',
    PDM_BUILD_SCM_VERSION: '1.3.0rc1',
    PBR_VERSION: '1.3.0rc1',
  })
})
