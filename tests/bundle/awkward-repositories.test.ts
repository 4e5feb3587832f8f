import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Plan, planSchema} from '@mcp-release/release-model'
import {makeRepository, shapeNames} from '../fixtures/repositories.mjs'
import {runBundle, temporaryFolder} from './run-bundle'

// Small servers in the shapes of repositories that people have; what their plans must say is the field's own custom.

interface Planned {
  readonly plan: Plan
  readonly stdout: string
}

async function planOf(shape: string, tag = 'v1.0.0'): Promise<Planned> {
  const workspace = join(temporaryFolder(), shape)
  makeRepository(shape, workspace, tag)
  const env = {SOURCE_DATE_EPOCH: '1700000000', GITHUB_REPOSITORY: `acme/${shape}`, GITHUB_REF: `refs/tags/${tag}`}
  const {exitCode, stdout} = await runBundle('release-plan', {workspace, env})
  if (exitCode !== 0) throw new Error(stdout)
  return {plan: planSchema.parse(JSON.parse(readFileSync(join(workspace, 'release-plan.json'), 'utf8'))), stdout}
}

/** Name, role and version of each package, by name. */
const packages = ({packages: all}: Plan) => all.map(each => `${each.name} ${each.version}: ${each.role}`).sort()

/** The start of the only server: its arguments and variables with where each comes from. */
function start({packages: all}: Plan) {
  const servers = all.filter(each => each.role === 'server' && each.ecosystem !== 'oci')
  expect(servers).toHaveLength(1)
  const recipe = servers[0]?.start
  return {
    args: recipe?.args.map(({value, origin}) => (origin === 'fixed' ? value : {asked: value})),
    env: Object.entries(recipe?.env ?? {}).map(([name, {origin}]) => `${name}: ${origin}`),
    source: recipe?.source,
  }
}

const about = (text: string, entries: readonly {readonly subject: string}[]) =>
  entries.filter(({subject}) => subject.includes(text))

test('every shape has a plan that says what is released, why, and how it is started', async () => {
  const tags: Record<string, string> = {
    'monorepo-three-versions': 'v2026.7.10',
    'go-nested-module': 'tools/journal/v1.0.0',
  }
  for (const shape of shapeNames) {
    const {plan, stdout} = await planOf(shape, tags[shape])
    const servers = plan.packages.filter(({role}) => role === 'server')
    expect([shape, servers.length]).toEqual([shape, expect.any(Number)])
    expect(servers.length).toBeGreaterThan(0)
    // In words for people, not only in the plan's JSON.
    const said = stdout.replace(/^[{][\s\S]*?^[}]$/m, '')
    for (const {name, start: recipe, roleReason} of servers) {
      expect([shape, name, recipe?.source]).toEqual([shape, name, expect.stringMatching(/\w/)])
      expect(roleReason).toMatch(/\w/)
      expect([shape, said]).toEqual([shape, expect.stringContaining(name)])
    }
    for (const {subject, reason} of plan.skipped)
      expect([shape, subject, reason]).toEqual([shape, subject, expect.stringMatching(/\w \w/)])
  }
}, 120_000)

test.each([
  ['v2026.7.10', 'acme-mcp-clock 2026.7.10: server', ['src/echo', 'src/words']],
  ['@acme/mcp-echo@2.0.0', '@acme/mcp-echo 2.0.0: server', ['src/clock', 'src/words']],
  ['acme-mcp-words-v0.6.3', 'acme-mcp-words 0.6.3: server', ['src/clock', 'src/echo']],
])(
  'monorepo with three versions: the tag %s means one package, the others are skipped with the reason',
  async (tag, released, others) => {
    const {plan} = await planOf('monorepo-three-versions', tag)
    expect(packages(plan)).toEqual([released])
    for (const folder of others) {
      const [skip] = plan.skipped.filter(({subject, reason}) => `${subject} ${reason}`.includes(folder))
      expect([folder, skip?.reason]).toEqual([folder, expect.stringMatching(/version|tag/)])
    }
  },
)

test('a Go repository with a load test and a magefile: the server is the one that is named like the module', async () => {
  const {plan} = await planOf('go-load-test-magefile')
  const [server, ...more] = plan.packages.filter(({role}) => role === 'server')
  expect(server?.executables[0]).toBe('notes-mcp')
  expect(more).toEqual([])
  // The load test is another program: released or not, it is not started over MCP, and the plan says why.
  const loadTest = plan.packages.find(({executables}) => executables[0] === 'loadtest')
  const said = loadTest?.role ?? about('loadtest', plan.skipped)[0]
  expect(said).toBeDefined()
  expect(said).not.toBe('server')
  // A file behind `//go:build mage` makes no program: https://magefile.org/magefiles/
  expect(plan.packages.map(({path}) => path)).not.toContain('mage')
  expect(plan.artifacts.filter(({name}) => name.startsWith('notes-mcp_') && name.includes('linux_amd64'))).not.toEqual(
    [],
  )
})

test('a .goreleaser.yaml keeps its archive names, and the CMD of the Dockerfile is how the server is started', async () => {
  const {plan} = await planOf('go-goreleaser')
  const archives = plan.artifacts.filter(({kind}) => kind === 'archive').map(({name}) => name)
  expect(archives).toContain('ledger-mcp-server_Linux_x86_64.tar.gz')
  expect(archives).toContain('ledger-mcp-server_Windows_arm64.zip')
  expect(start(plan).args).toEqual(['stdio'])
  expect(start(plan).source).toContain('Dockerfile')
})

test('a nested module is released by a tag with its folder, and started as smithery.yaml says', async () => {
  const {plan} = await planOf('go-nested-module', 'tools/journal/v1.0.0')
  expect(plan.packages.map(({path}) => path)).toEqual(['tools/journal'])
  expect(start(plan)).toMatchObject({args: ['serve', {asked: expect.stringContaining('${file}')}]})
  expect(start(plan).source).toContain('smithery.yaml')
})

test('a server that needs --stdio is started as server.json says, and placeholders are no contradiction', async () => {
  const {plan} = await planOf('needs-stdio-flag')
  expect(start(plan)).toMatchObject({args: ['--stdio'], source: expect.stringContaining('server.json')})
})

test('a server that needs a folder is given made-up ones, as its README shows', async () => {
  const {plan} = await planOf('needs-folder')
  const {args, source} = start(plan)
  expect(args?.length).toBeGreaterThan(0)
  for (const each of args ?? []) expect(each).toEqual({asked: expect.stringContaining('${folder}')})
  expect(source).toMatch(/README\.md, line \d+/)
})

test('a server that needs a key is given a made-up one, and users are asked for theirs', async () => {
  const {plan} = await planOf('needs-key')
  expect(start(plan)).toMatchObject({args: [], env: ['WEATHER_API_KEY: asked']})
  expect(start(plan).source).toContain('README.md')
})

test('the configuration in a README, with comments, is the source of the arguments', async () => {
  const {plan} = await planOf('readme-configuration')
  const {args, source} = start(plan)
  expect(args).toEqual(['serve', '--book', {asked: expect.stringContaining('${file}')}, '--read-only'])
  expect(source).toMatch(/README\.md, line \d+/)
})

test('a changelog without the section is found in the plan and stops nothing', async () => {
  const {plan} = await planOf('changelog-without-section')
  expect(about('CHANGELOG.md', plan.findings)).toMatchObject([{text: expect.stringContaining('1.0.0')}])
})

test('the manifest of the repository decides the type of the bundle', async () => {
  const {plan} = await planOf('manifest-python')
  // Wheel and sdist are released in any case.
  expect(plan.artifacts.map(({kind}) => kind)).toEqual(expect.arrayContaining(['wheel', 'sdist']))
  const types = plan.bundles.map(({type}) => type)
  const skipped = plan.skipped.filter(({subject, reason}) => /bundle|mcpb|manifest/i.test(subject + reason))
  if (types.length > 0) expect(types).toEqual(['python'])
  else expect(skipped).toMatchObject([{reason: expect.stringContaining('python')}])
})

test('packages for platforms are a set: none is a server by itself, and one that holds nothing is found', async () => {
  const {plan} = await planOf('npm-platform-packages')
  expect(plan.packages.find(({name}) => name === 'acme-native-server')?.role).toBe('server')
  const linux = plan.packages.find(({name}) => name === 'acme-native-server-linux-x64')
  expect(linux).toMatchObject({only: {os: ['linux'], cpu: ['x64']}, role: 'library'})
  const said = [...plan.findings, ...plan.skipped].map(each => JSON.stringify(each))
  expect(said.filter(each => each.includes('win32-x64'))).not.toEqual([])
  // npm could install them only once they are public: each bundle holds its own.
  expect(plan.bundles.flatMap(({files}) => files.map(({name}) => name)).sort()).toEqual([
    'acme-native-server_1.0.0_darwin_arm64.mcpb',
    'acme-native-server_1.0.0_linux_amd64.mcpb',
  ])
})

test('members of workspaces are released, their roots are not', async () => {
  for (const [shape, name] of [
    ['pnpm-catalog', '@acme/pnpm-server'],
    ['tsconfig-extends-root', '@acme/tsconfig-server'],
  ] as const) {
    const {plan} = await planOf(shape)
    expect(plan.packages.filter(({role}) => role === 'server')).toMatchObject([{name}])
    expect(plan.packages.map(({path}) => path)).not.toContain('.')
  }
})

test('a workspace of Rust: the server needs its features, xtask is not released', async () => {
  const {plan} = await planOf('rust-workspace')
  expect(packages(plan)).toEqual(['acme-rust-server 1.0.0: server'])
  expect(plan.settings.builds).toEqual({'acme-rust-server': {features: ['stdio']}})
})

test('of two programs of a crate, the one that clients are told to start is the server, and the other is not released', async () => {
  const {plan} = await planOf('rust-two-programs')
  expect(packages(plan)).toEqual(['notes-mcp 1.0.0: server'])
  expect(plan.packages).toMatchObject([{crate: 'acme-notes', purl: 'pkg:cargo/acme-notes@1.0.0'}])
  expect(start(plan).args).toEqual(['serve', '--book', {asked: '${file}'}])
  expect(about('notes-import', plan.skipped)).toMatchObject([
    {hint: expect.stringContaining('programs: [notes-import]')},
  ])
  expect((await planOf('rust-two-programs', 'acme-notes-v1.0.0')).plan.packages).toHaveLength(1)
})

test('a crate whose default features cannot be built is built without them', async () => {
  const {plan} = await planOf('rust-default-features')
  expect(packages(plan)).toEqual(['acme-tray-server 1.0.0: server'])
  for (const {inputs} of plan.jobs) expect(inputs).toMatchObject({'default-features': 'false'})
})
