import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type InputsOf, readInputs, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tarGz, zip} from '@mcp-release/archives'
import {type Compatibility, compatibilitySchema, parseJson} from '@mcp-release/release-model'
import {contract} from '../action.gen'
import {main} from '../main'

const time = 1_700_000_000
const entry = (name: string, content: string) => ({name, mode: 0o644 as const, content: Buffer.from(content)})

const pythonServer = `
from mcp.server.fastmcp import FastMCP

def main():
    server = FastMCP("demo")
    @server.tool()
    def add(a: int, b: int) -> int:
        return a + b
    server.run("stdio")
`

function wheel(requires: readonly string[], {code = pythonServer, python = '>=3.10'} = {}): Uint8Array {
  const info = 'demo_server-1.0.0.dist-info'
  const metadata = ['Metadata-Version: 2.1', 'Name: demo-server', 'Version: 1.0.0', `Requires-Python: ${python}`]
  return zip(
    [
      entry('demo_server.py', code),
      entry(`${info}/METADATA`, [...metadata, ...requires.map(each => `Requires-Dist: ${each}`), ''].join('\n')),
      entry(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      entry(`${info}/entry_points.txt`, '[console_scripts]\ndemo-server = demo_server:main\n'),
      entry(`${info}/RECORD`, ''),
    ],
    {time},
  )
}

const nodeServer = `#!/usr/bin/env node
import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js'
import {StdioServerTransport} from '@modelcontextprotocol/sdk/server/stdio.js'
const server = new McpServer({name: 'demo-node', version: '1.0.0'})
server.tool('node', 'Tells the version of Node.js', async () => ({content: [{type: 'text', text: process.version}]}))
await server.connect(new StdioServerTransport())
`

function tarball(manifest: object): Uint8Array {
  const described = {name: 'demo-node', version: '1.0.0', type: 'module', bin: 'server.js', ...manifest}
  return tarGz([entry('package/package.json', JSON.stringify(described)), entry('package/server.js', nodeServer)], {
    time,
  })
}

function inputs(given: Readonly<Record<string, string>>): InputsOf<typeof contract> {
  const env = Object.entries({files: 'built/*', ...given}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  return readInputs(contract, Object.fromEntries(env) as Record<string, string>)
}

// The real programs of this machine, in a workspace of its own.
async function workspace(files: Readonly<Record<string, Uint8Array | string>>) {
  const fake = new FakeHost()
  const real = realHost({...process.env, GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp})
  for (const [name, content] of Object.entries(files)) await real.files.write(name, content)
  const host = {...real, info: fake.info.bind(fake), warning: fake.warning.bind(fake), summary: fake.summary.bind(fake)}
  const read = async (): Promise<Compatibility> =>
    parseJson(compatibilitySchema, {file: 'c.json', text: await real.files.readText('c.json')})
  return {fake, host, read, run: (given: Readonly<Record<string, string>>) => main(inputs(given), host)}
}

const brief = ({servers}: Compatibility) =>
  servers.flatMap(({combinations}) =>
    combinations.map(({runtime, sdk, result, reason}) => {
      const version = sdk === undefined ? '' : ` ${sdk.version ?? '?'} ${sdk.selections.join()}`
      return `${runtime}${version}: ${result}${reason === undefined ? '' : `: ${reason}`}`
    }),
  )

test('a wheel is started with two Pythons and chosen SDKs; one that fails ends nothing', async () => {
  const {run, read, fake, host} = await workspace({
    'built/demo_server-1.0.0-py3-none-any.whl': wheel(['mcp>=1.0,<2']),
    'uv.lock': 'version = 1\n\n[[package]]\nname = "mcp"\nversion = "1.29.0"\n',
  })
  const error: unknown = await run({
    'python-versions': '3.14\n3.11\n3.99',
    'sdk-versions': 'lowest\nlocked\nlatest',
    compatibility: 'c.json',
    'compatibility-notes': 'notes.md',
  }).catch((caught: unknown) => caught)
  const found = await read()
  const missing = "ModuleNotFoundError: No module named 'mcp.server.fastmcp'"
  // FastMCP came with 1.2 and went with 2.0.
  const forbidden = (python: string) =>
    expect.stringMatching(new RegExp(`^${python} [2-9]\\d*\\.\\S+ latest: fails: ModuleNotFoundError`)) as unknown
  expect(brief(found)).toEqual([
    `3.11 1.0.0 lowest: fails: ${missing}`,
    '3.11 1.29.0 locked: works',
    forbidden('3.11'),
    `3.14 1.0.0 lowest: fails: ${missing}`,
    '3.14 1.29.0 locked: works',
    forbidden('3.14'),
    expect.stringMatching(/^3\.99: skipped: Python 3\.99 is not on this machine; found 3\.\d+\.\d+$/),
  ])
  expect(found.servers[0]).toMatchObject({
    file: 'demo_server-1.0.0-py3-none-any.whl',
    ecosystem: 'pypi',
    name: 'demo-server',
    version: '1.0.0',
    requires: '>=3.10',
    combinations: expect.arrayContaining([
      expect.objectContaining({runtimeVersion: '3.14.6', result: 'works', protocol: '2025-11-25', tools: 1}),
      expect.objectContaining({sdk: expect.objectContaining({allowed: false, selections: ['latest']})}),
    ]),
  })
  expect(error).toMatchObject({code: 'VERIFY', hint: expect.stringMatching(/^compatibility: .*Raise the lower bound/)})
  // What the metadata forbids may fail.
  const told = (python: string) =>
    `- demo_server-1.0.0-py3-none-any.whl on Python ${python} with mcp 1.0.0 (lowest): ${missing}`
  const [exact = ''] = found.servers.flatMap(({combinations}) => combinations.map(({runtimeVersion}) => runtimeVersion))
  expect((error as Error).message.split('\n')).toEqual([told(exact), told('3.14.6')])
  const notes = await host.files.readText('notes.md')
  expect(notes).toContain('| mcp 1.29.0 (locked) | ✅ works | ✅ works | not run |')
  expect(fake.summaries).toContain(notes)
  expect(await host.files.list(fake.temp)).toEqual([])
}, 600_000)

test('an npm tarball is started with two versions of Node.js; warnings may replace the failure', async () => {
  const {run, read, fake} = await workspace({
    'built/demo-node-1.0.0.tgz': tarball({
      engines: {node: '>=20'},
      dependencies: {'@modelcontextprotocol/sdk': '^1.0.0', zod: '^3.25.0'},
    }),
  })
  const outputs = await run({
    'node-versions': `24\n20=${process.execPath}`.replace('20', /\d+/.exec(process.version)?.[0] ?? ''),
    'sdk-versions': 'lowest\nnewest',
    incompatible: 'warning',
    compatibility: 'c.json',
  })
  const found = await read()
  const newest = found.servers[0]?.combinations.find(({sdk}) => sdk?.selections.includes('newest'))?.sdk?.version ?? ''
  const own = /\d+/.exec(process.version)?.[0] ?? ''
  const missing = expect.stringContaining(" lowest: fails: Error [ERR_MODULE_NOT_FOUND]: Cannot find module '<installation>/node_modules/@modelco") // prettier-ignore
  expect(brief(found)).toEqual([missing, `${own} ${newest} newest: works`, missing, `24 ${newest} newest: works`])
  expect(found.servers[0]?.combinations.map(({runtimeVersion}) => runtimeVersion)).toEqual([
    process.version.slice(1),
    process.version.slice(1),
    '24.21.0',
    '24.21.0',
  ])
  expect(outputs).toMatchObject({incompatible: '2', 'compatibility-notes': ''})
  expect(fake.lines.filter(line => line.startsWith('warning: demo-node-1.0.0.tgz on Node.js'))).toHaveLength(2)
}, 600_000)

test('what cannot be installed fails with the installer’s line, what the metadata excludes is not tried', async () => {
  const plain = {code: pythonServer.replace('mcp.server.fastmcp', 'x')}
  const {run, read} = await workspace({
    'built/demo_server-1.0.0-py3-none-any.whl': wheel(['mcp>=999'], plain),
    'other/demo_server-1.0.0-py3-none-any.whl': wheel([], {python: '<3.14'}),
  })
  const given = {'python-versions': '3.14', incompatible: 'warning', compatibility: 'c.json'}
  await run({...given, files: 'built/*'}).catch(() => undefined)
  expect(brief(await read())).toEqual([
    '3.14 ? lowest,newest: fails: no version of mcp >=999 is there for Python 3.14.6',
  ])
  await run({...given, files: 'other/*'}).catch(() => undefined)
  expect(brief(await read())).toEqual(['3.14: excluded: Requires-Python is <3.14'])
}, 300_000)

test('a machine without an interpreter skips, or fails when told so', async () => {
  const {run, host} = await workspace({'built/demo-node-1.0.0.tgz': tarball({dependencies: {}})})
  const given = {'node-versions': '9', unverifiable: 'error'}
  const error: unknown = await run(given).catch((caught: unknown) => caught)
  expect((error as Error).message).toContain(
    `demo-node-1.0.0.tgz on Node.js 9: Node.js 9 is not on this machine; found ${process.version.slice(1)}. Add actions/setup-node with 9`,
  )
  expect(await host.files.stat('c.json')).toBeUndefined()
}, 60_000)

test('bad inputs of the matrix are all named before anything runs', async () => {
  const {run, fake} = await workspace({'built/x.json': '{}'})
  const given = {
    'python-versions': '3.x\n3.13',
    'node-versions': '>=20',
    'sdk-versions': 'lowest\noldest',
    'matrix-timeout': '0',
    'lock-files': 'none.lock',
    compatibility: join('..', 'c.json'),
  }
  await expect(run(given)).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      'sdk-versions: "oldest" is none of lowest, locked, newest, latest',
      'matrix-timeout: 0 is not from 1 to 360 minutes',
      'python-versions: "3.x" is neither a version such as 3.13 nor VERSION=/path/to/program',
      'node-versions: ">=20" is neither a version such as 22 nor VERSION=/path/to/program',
      expect.stringContaining('compatibility: "../c.json"'),
      expect.stringContaining('lock-files: "none.lock" matches no file'),
    ],
  })
  expect(fake.lines).toEqual([])
})
