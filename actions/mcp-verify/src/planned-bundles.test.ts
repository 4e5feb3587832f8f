import {expect, test} from '@jest/globals'
import {zip} from '@mcp-release/archives'
import {type Plan, type StartRecipe, parseJson, verificationSchema} from '@mcp-release/release-model'
import {entry, speaking, time, workspace} from './testing'

const version = {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', prerelease: false, channel: 'stable' as const}
const plan = (start: StartRecipe, settings: Plan['settings'] = {}): Plan => ({
  ...{schemaVersion: 1, name: 'demo', version, sourceDate: time, jobs: [], bundles: []},
  ...{skipped: [], findings: [], settings},
  packages: [
    {
      ...{id: 'npm:.', ecosystem: 'npm', path: '.', name: '@acme/demo', version: '1.0.0', manifest: 'package.json'},
      ...{executables: ['demo'], purl: 'pkg:npm/%40acme/demo@1.0.0'},
      ...{role: 'server', roleReason: 'depends on an MCP SDK', start},
    },
  ],
  artifacts: [{name: 'demo_1.0.0.mcpb', kind: 'mcpb', package: 'npm:.'}],
})
const recipe = (fields: Partial<StartRecipe>): StartRecipe => ({
  ...{args: [], env: {}, transport: 'stdio', source: 'server.json, packages[0]'},
  ...fields,
})

function bundle(opening: string, given: {readonly args?: readonly string[]; readonly env?: object}, options = {}) {
  const mcp_config = {command: 'node', args: ['${__dirname}/index.mjs', ...(given.args ?? [])], env: given.env ?? {}}
  const manifest = {
    ...{manifest_version: '0.3', name: 'demo', version: '1.0.0', description: 'd', author: {name: 'a'}},
    server: {type: 'node', entry_point: 'index.mjs', mcp_config},
    user_config: options,
  }
  return zip([entry('manifest.json', JSON.stringify(manifest)), entry('index.mjs', speaking(opening))], {time})
}

async function verified(content: Uint8Array, planned: Plan, inputs: Readonly<Record<string, string>> = {}) {
  const files = {'demo_1.0.0.mcpb': content, './plan.json': JSON.stringify(planned)}
  const place = await workspace(files, process.env)
  const error = await place.run({plan: 'plan.json', report: 'r.json', timeout: '20', ...inputs}).then(
    () => undefined,
    (thrown: unknown) => thrown as Error & {code: string},
  )
  if (error?.code === 'INPUT') throw error
  const text = await place.host.files.readText('r.json')
  return {error, found: parseJson(verificationSchema, {file: 'r.json', text}).servers[0]}
}

const stdio = recipe({args: [{value: '--stdio', origin: 'fixed'}]})
const wantsStdio = `if (process.argv[2] !== '--stdio') {console.error('this server speaks on stdio only when it is told to'); process.exit(1)}`

test('a bundle is started as its manifest says, which is what a client does', async () => {
  const {error, found} = await verified(bundle(wantsStdio, {args: ['--stdio']}), plan(stdio))
  expect(error).toBeUndefined()
  expect(found).toMatchObject({status: 'verified', startedAs: {source: 'its manifest.json'}})
}, 60_000)

test('what neither plan, settings nor inputs put into the manifest is not given to a bundle', async () => {
  const settings = {servers: {'*': {args: ['--stdio']}}}
  const {error, found} = await verified(bundle(wantsStdio, {}), plan(stdio, settings), {'server-args': '--stdio'})
  expect(error?.code).toBe('VERIFY')
  expect(found).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('nothing in the manifest gives --stdio'),
  })
}, 60_000)

test('a bundle lacks the variable that its server asks for, and no setting lets that pass', async () => {
  const wantsKey = `if (!process.env.ACME_API_KEY) {console.error('ACME_API_KEY environment variable is required'); process.exit(1)}`
  const planned = plan(recipe({}), {unverified: 'allow'})
  const {error, found} = await verified(bundle(wantsKey, {}), planned)
  expect(error?.code).toBe('VERIFY')
  expect(found?.reason).toContain('nothing in the manifest gives ACME_API_KEY, which the server asks for')
  expect(found?.hint).toMatch(/Add to \.github\/mcp-release\.yml:\nservers:\n {2}\S+:\n {4}env:\n {6}ACME_API_KEY: /)
}, 60_000)

test('a variable that a server names in every message is not what a bundle lacks', async () => {
  const wantsCluster = `console.error('no configuration has been provided, try setting ACME_MASTER environment variable'); process.exit(1)`
  const {found} = await verified(bundle(wantsCluster, {}), plan(recipe({}), {unverified: 'allow'}))
  expect(found).toMatchObject({status: 'unverified', reason: expect.stringContaining('needs a real account')})
}, 60_000)

test('the questions of a manifest are answered in the shape that the plan made up', async () => {
  const address = {value: 'postgresql://dummy:dummy@localhost:9/mydb', origin: 'asked' as const}
  const options = {argument_1: {type: 'string', title: 'Argument 1', description: 'An argument', required: true}}
  const content = bundle('new URL(process.argv[2])', {args: ['${user_config.argument_1}']}, options)
  const {error, found} = await verified(content, plan(recipe({args: [address]})))
  expect(error).toBeUndefined()
  expect(found).toMatchObject({status: 'verified'})
}, 60_000)
