import {expect, test} from '@jest/globals'
import {type ReleaseTag, parseTag, planSchema} from '@mcp-release/release-model'
import type {Options} from './inputs'
import {nativeDependencies} from './native-dependencies'
import {plan} from './plan'

const tag = parseTag('v1.2.3')
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
    [
      'python',
      'demo-server',
      ['demo-server_1.2.3.mcpb', 'demo_server-1.2.3-py3-none-any.whl', 'demo_server-1.2.3.tar.gz'],
    ],
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

// The layout of esbuild: https://docs.npmjs.com/cli/configuring-npm/package-json#os
const native = (target: string, fields: object) => ({
  [`npm/${target}/package.json`]: JSON.stringify({name: `@scope/tool-${target}`, version: '1.2.3', ...fields}),
  [`npm/${target}/bin/tool`]: '',
})
const withNative = npm({
  optionalDependencies: Object.fromEntries(
    ['linux-x64', 'linux-x64-musl', 'darwin', 'win32-arm64', 'aix'].map(target => [`@scope/tool-${target}`, '1.2.3']),
  ),
})

test('a server whose program is in packages for one platform each gets a bundle with it for each of them', () => {
  const {bundles, skipped} = of({
    'package.json': withNative,
    ...native('linux-x64', {os: ['linux'], cpu: ['x64'], libc: ['glibc']}),
    ...native('linux-x64-musl', {os: ['linux'], cpu: ['x64'], libc: ['musl']}),
    ...native('darwin', {os: ['darwin'], cpu: ['x64', 'arm64']}),
    ...native('win32-arm64', {os: ['win32'], cpu: ['arm64']}),
    ...native('aix', {os: ['aix'], cpu: ['ppc64']}),
    ...native('unrelated', {os: ['linux'], cpu: ['arm64']}),
  })
  expect(bundles.flatMap(({files}) => files.map(({name, from}) => [name, ...from]))).toEqual([
    ['tool_1.2.3_darwin_amd64.mcpb', 'scope-tool-1.2.3.tgz', 'scope-tool-darwin-1.2.3.tgz'],
    ['tool_1.2.3_darwin_arm64.mcpb', 'scope-tool-1.2.3.tgz', 'scope-tool-darwin-1.2.3.tgz'],
    ['tool_1.2.3_linux_amd64.mcpb', 'scope-tool-1.2.3.tgz', 'scope-tool-linux-x64-1.2.3.tgz'],
    ['tool_1.2.3_windows_arm64.mcpb', 'scope-tool-1.2.3.tgz', 'scope-tool-win32-arm64-1.2.3.tgz'],
  ])
  expect(skipped).toEqual([])
})

test('a server whose packages for single platforms are not released gets no bundle, with the reason', () => {
  const {'npm/win32-arm64/package.json': empty = ''} = native('win32-arm64', {os: ['win32'], cpu: ['arm64']})
  const {bundles, skipped} = of({'package.json': withNative, 'npm/win32-arm64/package.json': empty})
  expect(bundles).toEqual([])
  expect(skipped.filter(({subject}) => subject === 'tool_1.2.3.mcpb')).toMatchObject([
    {
      reason: 'its program is in packages for one platform each, of which none is released: @scope/tool-win32-arm64',
    },
  ])
})

test('what cannot be bundled is skipped with the reason, and nothing else of it', () => {
  const lock = JSON.stringify({packages: {'': {}, 'node_modules/sharp': {hasInstallScript: true}}})
  const result = of({'package.json': npm({dependencies: {sharp: '^0.34.0'}}), 'package-lock.json': lock})
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
    expect.objectContaining({
      subject: 'tool_1.2.3.mcpb',
      reason: 'the bundle of tool (pyproject.toml) has this name already',
    }),
  ])
})

const manifestOf = (server: object) =>
  JSON.stringify({
    manifest_version: '0.3',
    name: 'demo',
    version: '0.0.0',
    description: 'd',
    author: {name: 'a'},
    server: {entry_point: 'server/main.py', ...server},
  })
const python = '[project]\nname = "demo"\nversion = "1.2.3"\n[project.scripts]\ndemo = "a:b"\n'

test("the author's manifest decides the type: python means dependencies inside, for each platform", () => {
  const own = manifestOf({type: 'python', mcp_config: {command: 'python', args: ['${__dirname}/server/main.py']}})
  const result = of({'pyproject.toml': python, 'mcpb/manifest.json': own}, {}, 'servers/py')
  expect(result.bundles).toEqual([
    expect.objectContaining({
      type: 'python',
      manifest: 'servers/py/mcpb/manifest.json',
      files: [
        expect.objectContaining({name: 'demo_1.2.3_linux_arm64.mcpb', platform: 'linux/arm64'}),
        expect.objectContaining({name: 'demo_1.2.3_windows_amd64.mcpb', platform: 'windows/amd64'}),
      ],
    }),
  ])
  const uv = manifestOf({type: 'python', mcp_config: {command: 'uv', args: ['run', '${__dirname}/server/main.py']}})
  expect(of({'pyproject.toml': python, 'dxt/manifest.json': uv}).bundles).toEqual([
    expect.objectContaining({type: 'python', files: [expect.objectContaining({name: 'demo_1.2.3.mcpb'})]}),
  ])
})

// https://github.com/smithery-ai/cli/issues/805, https://github.com/mims-harvard/ToolUniverse/issues/186
test('a plan says why a Python bundle is of its type, and who refuses another one', () => {
  const generated = of({'pyproject.toml': python})
  expect(planSchema.parse(generated)).toEqual(generated)
  expect(generated.bundles).toEqual([expect.objectContaining({type: 'python', dependencies: 'uv'})])
  expect(generated.findings).toContainEqual({
    level: 'notice',
    subject: 'demo_1.2.3.mcpb',
    text: expect.stringContaining('Smithery and Claude Code refuse the type uv'),
    hint: expect.stringContaining('mcpb/manifest.json'),
  })
  const uv = JSON.stringify({...(JSON.parse(manifestOf({type: 'uv'})) as object), manifest_version: '0.4'})
  const own = of({'pyproject.toml': python, 'mcpb/manifest.json': uv})
  expect(own.bundles).toEqual([expect.objectContaining({type: 'uv', dependencies: 'uv'})])
  expect(own.findings).toContainEqual(
    expect.objectContaining({level: 'warning', text: expect.stringContaining('which Smithery and Claude Code refuse')}),
  )
  const inside = manifestOf({type: 'python', mcp_config: {command: 'python', args: ['${__dirname}/server/main.py']}})
  const vendored = of({'pyproject.toml': python, 'mcpb/manifest.json': inside})
  expect(vendored.bundles).toEqual([expect.not.objectContaining({dependencies: 'uv'})])
  expect(vendored.findings.filter(({subject}) => subject.includes('.mcpb'))).toEqual([])
})

test('the version of the release is stamped into a manifest, and a stale one is told once', () => {
  const own = (version: string) => {
    const all = manifestOf({type: 'node', mcp_config: {command: 'node', args: ['${__dirname}/t.js']}})
    return JSON.stringify({...(JSON.parse(all) as object), version})
  }
  const found = (version: string) =>
    of({'package.json': npm(), 'manifest.json': own(version)}, {}, 'servers/node').findings.filter(({subject}) =>
      subject.endsWith('manifest.json'),
    )
  expect(found('1.0.9')).toEqual([
    {
      level: 'notice',
      subject: 'servers/node/manifest.json',
      text: 'its version is 1.0.9; the manifest in the bundle says 1.2.3',
    },
  ])
  expect(found('1.2.3')).toEqual([])
  expect(found('${VERSION}')).toEqual([])
})

test.each<readonly [string, string, string]>([
  [
    'fetches the server',
    manifestOf({type: 'node', mcp_config: {command: 'npx', args: ['-y', 'tool']}}),
    'manifest.json starts the server by "npx -y tool", which fetches it when it starts',
  ],
  [
    'is for another kind of server',
    manifestOf({type: 'python', mcp_config: {command: 'python'}}),
    'manifest.json is for a server of type python, and @scope/tool (package.json) is an npm package',
  ],
  ['is wrong', manifestOf({type: 'node'}), 'manifest.json: server.mcp_config: '],
])('a manifest that %s is skipped with the reason, and the package is released', (_, own, reason) => {
  const result = of({'package.json': npm(), 'manifest.json': own})
  expect(result.bundles).toEqual([])
  expect(result.artifacts.map(each => each.name)).toContain('scope-tool-1.2.3.tgz')
  expect(result.skipped).toEqual([
    {subject: 'tool_1.2.3.mcpb', reason: expect.stringContaining(reason), hint: expect.stringContaining('remove')},
  ])
})

// https://packaging.python.org/en/latest/specifications/version-specifiers/
test.each(['1.2.3.post1', '1.2.3.4'])('%s is a version of Python packages, and not of what needs SemVer', version => {
  const text = python.replace('1.2.3', version)
  const options = {tag: parseTag(`v${version}`) as ReleaseTag}
  const result = of({'pyproject.toml': text}, options)
  expect(result.artifacts.map(({name}) => name)).toContain(`demo-${version}-py3-none-any.whl`)
  expect(result.skipped).toEqual([
    {
      subject: `demo_${version}.mcpb`,
      reason: `the version ${version} has no spelling in SemVer, which manifests of bundles need`,
    },
  ])
  expect(() => of({'package.json': npm()}, options)).toThrow(
    `package.json: version is "1.2.3", but the tag v${version} says ${version}, which npm packages cannot have; tag v1.2.3 or @scope/tool@1.2.3`,
  )
})

// https://docs.astral.sh/uv/concepts/projects/dependencies/#dependency-sources
test('a package that takes a sibling of its workspace gets no bundle, which would hold another of that name', () => {
  const sources = '[tool.uv.sources]\ncore = {workspace = true}\n'
  const text = python.replace('[project.scripts]', 'dependencies = ["core>=1"]\n[project.scripts]')
  const result = of({'pyproject.toml': text + sources})
  expect(result.bundles).toEqual([])
  expect(result.skipped).toEqual([
    {
      subject: 'demo_1.2.3.mcpb',
      reason: '[tool.uv.sources] takes core (workspace) from elsewhere than the package index',
      hint: expect.stringContaining('publish it first'),
    },
  ])
  expect(of({'pyproject.toml': python + sources}).bundles).toHaveLength(1)
})

test('the manifest of a web page is not that of a bundle', () => {
  const result = of({'package.json': npm(), 'manifest.json': '{"name": "App", "icons": []}'})
  expect(result.bundles).toEqual([expect.not.objectContaining({manifest: expect.anything()})])
})

test('native dependencies are told of a member of a workspace by the lock file of its root', () => {
  const packages = {
    '': {workspaces: ['packages/*']},
    'packages/a': {dependencies: {sharp: '*'}},
    'packages/b': {dependencies: {zod: '*'}},
    'node_modules/sharp': {optionalDependencies: {'@img/sharp-linux-x64': '*'}},
    'node_modules/@img/sharp-linux-x64': {os: ['linux'], cpu: ['x64'], optional: true},
    'node_modules/zod': {},
  }
  const texts = {
    'package-lock.json': JSON.stringify({packages}),
    'packages/a/package.json': '{"dependencies": {"sharp": "*"}}',
    'packages/b/package.json': '{"dependencies": {"zod": "*"}}',
  }
  const tree = {files: Object.keys(texts), texts}
  expect(nativeDependencies('packages/a', tree)).toEqual(['@img/sharp-linux-x64'])
  expect(nativeDependencies('packages/b', tree)).toEqual([])
})

test('a Python server without a command gets no bundle, with the line that gives it one', () => {
  const texts = {
    'pyproject.toml':
      '[project]\nname = "demo-server"\nversion = "1.2.3"\nrequires-python = ">=3.10"\ndependencies = ["mcp"]\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n',
    'src/demo_server/__main__.py': 'from .app import main\nmain()\n',
  }
  const result = of(texts)
  expect(planSchema.parse(result)).toEqual(result)
  expect([result.packages[0]?.role, result.packages[0]?.module, result.bundles]).toEqual(['server', 'demo_server', []])
  expect(result.skipped).toEqual([
    {
      subject: 'demo-server_1.2.3.mcpb',
      reason: 'it installs no command, which is what starts the server in a bundle',
      hint: 'Add to pyproject.toml:\n[project.scripts]\ndemo-server = "demo_server.app:main"',
    },
  ])
})

// Desktop clients run on macOS, Windows and Linux (compatibility.platforms of
// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md).
test('what gets no bundle because of its platform is told with the reason, and is no fault of a strict release', () => {
  const go = {'go.mod': 'module example.com/demo\n', 'main.go': 'package main\n'}
  const targets = ['linux/amd64', 'freebsd/amd64', 'freebsd/arm64'] as const
  const {bundles, skipped} = of(go, {targets: [...targets], settings: {strict: true}})
  expect(bundles[0]?.files.map(({name}) => name)).toEqual(['demo_1.2.3_linux_amd64.mcpb'])
  expect(skipped).toEqual([
    {
      subject: 'demo_1.2.3_freebsd_amd64.mcpb, demo_1.2.3_freebsd_arm64.mcpb',
      reason: 'no desktop client runs on FreeBSD, and manifests of bundles cannot name it; its archives are released',
    },
  ])
  const limited = of({'package.json': npm({os: ['darwin']}), 't.js': '', 'o.js': ''})
  expect(limited.bundles).toEqual([])
  expect(limited.skipped).toEqual([
    {
      subject: 'tool_1.2.3.mcpb',
      reason: 'npm installs the package on darwin only, and a bundle of it would be for every platform',
      hint: expect.stringContaining('action mcpb-bundle'),
    },
  ])
  expect(of({'package.json': npm({os: ['darwin']})}, {bundles: 'never'}).skipped).toEqual([])
})
