import {expect, test} from '@jest/globals'
import {zip} from '@mcp-release/archives'
import {archives, file, manifest, run, server, time} from './testing/bundling'

test('executables give a bundle for each platform, with what server.json says', async () => {
  const {names, read, outputs} = await run({...archives, 'server.json': server}, {files: 'built/*', version: 'v1.2.3'})
  expect(names).toEqual([
    'demo_1.2.3_darwin_arm64.mcpb',
    'demo_1.2.3_linux_amd64.mcpb',
    'demo_1.2.3_windows_amd64.mcpb',
  ])
  const linux = await read('demo_1.2.3_linux_amd64.mcpb')
  expect(linux.names).toEqual(['LICENSE', 'manifest.json', 'server/demo'])
  expect(linux.entries.map(each => each.mode)).toEqual([0o644, 0o644, 0o755])
  expect(linux.manifest).toMatchObject({
    manifest_version: '0.3',
    display_name: 'Demo',
    version: '1.2.3',
    author: {name: 'octo'},
    server: {
      type: 'binary',
      entry_point: 'server/demo',
      mcp_config: {command: '${__dirname}/server/demo', env: {API_KEY: '${user_config.api_key}'}},
    },
    user_config: {api_key: {type: 'string', required: true, sensitive: true}},
    compatibility: {platforms: ['linux']},
  })
  const windows = await read('demo_1.2.3_windows_amd64.mcpb')
  expect(windows.manifest).toMatchObject({
    server: {mcp_config: {command: '${__dirname}/server/demo.exe'}},
    compatibility: {platforms: ['win32']},
  })
  expect(outputs.sha256sums.split('\n')[1]).toMatch(/^[0-9a-f]{64} {2}demo_1\.2\.3_linux_amd64\.mcpb$/)
  expect(JSON.parse(outputs.artifacts)).toMatchObject([{kind: 'mcpb', platform: 'darwin/arm64'}, {}, {}])
})

test('with a launcher there is one bundle for all of them', async () => {
  const given = {files: 'built/*', version: '1.2.3', launcher: 'node', targets: 'linux/amd64\nwindows/amd64'}
  const {names, read} = await run({...archives, 'server.json': server}, given)
  expect(names).toEqual(['demo_1.2.3.mcpb'])
  const bundle = await read('demo_1.2.3.mcpb')
  expect(bundle.names).toEqual([
    'LICENSE',
    'manifest.json',
    'server/launcher.mjs',
    'server/linux-amd64/demo',
    'server/windows-amd64/demo.exe',
  ])
  expect(bundle.manifest).toMatchObject({
    server: {type: 'node', entry_point: 'server/launcher.mjs'},
    compatibility: {platforms: ['linux', 'win32']},
  })
})

test('a folder with a manifest is packed as it is, less what is never packed', async () => {
  const {names, read} = await run(
    {
      'manifest.json': manifest(),
      'index.js': '1',
      'index.js.map': '{}',
      'test/a.js': '',
      '.mcpbignore': 'test/\n',
      'built/older.mcpb': 'x',
    },
    {version: 'v2.0.0'},
  )
  expect(names).toEqual(['My-Demo_2.0.0.mcpb'])
  const bundle = await read('My-Demo_2.0.0.mcpb')
  expect(bundle.names).toEqual(['index.js', 'manifest.json'])
  expect(bundle.manifest).toMatchObject({name: 'My Demo', version: '2.0.0'})
})

test("an author's manifest says where the executable lies, and the folder mcpb comes along", async () => {
  const own = manifest({
    icon: 'icon.png',
    server: {
      type: 'binary',
      entry_point: 'bin/tool',
      mcp_config: {command: '${__dirname}/bin/tool', args: ['--stdio']},
    },
  })
  const png = Buffer.alloc(33)
  png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  png.writeUInt32BE(512, 16)
  png.writeUInt32BE(512, 20)
  const files = {...archives, 'mcpb/manifest.json': own, 'mcpb/icon.png': png, 'mcpb/extra/a.txt': ''}
  const {read} = await run(files, {files: 'built/*', version: '1.2.3'})
  const bundle = await read('demo_1.2.3_windows_amd64.mcpb')
  expect(bundle.names).toEqual(['bin/tool.exe', 'extra/a.txt', 'icon.png', 'manifest.json'])
  expect(bundle.manifest).toMatchObject({
    server: {entry_point: 'bin/tool.exe', mcp_config: {command: '${__dirname}/bin/tool.exe', args: ['--stdio']}},
  })
})

const metadata = [
  'Metadata-Version: 2.4',
  'Name: demo-server',
  'Version: 1.2.3rc1',
  'Summary: A demo',
  'Author: Ada',
  'Requires-Python: >=3.10',
  'Requires-Dist: mcp<3,>=2.3',
  'Requires-Dist: tzdata; sys_platform == "win32"',
  'Requires-Dist: pytest; extra == "test"',
  '',
].join('\n')
const info = 'demo_server-1.2.3rc1.dist-info'
const wheel = (scripts = '[console_scripts]\ndemo-server = demo.cli:app.main\n') =>
  zip(
    [
      file('demo/cli.py', 'x'),
      file('demo_server-1.2.3rc1.data/purelib/more.py', 'y'),
      file('demo_server-1.2.3rc1.data/scripts/tool', 'z'),
      file(`${info}/METADATA`, metadata),
      file(`${info}/entry_points.txt`, scripts),
      file(`${info}/RECORD`, ''),
    ],
    {time},
  )

test('a wheel gives a bundle whose dependencies uv installs', async () => {
  const {names, read} = await run(
    {'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel()},
    {files: 'built/*', version: 'v1.2.3-rc.1'},
  )
  expect(names).toEqual(['demo-server_1.2.3-rc.1.mcpb'])
  const {entries, manifest: made, names: inside} = await read('demo-server_1.2.3-rc.1.mcpb')
  expect(inside).toEqual([
    'manifest.json',
    'pyproject.toml',
    'server/mcpb_launcher.py',
    'src/demo/cli.py',
    `src/${info}/METADATA`,
    `src/${info}/entry_points.txt`,
    'src/more.py',
  ])
  expect(made).toMatchObject({
    manifest_version: '0.3',
    version: '1.2.3-rc.1',
    server: {
      type: 'python',
      mcp_config: {command: 'uv', args: ['run', '--directory', '${__dirname}', 'server/mcpb_launcher.py']},
    },
  })
  expect(made).not.toHaveProperty('compatibility')
  const text = (name: string) => Buffer.from(entries.find(each => each.name === name)?.content ?? []).toString()
  expect(text('pyproject.toml')).toContain(
    'dependencies = [\n  "mcp<3,>=2.3",\n  "tzdata; sys_platform == \\"win32\\"",\n]',
  )
  expect(text('server/mcpb_launcher.py')).toContain('from demo.cli import app  # noqa')
  expect(text('server/mcpb_launcher.py')).toContain('sys.exit(app.main())')
})

const lock = (...packages: readonly string[]) =>
  packages.map(each => `[[package]]\n${each}\nsource = { registry = "https://example.com/simple" }\n`).join('')

test('uv installs the versions of the lock file, which may be that of a workspace around the package', async () => {
  const text = `${lock('name = "mcp"\nversion = "2.4.0"')}[[package]]\nname = "demo-server"\nsource = { editable = "." }\n`
  for (const [file, folder] of [
    ['uv.lock', '.'],
    ['uv.lock', 'servers/demo'],
    ['servers/demo/poetry.lock', 'servers/demo'],
  ] as const) {
    const files = {'servers/demo/LICENSE': '', [file]: text, 'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel()}
    const {read} = await run(files, {files: 'built/*', version: '1.2.3-rc.1', 'working-directory': folder})
    const {entries} = await read('demo-server_1.2.3-rc.1.mcpb')
    const made = Buffer.from(entries.find(({name}) => name === 'pyproject.toml')?.content ?? []).toString()
    expect(made).toContain('constraint-dependencies = [\n  "mcp==2.4.0",\n]')
  }
})

test('a lock file around the package that is not its own is left alone', async () => {
  const files = {
    'uv.lock': lock('name = "mcp"\nversion = "1.0.0"'),
    'servers/demo/LICENSE': '',
    'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel(),
  }
  const {read} = await run(files, {files: 'built/*', version: '1.2.3-rc.1', 'working-directory': 'servers/demo'})
  const {entries} = await read('demo-server_1.2.3-rc.1.mcpb')
  expect(Buffer.from(entries.find(({name}) => name === 'pyproject.toml')?.content ?? []).toString()).not.toContain(
    'constraint',
  )
})

test.each([
  ['{ workspace = true }', 'mcp (workspace)'],
  ['[{ git = "https://example.com/mcp", marker = "sys_platform == \'linux\'" }]', 'mcp (git)'],
])('what the project takes from %s is not taken from an index', async (source, named) => {
  const pyproject = `[project]\nname = "demo-server"\n[tool.uv.sources]\nmcp = ${source}\nother = { index = "own" }\n`
  const files = {'pyproject.toml': pyproject, 'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel()}
  await expect(run(files, {files: 'built/*', version: '1.2.3-rc.1'})).rejects.toMatchObject({
    code: 'BUNDLE',
    message: `demo_server-1.2.3rc1-py3-none-any.whl: [tool.uv.sources] takes ${named} from elsewhere than the package index`,
  })
})

test('a lock file that the wheel does not fit is told as that', async () => {
  const files = {
    'uv.lock': lock('name = "mcp"\nversion = "1.6.0"'),
    'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel(),
  }
  await expect(run(files, {files: 'built/*', version: '1.2.3-rc.1'})).rejects.toMatchObject({
    code: 'LOCK_FILE',
    message:
      'uv.lock does not fit demo_server-1.2.3rc1-py3-none-any.whl:\n- 1.6.0 of mcp is locked, and mcp<3,>=2.3 is required',
    hint: 'Run `uv lock`, and commit uv.lock.',
  })
})

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md, "UV Runtime"
test('the type uv is made where it is asked for', async () => {
  const files = {'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel()}
  const {read, names} = await run(files, {files: 'built/*', type: 'uv'})
  expect((await read(names[0] ?? '')).manifest).toMatchObject({
    manifest_version: '0.4',
    server: {type: 'uv', mcp_config: {command: 'uv'}},
    compatibility: {runtimes: {python: '>=3.10'}},
  })
})

test.each<readonly [string, Readonly<Record<string, string | Uint8Array>>, Readonly<Record<string, string>>, string]>([
  ['nothing to make a bundle of', {'README.md': ''}, {}, 'has neither manifest.json nor mcpb/manifest.json'],
  ['files of no known kind', {'built/a.json': '{}'}, {files: 'built/*'}, 'none of a.json is an npm tarball'],
  ['executables without a version', archives, {files: 'built/*'}, 'version: is not given'],
  [
    'a target without an executable',
    archives,
    {files: 'built/*', version: '1.2.3', targets: 'linux/arm64'},
    'there is no executable for linux/arm64',
  ],
  [
    'an executable that is not there',
    archives,
    {files: 'built/*', version: '1.2.3', executable: 'other'},
    'has no other; it has demo',
  ],
  [
    'another version',
    {'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel()},
    {files: 'built/*.whl', version: '2.0.0'},
    'the package has version 1.2.3-rc.1, but the version is 2.0.0',
  ],
  [
    'a wheel without a command',
    {'built/demo_server-1.2.3rc1-py3-none-any.whl': wheel('')},
    {files: 'built/*.whl'},
    'has no console script',
  ],
  [
    'another type than the manifest says',
    {'manifest.json': manifest()},
    {type: 'uv'},
    'manifest.json: server.type is node, but the bundle is to be of type uv',
  ],
  [
    'a manifest with problems',
    {'manifest.json': manifest({colour: 'red', homepage: 'x'})},
    {},
    'Unrecognized key: "colour"',
  ],
  [
    'a manifest whose files are missing',
    {'manifest.json': manifest({version: '1.0.0', icon: 'icon.png'})},
    {},
    'icon: "icon.png" is not in the bundle',
  ],
])('%s is refused', async (_, files, given, message) => {
  await expect(run(files, given)).rejects.toThrow(message)
})

test('wrong inputs are told at once', async () => {
  const given = {
    files: 'nothing/*',
    targets: 'linux/mips',
    plan: 'plan.json',
    version: '1.0.0',
    launcher: 'node',
    type: 'uv',
  }
  await expect(run({}, given)).rejects.toMatchObject({
    problems: [
      expect.stringContaining('files: "nothing/*" matches no file'),
      expect.stringContaining('targets: "linux/mips" is not a platform'),
      expect.stringContaining('plan: "plan.json" is not a file'),
      'type: is decided by the plan; give only one of them',
      'launcher: is decided by the plan; give only one of them',
      'targets: is decided by the plan; give only one of them',
      'version: is decided by the plan; give only one of them',
      'launcher: node is for executables, not for the type uv',
    ],
  })
})

test('a plan decides names, and a file that it needs must be there', async () => {
  const plan = {
    schemaVersion: 1,
    name: 'demo',
    version: {tag: 'v1.2.3', text: '1.2.3', semver: '1.2.3', prerelease: false, channel: 'stable'},
    sourceDate: time,
    packages: [],
    jobs: [],
    bundles: [
      {
        package: 'go:.',
        type: 'binary',
        directory: '.',
        executable: 'demo',
        files: [
          {name: 'demo_1.2.3_linux_amd64.mcpb', platform: 'linux/amd64', from: ['demo_1.2.3_linux_amd64.tar.gz']},
        ],
      },
    ],
    artifacts: [],
    skipped: [],
    findings: [],
    settings: {},
  }
  const files = {...archives, 'server.json': server, 'plan.json': JSON.stringify(plan)}
  const {names, outputs} = await run(files, {files: 'built/*', plan: 'plan.json'})
  expect(names).toEqual(['demo_1.2.3_linux_amd64.mcpb'])
  expect(JSON.parse(outputs.artifacts)).toMatchObject([{package: 'go:.', platform: 'linux/amd64'}])
  await expect(run(files, {files: 'built/*.zip', plan: 'plan.json'})).rejects.toThrow(
    'files: demo_1.2.3_linux_amd64.tar.gz, of which demo_1.2.3_linux_amd64.mcpb is made, is not among them',
  )
  const renamed = JSON.stringify(plan).replace('_linux_amd64.mcpb', '.mcpb')
  await expect(run({...files, 'plan.json': renamed}, {files: 'built/*', plan: 'plan.json'})).rejects.toThrow(
    'demo_1.2.3.mcpb: is planned, but not made',
  )
})
