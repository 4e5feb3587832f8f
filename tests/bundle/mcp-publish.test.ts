import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals'
import {tarGz, zip} from '@mcp-release/archives'
import {
  type Internet,
  type JobIdentity,
  type McpRegistry,
  hasPostgres,
  mcpRegistryPrograms,
  standBinaries,
  startInternet,
  startJobIdentity,
  startMcpRegistry,
} from '@mcp-release/test-stand'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

const name = 'io.github.octo/server'
const schema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'
const draft = {
  $schema: schema,
  name,
  description: 'Does things.',
  version: '1.1.0',
  packages: [
    {registryType: 'npm', identifier: '@octo/server', version: '1.1.0', transport: {type: 'stdio'}},
    {registryType: 'pypi', identifier: 'octo-server', version: '1.1.0', transport: {type: 'stdio'}},
  ],
}
const entry = (path: string, text: string) => ({name: path, mode: 0o644 as const, content: Buffer.from(text)})
const manifest = {name: '@octo/server', version: '1.2.0', mcpName: name}
const readme = (token: string) => `Metadata-Version: 2.4\nName: octo-server\nVersion: 1.2.0\n\n# Octo\n${token}\n`

function workspace(files: {readonly mcpName?: string; readonly token?: string} = {}): string {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'built'))
  const json = JSON.stringify({...manifest, ...('mcpName' in files ? {mcpName: files.mcpName} : {})})
  writeFileSync(join(folder, 'built/octo-server-1.2.0.tgz'), tarGz([entry('package/package.json', json)], {time: 0}))
  const metadata = entry('octo_server-1.2.0.dist-info/METADATA', readme(files.token ?? `<!-- mcp-name: ${name} -->`))
  writeFileSync(join(folder, 'built/octo_server-1.2.0-py3-none-any.whl'), zip([metadata], {time: 0}))
  writeFileSync(join(folder, 'server.json'), JSON.stringify(draft))
  return folder
}

const env = {GITHUB_REPOSITORY: 'octo/server', GITHUB_REPOSITORY_OWNER: 'octo'}

test('a dry run stamps, checks and shows, without a network', async () => {
  const folder = workspace()
  const inputs = {files: 'built/*', version: 'v1.2.0', output: 'stamped/server.json', 'dry-run': 'true'}
  const result = await runBundle('mcp-publish', {workspace: folder, inputs, env})
  expect(result.stdout).toBe(`::group::server.json
{
  "$schema": "${schema}",
  "name": "io.github.octo/server",
  "description": "Does things.",
  "version": "1.2.0",
  "packages": [
    {
      "registryType": "npm",
      "identifier": "@octo/server",
      "version": "1.2.0",
      "transport": {
        "type": "stdio"
      }
    },
    {
      "registryType": "pypi",
      "identifier": "octo-server",
      "version": "1.2.0",
      "transport": {
        "type": "stdio"
      }
    }
  ]
}
::endgroup::
io.github.octo/server 1.2.0: dry-run (https://registry.modelcontextprotocol.io/v0.1/servers/io.github.octo%2Fserver/versions/1.2.0)
`)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject({state: 'dry-run', name, version: '1.2.0'})
  expect(JSON.parse(readFileSync(join(folder, 'stamped/server.json'), 'utf8'))).toMatchObject({version: '1.2.0'})
  expect(result.summary).toBe(`### MCP Registry: io.github.octo/server 1.2.0 would be published

| kind | identifier | version | transport |
| --- | --- | --- | --- |
| npm | \`@octo/server\` | 1.2.0 | stdio |
| pypi | \`octo-server\` | 1.2.0 | stdio |

<https://registry.modelcontextprotocol.io/v0.1/servers/io.github.octo%2Fserver/versions/1.2.0>

`)
})

test('everything that the registry would refuse is told at once, and nothing is written', async () => {
  const folder = workspace({mcpName: 'io.github.Octo/server', token: ''})
  const inputs = {files: 'built/*', version: 'v1.2.0', output: 'stamped/server.json', 'dry-run': 'true'}
  const result = await runBundle('mcp-publish', {
    workspace: folder,
    inputs,
    env: {...env, GITHUB_REPOSITORY_OWNER: 'Octo'},
  })
  const problems = [
    `- octo-server-1.2.0.tgz: package.json has the mcpName "io.github.Octo/server", but server.json has the name "${name}"; set "mcpName" to that, or the name in server.json`,
    `- octo_server-1.2.0-py3-none-any.whl: the readme that is packed does not name the server, by which the MCP Registry knows the owner; add the line <!-- mcp-name: ${name} -->`,
    `- server.json: name: "${name}" must be spelled "io.github.Octo/server": the registry tells upper from lower case`,
  ]
  expect(result).toMatchObject({
    exitCode: 1,
    stdout: `::error::mcp-publish [SERVER_JSON]:%0A${problems.join('%0A')}\n`,
    outputs: {},
  })
  expect(existsSync(join(folder, 'stamped'))).toBe(false)
})

test('wrong inputs are told at once; the key is masked and in no message', async () => {
  const inputs = {
    login: 'dns',
    'private-key': 'c2VjcmV0LWtleQ==',
    version: 'x',
    images: 'example.org/a:1',
    'status-message': 'm',
  }
  const {stdout, exitCode} = await runBundle('mcp-publish', {inputs, env})
  expect(exitCode).toBe(1)
  expect(stdout.split('\n')[0]).toBe('::add-mask::c2VjcmV0LWtleQ==')
  const problems = [
    '- version: "x" is neither SemVer nor PEP 440',
    '- images: "example.org/a:1" has no digest; write repository@sha256:…',
    '- domain: is missing, but login is dns',
    '- private-key: is neither an Ed25519 nor an ECDSA P-384 key, as PEM or in hex; make one with `openssl genpkey -algorithm Ed25519`',
    '- status-message: is only for deprecated and deleted, but status is keep',
  ]
  expect(stdout.split('\n').slice(1)).toEqual([`::error::mcp-publish [INPUT]:%0A${problems.join('%0A')}`, ''])
})

const missing = mcpRegistryPrograms.filter(program => !existsSync(join(standBinaries, program)))
const real = missing.length === 0 && hasPostgres() ? describe : describe.skip

real('with the real registry, which looks for the packages and asks GitHub for its keys itself', () => {
  let stand: McpRegistry
  let internet: Internet
  let identity: JobIdentity
  // What the public registries of packages answer to the MCP Registry.
  const published = new Map<string, () => unknown>()

  beforeAll(async () => {
    identity = await startJobIdentity('octo')
    internet = await startInternet(call =>
      call.endsWith('/.well-known/jwks') ? identity.jwks : published.get(call)?.(),
    )
    stand = await startMcpRegistry({settings: {ENABLE_REGISTRY_VALIDATION: 'true'}, env: internet.env})
  }, 60_000)
  afterAll(async () => {
    await stand.close()
    await internet.close()
    await identity.close()
  })

  // The clients of npm and PyPI, which know their own registries, see what the MCP Registry sees.
  const npm = stubProgram('npm', `console.log('{"name":"@octo/server","version":"1.2.0","mcpName":"${name}"}')`)
  const python = stubProgram('python3', `console.log('octo-server (1.2.0)\\nAvailable versions: 1.2.0, 1.1.0')`)
  const publish = async (
    inputs: Readonly<Record<string, string>> = {},
    folder?: string,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const given = {files: 'built/*', version: '1.2.0', registry: stand.url, timeout: '0', ...inputs}
    const run = {
      workspace: folder ?? workspace(),
      inputs: given,
      path: [npm, python],
      env: {...env, ...identity.env, ...more},
    }
    const result = await runBundle('mcp-publish', run)
    const masked = /^::add-mask::(.+)$/gm
    const secrets = [...result.stdout.matchAll(masked)].map(match => match[1] ?? '')
    const shown = result.stdout.replaceAll(masked, '::add-mask::…').replaceAll(stand.url, '<registry>')
    for (const secret of secrets) expect(shown).not.toContain(secret)
    return {...result, stdout: shown, secrets}
  }

  test('a package that is nowhere is refused by the registry; one that only some can see yet costs an attempt', async () => {
    const early = await publish()
    expect(early.exitCode).toBe(1)
    expect(early.stdout).toMatch(
      /\[REGISTRY\]: publish at <registry>\/v0\.1 answered 400: Failed to publish server: .*not found/,
    )

    let looks = 0
    published.set('HEAD /@octo%2Fserver', () => ({}))
    published.set('GET /@octo%2Fserver/1.2.0', () => (++looks < 2 ? undefined : manifest))
    const description = readme(`<!-- mcp-name: ${name} -->`)
    published.set('GET /pypi/octo-server/1.2.0/json', () => ({info: {description}}))
    const {stdout, outputs, exitCode, secrets} = await publish()
    expect(stdout.slice(stdout.indexOf('::endgroup::'))).toBe(`::endgroup::
npm @octo/server 1.2.0: is public
pypi octo-server 1.2.0: is public
::add-mask::…
::add-mask::…
::warning::publish at <registry>/v0.1 answered 400: Failed to publish server: registry validation failed for package 0 (@octo/server): NPM package '@octo/server' exists, but version '1.2.0' was not found (status: 404). A newly published release can take a moment to appear on the registry. Wait and retry, or publish version '1.2.0' before registering it; attempt 2 of 6 follows, with a new login
::add-mask::…
::add-mask::…
io.github.octo/server 1.2.0: published (<registry>/v0.1/servers/io.github.octo%2Fserver/versions/1.2.0)
`)
    expect(exitCode).toBe(0)
    // Each attempt has an identity of its own, and logs in with it.
    const [identified, , again] = secrets
    expect(again).not.toBe(identified)
    expect(secrets).toHaveLength(4)
    expect(outputs['state']).toBe('published')
    expect(new Set(identity.audiences)).toEqual(new Set([stand.url]))
    const seen = (await (await fetch(outputs['url'] ?? '')).json()) as {server: unknown}
    expect(seen.server).toEqual(JSON.parse(readFileSync(outputs['server-json'] ?? '', 'utf8')))
  })

  test('the same again is unchanged, without a login; other content is refused with what differs', async () => {
    const again = await publish()
    expect(again.outputs['state']).toBe('unchanged')
    expect(again.secrets).toEqual([])
    const folder = workspace()
    writeFileSync(join(folder, 'server.json'), JSON.stringify({...draft, title: 'Octo'}))
    const other = await publish({}, folder)
    expect(other.exitCode).toBe(1)
    expect(other.stdout).toContain(
      '::error::mcp-publish [DIFFERENT]: io.github.octo/server 1.2.0 is published with other content:%0A- title: published nothing, here "Octo"%0A',
    )
  })

  test('a bundle is listed with the URL and the digest of its file, once everybody can download it', async () => {
    const folder = workspace()
    const file = 'octo_1.2.0_linux_amd64.mcpb'
    writeFileSync(join(folder, 'built', file), 'bundle')
    const identifier = 'https://github.com/octo/mcp/releases/download/v1.1.0/octo_1.1.0_linux_amd64.mcpb'
    const packages = [{registryType: 'mcpb', identifier, transport: {type: 'stdio'}}]
    writeFileSync(join(folder, 'server.json'), JSON.stringify({...draft, name: 'io.github.octo/bundle', packages}))
    const path = `/octo/server/releases/download/v1.2.0/${file}`
    let looks = 0
    published.set(`HEAD ${path}`, () => (++looks < 2 ? undefined : {}))
    // Here the action reaches the same stand-in of the world as the registry.
    const proxy = {https_proxy: internet.env.HTTPS_PROXY, NODE_EXTRA_CA_CERTS: internet.env.SSL_CERT_FILE}
    const {stdout, outputs} = await publish({files: 'built/*.mcpb', timeout: '30'}, folder, proxy)
    expect(stdout).toContain(
      `mcpb https://github.com${path}: its URL answers 404; waiting until it is public, at most 30 s\nmcpb https://github.com${path}: is public\n`,
    )
    expect(outputs['state']).toBe('published')
    expect(looks).toBe(3)
    const {server} = (await (await fetch(outputs['url'] ?? '')).json()) as {server: {packages: unknown}}
    const fileSha256 = createHash('sha256').update('bundle').digest('hex')
    expect(server.packages).toEqual([{...packages[0], identifier: `https://github.com${path}`, fileSha256}])
  })

  test('a version is deprecated', async () => {
    const inputs = {files: '', status: 'deprecated', 'status-message': 'Use 2.0.0.'}
    expect((await publish(inputs)).outputs).toMatchObject({
      state: 'status-changed',
      version: '1.2.0',
      'server-json': '',
    })
    expect((await publish(inputs)).outputs['state']).toBe('unchanged')
  })

  test('a name of somebody else is refused before anything is sent', async () => {
    const folder = workspace({mcpName: 'io.github.other/server', token: 'mcp-name: io.github.other/server'})
    writeFileSync(join(folder, 'server.json'), JSON.stringify({...draft, name: 'io.github.other/server'}))
    const {stdout, secrets} = await publish({}, folder)
    expect(stdout).toContain(
      'name: "io.github.other/server" must begin with "io.github.octo/" when a job of octo publishes it',
    )
    expect(secrets).toEqual([])
  })
})
