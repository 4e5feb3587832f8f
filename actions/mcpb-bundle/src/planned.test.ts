import {expect, test} from '@jest/globals'
import type {FakeProgram} from '@mcp-release/action-kit/testing'
import {zip} from '@mcp-release/archives'
import type {Plan} from '@mcp-release/release-model'
import {archives, file, manifest, run, time} from './testing/bundling'

const go: Plan['bundles'][number] = {
  package: 'go:.',
  type: 'binary',
  directory: '.',
  executable: 'demo',
  files: [
    {name: 'demo_1.2.3_linux_amd64.mcpb', platform: 'linux/amd64', from: ['demo_1.2.3_linux_amd64.tar.gz']},
    {name: 'demo_1.2.3_darwin_arm64.mcpb', platform: 'darwin/arm64', from: ['demo_1.2.3_darwin_arm64.tar.gz']},
  ],
}
const planOf = (bundles: Plan['bundles'], more: Partial<Plan> = {}): string =>
  JSON.stringify({
    schemaVersion: 1,
    name: 'demo',
    version: {tag: 'v1.2.3', text: '1.2.3', semver: '1.2.3', prerelease: false, channel: 'stable'},
    sourceDate: time,
    packages: [],
    jobs: [],
    bundles,
    artifacts: [],
    skipped: [],
    findings: [],
    settings: {},
    ...more,
  } satisfies Plan)
const server: Plan['packages'][number] = {
  id: 'go:.',
  ecosystem: 'go',
  path: '.',
  name: 'demo',
  version: '1.2.3',
  manifest: 'go.mod',
  executables: ['demo'],
  purl: 'pkg:golang/demo@1.2.3',
  role: 'server',
  roleReason: 'depends on an MCP SDK',
}
const env = {GITHUB_REPOSITORY: 'octo/demo'}
const inputs = {files: 'built/*', plan: 'plan.json'}
const leftOut = (outputs: {readonly 'left-out': string}) => JSON.parse(outputs['left-out']) as unknown

test('a server that needs an argument gets it from its bundle alone', async () => {
  const start = {
    args: [
      {value: '--stdio', origin: 'fixed' as const},
      {value: '${folder}', origin: 'asked' as const, name: 'root'},
    ],
    env: {API_KEY: {value: 'dummy', origin: 'asked' as const, secret: true}},
    transport: 'stdio' as const,
    source: 'server.json, packages[0]',
  }
  const plan = planOf([go], {packages: [{...server, start}]})
  const {read} = await run({...archives, 'plan.json': plan}, inputs, undefined, env)
  expect((await read('demo_1.2.3_linux_amd64.mcpb')).manifest).toMatchObject({
    server: {
      mcp_config: {
        command: '${__dirname}/server/demo',
        args: ['--stdio', '${user_config.root}'],
        env: {API_KEY: '${user_config.api_key}'},
      },
    },
    user_config: {
      root: {type: 'directory', required: true},
      api_key: {type: 'string', required: true, sensitive: true},
    },
  })
})

test('a bundle that cannot be made is left out, and the others are made', async () => {
  const wrong = {...archives, 'built/demo_1.2.3_darwin_arm64.tar.gz': archives['built/demo_1.2.3_linux_amd64.tar.gz']}
  const {names, outputs, host} = await run(
    {...wrong, 'plan.json': planOf([go])},
    {...inputs, fragment: 'f.json'},
    undefined,
    env,
  )
  expect(names).toEqual(['demo_1.2.3_linux_amd64.mcpb'])
  const expected = [{name: 'demo_1.2.3_darwin_arm64.mcpb', reason: 'targets: there is no executable for darwin/arm64'}]
  expect(leftOut(outputs)).toEqual(expected)
  expect(JSON.parse(await host.files.readText('f.json'))).toMatchObject({artifacts: [{}], leftOut: expected})
  expect(host.lines).toContainEqual(
    'warning: demo_1.2.3_darwin_arm64.mcpb is left out: targets: there is no executable for darwin/arm64',
  )
  expect(host.summaries.join('')).toContain('| `demo_1.2.3_darwin_arm64.mcpb` |')
  const strict = planOf([go], {settings: {strict: true}})
  await expect(run({...wrong, 'plan.json': strict}, inputs, undefined, env)).rejects.toThrow('there is no executable')
})

const metadata = 'Name: demo\nVersion: 1.2.3\nSummary: A demo\nAuthor: Ada\nRequires-Python: >=3.10\n\n'
const python = {
  'built/demo-1.2.3-py3-none-any.whl': zip(
    [
      file('demo/__init__.py'),
      file('demo-1.2.3.dist-info/METADATA', metadata),
      file('demo-1.2.3.dist-info/entry_points.txt', '[console_scripts]\ndemo = demo:main\n'),
    ],
    {time},
  ),
}
const from = ['demo-1.2.3-py3-none-any.whl']
const bundleOf = (more: Partial<Plan['bundles'][number]>): Plan['bundles'][number] => ({
  package: 'pypi:.',
  type: 'python',
  directory: '.',
  executable: 'demo',
  files: [{name: 'demo_1.2.3.mcpb', from}],
  ...more,
})
const pip =
  (stderr: string): FakeProgram =>
  argv =>
    argv.includes('pip') ? {exitCode: 1, stderr} : {stdout: '3.13\n'}

test('a dependency without wheels leaves the bundle out and names it', async () => {
  // What pip 25 prints for a package that has only an sdist, with --only-binary.
  const words =
    'ERROR: Could not find a version that satisfies the requirement oldlib>=1 (from demo) (from versions: none)\n' +
    'ERROR: No matching distribution found for oldlib>=1\n'
  const {outputs} = await run({...python, 'plan.json': planOf([bundleOf({})])}, inputs, pip(words))
  expect(leftOut(outputs)).toEqual([
    {
      name: 'demo_1.2.3.mcpb',
      reason: 'demo-1.2.3-py3-none-any.whl: there is no wheel of oldlib>=1, and nothing is compiled here',
      hint: expect.stringContaining('type uv'),
    },
  ])
  const strict = planOf([bundleOf({})], {settings: {strict: true}})
  await expect(run({...python, 'plan.json': strict}, inputs, pip(words))).rejects.toMatchObject({
    code: 'BUNDLE',
    message: expect.stringContaining('there is no wheel of oldlib>=1, and nothing is compiled here'),
  })
})

test('a registry that does not answer stops the action, so that no bundle is lost by it', async () => {
  // What pip 26 leaves in its log.
  const log =
    "2026-11-29T13:14:35,072 Could not fetch URL https://index.example.org/simple/mcp/: connection error: Max retries exceeded (Caused by NameResolutionError('Temporary failure in name resolution')) - skipping\n"
  const words = pip('ERROR: No matching distribution found for mcp\n')
  const program: FakeProgram = async (argv, options) => {
    const {writeFile} = await import('node:fs/promises')
    if (argv.includes('pip')) await writeFile(options.env?.['PIP_LOG'] ?? '', log)
    return words(argv, options)
  }
  await expect(run({...python, 'plan.json': planOf([bundleOf({})])}, inputs, program)).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringContaining('name resolution'),
  })
})

test("the author's manifest of type python gets the dependencies where it looks for them", async () => {
  const own = manifest({
    manifest_version: undefined,
    dxt_version: '0.1',
    server: {
      type: 'python',
      entry_point: 'src/main.py',
      mcp_config: {command: 'python', args: ['${__dirname}/src/main.py'], env: {PYTHONPATH: '${__dirname}/lib'}},
    },
  })
  const sdist = (await import('@mcp-release/archives')).tarGz(
    [file('demo-1.2.3/PKG-INFO', metadata), file('demo-1.2.3/src/main.py', 'import demo')],
    {time},
  )
  const files = {...python, 'built/demo-1.2.3.tar.gz': sdist, 'dxt/manifest.json': own}
  const plan = planOf([
    bundleOf({manifest: 'dxt/manifest.json', files: [{name: 'demo_1.2.3.mcpb', from: [...from, 'demo-1.2.3.tar.gz']}]}),
  ])
  const install: FakeProgram = async argv => {
    if (!argv.includes('pip')) return {stdout: '3.13\n'}
    const {writeFile, mkdir} = await import('node:fs/promises')
    const target = argv[argv.indexOf('--target') + 1] ?? ''
    await mkdir(`${target}/demo`, {recursive: true})
    await writeFile(`${target}/demo/__init__.py`, '')
    return {}
  }
  const {read} = await run({...files, 'plan.json': plan}, inputs, install)
  const bundle = await read('demo_1.2.3.mcpb')
  expect(bundle.names).toEqual(['PKG-INFO', 'lib/demo/__init__.py', 'manifest.json', 'src/main.py'])
  expect(bundle.manifest).toMatchObject({manifest_version: '0.3', version: '1.2.3', server: {type: 'python'}})
  expect(bundle.manifest).not.toHaveProperty('dxt_version')
})
