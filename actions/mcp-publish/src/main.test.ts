import {expect, test} from '@jest/globals'
import {type InputsOf, readInputs} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tarGz} from '@mcp-release/archives'
import {contract} from './action.gen'
import {main} from './main'

const name = 'io.github.octo/server'
const minimal = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name,
  description: 'Does things.',
  version: '1.1.0',
}
const remotes = [{type: 'streamable-http', url: 'https://example.com/mcp'}]
const npm = [{registryType: 'npm', identifier: '@octo/server', version: '1.1.0', transport: {type: 'stdio'}}]

function inputs(given: Readonly<Record<string, string>>): InputsOf<typeof contract> {
  const env = Object.entries({'dry-run': 'true', ...given}).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value])
  return readInputs(contract, Object.fromEntries(env) as Record<string, string>)
}

async function run(
  given: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{readonly server: unknown; readonly lines: readonly string[]}> {
  const host = new FakeHost(undefined, {env: {GITHUB_REPOSITORY: 'octo/server', GITHUB_REPOSITORY_OWNER: 'octo'}})
  for (const [path, content] of Object.entries(files)) await host.files.write(path, content)
  const outputs = await main(inputs(given), host)
  const server: unknown = JSON.parse(await host.files.readText(outputs['server-json']))
  return {server, lines: host.lines.filter(line => line.startsWith('warning'))}
}

test('a remote server has nothing but its version to stamp', async () => {
  const files = {'server.json': JSON.stringify({...minimal, remotes})}
  expect((await run({version: '1.2.0'}, files)).server).toEqual({...minimal, version: '1.2.0', remotes})
})

test('packages are not stamped without their files', async () => {
  const files = {'server.json': JSON.stringify({...minimal, packages: npm})}
  expect((await run({}, files)).server).toEqual({...minimal, packages: npm})
  await expect(run({version: '1.2.0'}, files)).rejects.toMatchObject({
    code: 'SERVER_JSON',
    message: 'server.json: version is "1.1.0", not "1.2.0"; give the built files to stamp it',
  })
})

test('without a server.json one is made from the files, or none is sent', async () => {
  const json = JSON.stringify({name: '@octo/server', version: '1.2.0', mcpName: name, description: 'Does things.'})
  const tarball = tarGz([{name: 'package/package.json', mode: 0o644, content: Buffer.from(json)}], {time: 0})
  expect((await run({files: '*.tgz'}, {'octo-server-1.2.0.tgz': tarball})).server).toEqual({
    ...minimal,
    version: '1.2.0',
    repository: {url: 'https://github.com/octo/server', source: 'github'},
    packages: [{...npm[0], version: '1.2.0', runtimeHint: 'npx'}],
  })
  await expect(run({}, {})).rejects.toMatchObject({
    code: 'SERVER_JSON',
    message: expect.stringMatching(
      /^server-json: there is no .*; write one, or give the built files so that one can be made$/,
    ) as unknown,
  })
})

test('a server.json that is no JSON is told, also where only its status is to change', async () => {
  await expect(run({status: 'deprecated'}, {'server.json': '{"name": '})).rejects.toMatchObject({
    code: 'INPUT',
    message: expect.stringMatching(/^server-json: "\S*server\.json" is no JSON: \S/) as unknown,
  })
})

test('a dry run warns about a name that the login will not allow, since the login may be another one then', async () => {
  const files = {'server.json': JSON.stringify({...minimal, name: 'com.example/server', remotes})}
  expect((await run({}, files)).lines).toEqual([
    'warning: server.json: name: "com.example/server" must begin with "io.github.octo/" when a job of octo publishes it; for a domain use the login dns or http',
  ])
  const key = '01'.repeat(32)
  expect((await run({login: 'dns', domain: 'example.com', 'private-key': key}, files)).lines).toEqual([])
  expect((await run({login: 'http', domain: 'www.example.com', 'private-key': key}, files)).lines).toEqual([
    'warning: server.json: name: "com.example/server" must begin with "com.example.www/" when one logs in for www.example.com',
  ])
})

test('a crate of the plan is stamped although a release has no file of it', async () => {
  const plan = {
    schemaVersion: 1,
    name: 'server',
    version: {tag: 'v1.2.0', text: '1.2.0', semver: '1.2.0', pep440: '1.2.0', prerelease: false, channel: 'stable'},
    sourceDate: 0,
    packages: [
      {id: 'cargo:.', ecosystem: 'cargo', path: '.', name: 'octo', version: '1.2.0', manifest: 'Cargo.toml', executables: [], purl: 'pkg:cargo/octo@1.2.0', role: 'library', roleReason: 'installs no command'},
      {id: 'cargo:cli#opus', ecosystem: 'cargo', path: 'cli', name: 'opus', crate: 'octo-cli', version: '1.2.0', manifest: 'Cargo.toml', executables: [], purl: 'pkg:cargo/octo-cli@1.2.0', role: 'server', roleReason: 'server.json lists it'},
    ],
    jobs: [],
    bundles: [],
    artifacts: [],
    skipped: [],
    findings: [],
    settings: {},
  } // prettier-ignore
  const entry = {registryType: 'cargo', identifier: 'octo', version: '1.1.0', transport: {type: 'stdio'}}
  const packages = [entry, {...entry, identifier: 'octo-cli'}]
  const files = {
    'plan.json': JSON.stringify(plan),
    'server.json': JSON.stringify({...minimal, packages}),
    'built/octo.txt': 'x',
  }
  expect((await run({plan: 'plan.json', files: 'built/*'}, files)).server).toEqual({
    ...minimal,
    version: '1.2.0',
    packages: packages.map(each => ({...each, version: '1.2.0'})),
  })
})

test('a bundle that was planned and could not be made is not registered', async () => {
  const bundle = 'server-mcp_1.2.0.mcpb'
  const identifier = `https://github.com/octo/server/releases/download/v1.1.0/${bundle}`
  const entry = {registryType: 'mcpb', identifier, transport: {type: 'stdio'}}
  const plan = {
    schemaVersion: 1,
    name: 'server',
    version: {tag: 'v1.2.0', text: '1.2.0', semver: '1.2.0', prerelease: false, channel: 'stable'},
    sourceDate: 0,
    packages: [],
    jobs: [],
    bundles: [],
    artifacts: [{name: bundle, kind: 'mcpb'}],
    skipped: [],
    findings: [],
    settings: {},
  }
  const json = JSON.stringify({name: '@octo/server', version: '1.2.0', mcpName: name})
  const {server, lines} = await run(
    {files: '*.tgz', plan: 'plan.json'},
    {
      'server.json': JSON.stringify({...minimal, packages: [...npm, entry]}),
      'plan.json': JSON.stringify(plan),
      'octo-server-1.2.0.tgz': tarGz([{name: 'package/package.json', mode: 0o644, content: Buffer.from(json)}], {
        time: 0,
      }),
    },
  )
  expect(server).toMatchObject({packages: [{registryType: 'npm', version: '1.2.0'}]})
  expect(lines.join()).toContain('is left out, because its bundle could not be made')
})
