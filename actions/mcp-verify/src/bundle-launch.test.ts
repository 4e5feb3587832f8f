import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {readInputs, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {zip} from '@mcp-release/archives'
import {parseJson, verificationSchema} from '@mcp-release/release-model'
import {contract} from './action.gen'
import {main} from './main'

// Starts only with the answers of a user: a key, a folder that is there and empty, and arguments of its own.
const server = `
import {readdirSync} from 'node:fs'
import {createInterface} from 'node:readline'
if (process.env.API_KEY !== 'dummy' || readdirSync(process.argv[2]).length > 0 || process.env.HOME === undefined) process.exit(3)
for await (const line of createInterface({input: process.stdin})) {
  const {id, method, params} = JSON.parse(line)
  if (id === undefined) continue
  const serverInfo = {name: 'bundled', version: '1.0.0'}
  const results = {
    initialize: () => ({protocolVersion: params.protocolVersion, capabilities: {tools: {}}, serverInfo}),
    'tools/list': () => ({tools: [{name: 'upper', inputSchema: {type: 'object'}}]}),
  }
  const answer = method in results ? {result: results[method]()} : {error: {code: -32601, message: 'no such method'}}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`
const text = {title: 't', description: 'd'}
const manifest = {
  manifest_version: '0.3',
  name: 'bundled',
  version: '1.0.0',
  description: 'd',
  author: {name: 'a'},
  server: {
    type: 'node',
    entry_point: 'server/index.mjs',
    mcp_config: {
      command: 'node',
      args: ['${__dirname}/server/index.mjs', '${user_config.folders}'],
      env: {API_KEY: '${user_config.key}'},
    },
  },
  tools: [{name: 'upper'}],
  user_config: {
    key: {type: 'string', ...text, required: true, sensitive: true},
    folders: {type: 'directory', ...text, multiple: true, default: ['${HOME}/Documents']},
  },
}
const file = (name: string, content: string) => ({name, mode: 0o644 as const, content: Buffer.from(content)})
const bundle = (fields: object = {}, files: Readonly<Record<string, string>> = {'server/index.mjs': server}) =>
  zip(
    [
      file('manifest.json', JSON.stringify({...manifest, ...fields})),
      ...Object.entries(files).map(([name, content]) => file(name, content)),
    ],
    {time: 1_700_000_000},
  )
const withServer = (fields: object) => bundle({server: {...manifest.server, ...fields}})

async function verified(content: Uint8Array, env: Readonly<Record<string, string>> = {}) {
  const fake = new FakeHost()
  const real = realHost({...process.env, ...env, GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp})
  const host = {...real, info: fake.info.bind(fake), warning: fake.warning.bind(fake), summary: fake.summary.bind(fake)}
  await host.files.write('built/bundled.mcpb', content)
  const inputs = readInputs(contract, {INPUT_FILES: 'built/*', INPUT_REPORT: 'report.json', INPUT_TIMEOUT: '20'})
  const error = await main(inputs, host).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  )
  const report = await host.files.readText(join(fake.workspace, 'report.json'))
  return {found: parseJson(verificationSchema, {file: 'report', text: report}).servers[0], error, lines: fake.lines}
}

test('a bundle is unpacked and started with the answers of a made-up user', async () => {
  const {found, error} = await verified(bundle())
  expect(error).toBeUndefined()
  expect(found).toMatchObject({status: 'verified', server: {name: 'bundled', version: '1.0.0'}})
  expect(found?.checks).toContainEqual({name: 'declared-tools', status: 'ok'})
}, 60_000)

test('tools that manifest and server do not agree on are a warning, unless the manifest says that there are more', async () => {
  const other = await verified(bundle({tools: [{name: 'lower'}]}))
  expect(other.error).toBeUndefined()
  const detail =
    'manifest.json lists lower, which the server has not; the server has upper, which manifest.json does not list'
  expect(other.found?.checks).toContainEqual({name: 'declared-tools', status: 'warning', detail})
  expect(other.lines).toContain(`warning: bundled.mcpb: declared-tools: ${detail}`)
  const open = await verified(bundle({tools: [{name: 'lower'}], tools_generated: true}))
  expect(open.found?.checks.find(each => each.name === 'declared-tools')?.status).toBe('skipped')
}, 60_000)

test.each<readonly [string, Uint8Array, string]>([
  ['no manifest', zip([file('a.txt', '')], {time: 0}), 'is no MCP bundle: it has no manifest.json'],
  ['a manifest with problems', bundle({colour: 'red'}), 'Unrecognized key: "colour"'],
  [
    'a command that is not there',
    withServer({type: 'binary', mcp_config: {command: '${__dirname}/server/none'}}),
    'none is not in the bundle',
  ],
  ['something behind it', Buffer.concat([bundle(), Buffer.from('MCPB_SIG_V1')]), 'no zip file: it has no end record'],
])(
  'a bundle with %s fails',
  async (_, content, message) => {
    const {found, error} = await verified(content)
    expect(error?.message).toContain(message)
    expect(found).toMatchObject({status: 'failed'})
  },
  60_000,
)

test.each<readonly [string, object, string]>([
  [
    'another system',
    {compatibility: {platforms: [process.platform === 'win32' ? 'linux' : 'win32']}},
    'Run this action on a runner for',
  ],
  [
    'a program that is not installed',
    {server: {...manifest.server, mcp_config: {command: 'no-such-runtime'}}},
    'Install no-such-runtime.',
  ],
  [
    'uv where there is neither it nor Python',
    {manifest_version: '0.4', server: {type: 'uv', entry_point: 'server/index.mjs'}},
    'Install uv, or Python from 3.10 with pip.',
  ],
])(
  'a bundle for %s is skipped with the remedy',
  async (_, fields, hint) => {
    const {found, error} = await verified(bundle(fields), {PATH: '/nowhere'})
    expect(error).toBeUndefined()
    expect(found).toMatchObject({status: 'skipped', hint: expect.stringContaining(hint)})
  },
  60_000,
)
