import {expect, test} from '@jest/globals'
import {parseVersion, planSchema} from '@mcp-release/release-model'
import type {Options} from './inputs'
import {nativeDependencies} from './native-dependencies'
import {plan} from './plan'

const tag = parseVersion('v1.2.3')
const options: Options = {
  ...(tag === undefined ? {} : {tag}),
  targets: ['linux/arm64', 'windows/amd64'],
  imagePlatforms: ['linux/amd64'],
  image: 'never',
  bundles: 'auto',
  compatibility: false,
  toolchains: ['python', 'node', 'go', 'rust'],
  settings: {},
}
const of = (texts: Readonly<Record<string, string>>, more: Partial<Options> = {}, root = '.') =>
  plan({tree: {files: Object.keys(texts).sort(), texts}, root, folder: 'server', sourceDate: 0}, {...options, ...more})
const npm = (fields: object = {}) =>
  JSON.stringify({name: '@scope/tool', version: '1.2.3', bin: {other: 'o.js', tool: 't.js'}, ...fields})

test('a Go program gives a bundle for each target, made of its archive', () => {
  const result = of({'go.mod': 'module example.com/demo\n', 'main.go': 'package main\n'}, {}, 'servers/go')
  expect(planSchema.parse(result)).toEqual(result)
  expect(result.bundles).toEqual([
    {
      package: 'go:.#demo',
      type: 'binary',
      directory: 'servers/go',
      executable: 'demo',
      files: [
        {name: 'demo_1.2.3_linux_arm64.mcpb', platform: 'linux/arm64', from: ['demo_1.2.3_linux_arm64.tar.gz']},
        {name: 'demo_1.2.3_windows_amd64.mcpb', platform: 'windows/amd64', from: ['demo_1.2.3_windows_amd64.zip']},
      ],
    },
  ])
  const names = result.artifacts.map(each => each.name).filter(name => name.startsWith('demo_1.2.3_linux_arm64.mcpb'))
  expect(names.map(name => name.replace('demo_1.2.3_linux_arm64.mcpb', ''))).toEqual([
    '',
    '.spdx.json',
    '.cdx.json',
    '.sigstore.json',
  ])
})

test('npm and Python packages give one bundle for every platform, named after the server', () => {
  const python =
    '[project]\nname = "Demo_Server"\nversion = "1.2.3"\n[project.scripts]\nzz = "a:b"\ndemo-server = "a:b"\n'
  const result = of({'a/package.json': npm(), 'b/pyproject.toml': python})
  expect(
    result.bundles.map(each => [each.type, each.executable, ...each.files.map(({name, from}) => [name, ...from])]),
  ).toEqual([
    ['uv', 'demo-server', ['demo-server_1.2.3.mcpb', 'demo_server-1.2.3-py3-none-any.whl', 'demo_server-1.2.3.tar.gz']],
    ['node', 'tool', ['tool_1.2.3.mcpb', 'scope-tool-1.2.3.tgz']],
  ])
})

test.each<readonly [string, Readonly<Record<string, string>>, Partial<Options>]>([
  ['bundles: never', {'package.json': npm()}, {bundles: 'never'}],
  ['no command', {'package.json': npm({bin: {}})}, {}],
])('%s means no bundle', (_, texts, more) => {
  const result = of(texts, more)
  expect(result.bundles).toEqual([])
  expect(result.artifacts.filter(({kind}) => kind === 'mcpb')).toEqual([])
})

test('what cannot be bundled is skipped with the reason, and nothing else of it', () => {
  const lock = JSON.stringify({packages: {'': {}, 'node_modules/sharp': {hasInstallScript: true}}})
  const result = of({'package.json': npm(), 'package-lock.json': lock})
  expect(result.artifacts.map(each => each.name)).toContain('scope-tool-1.2.3.tgz')
  expect(result.bundles).toEqual([])
  expect(result.skipped).toEqual([
    {
      subject: 'tool_1.2.3.mcpb',
      reason: 'its dependencies are compiled for one platform each: sharp',
      hint: expect.stringContaining('mcpb-bundle'),
    },
  ])
})

test('two packages with the same server share no name: the first one has the bundle', () => {
  const python = '[project]\nname = "tool"\nversion = "1.2.3"\n[project.scripts]\ntool = "a:b"\n'
  const result = of({'package.json': npm(), 'pyproject.toml': python})
  expect(result.bundles.map(each => each.package)).toEqual(['pypi:.'])
  expect(result.skipped).toEqual([
    expect.objectContaining({subject: 'tool_1.2.3.mcpb', reason: 'pypi:. has a bundle of this name already'}),
  ])
})

test('native dependencies are those of users, not of developers', () => {
  const packages = {
    '': {},
    'node_modules/plain': {},
    'node_modules/fsevents': {os: ['darwin'], dev: true},
    'node_modules/esbuild': {hasInstallScript: true, devOptional: true},
    'node_modules/@img/sharp-linux-x64': {os: ['linux'], cpu: ['x64']},
    'node_modules/a/node_modules/bcrypt': {hasInstallScript: true},
  }
  expect(nativeDependencies(JSON.stringify({packages}))).toEqual(['@img/sharp-linux-x64', 'bcrypt'])
  expect(nativeDependencies(undefined)).toEqual([])
  expect(nativeDependencies('{')).toEqual([])
})
