import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type InputsOf, readInputs, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tar, tarGz, zip} from '@mcp-release/archives'
import {type FixtureBehaviour, serverScript} from '@mcp-release/mcp/testing'
import {parseJson, verificationSchema} from '@mcp-release/release-model'
import {contract} from './action.gen'
import {main} from './main'

const time = 1_700_000_000
const script = readFileSync(serverScript('fixture-server'), 'utf8')
const entry = (name: string, content: string | Uint8Array, mode: 0o644 | 0o755 = 0o644) => ({
  name,
  mode,
  content: Buffer.from(content),
})

function npmTarball(behaviour: FixtureBehaviour, manifest: object = {bin: 'server.mjs'}): Uint8Array {
  const started = `#!/usr/bin/env node\nprocess.argv[2] ??= ${JSON.stringify(JSON.stringify(behaviour))}\n${script}`
  const described = JSON.stringify({name: '@demo/fixture', version: '1.0.0', ...manifest})
  return tarGz([entry('package/package.json', described), entry('package/server.mjs', started)], {time})
}

const pythonServer = `
import json, sys
def main():
    for line in sys.stdin:
        request = json.loads(line)
        if "id" not in request: continue
        method, answer = request["method"], {"jsonrpc": "2.0", "id": request["id"]}
        if method == "initialize":
            info = {"name": "python-fixture", "version": "1.0.0rc1"}
            answer["result"] = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": info}
        elif method == "tools/list":
            answer["result"] = {"tools": [{"name": "greet", "inputSchema": {"type": "object"}}]}
        else:
            answer["error"] = {"code": -32601, "message": "no such method"}
        print(json.dumps(answer), flush=True)
`

function wheel(entryPoints: string): Uint8Array {
  const info = 'demo_server-1.0.0rc1.dist-info'
  return zip(
    [
      entry('demo_server.py', pythonServer),
      entry(`${info}/METADATA`, 'Metadata-Version: 2.1\nName: demo-server\nVersion: 1.0.0rc1\n'),
      entry(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      entry(`${info}/entry_points.txt`, entryPoints),
      entry(`${info}/RECORD`, ''),
    ],
    {time},
  )
}

function elf(machine: number): Uint8Array {
  const bytes = new Uint8Array(4096)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x7f454c46)
  view.setUint8(5, 1)
  view.setUint16(16, 2, true)
  view.setUint16(18, machine, true)
  return bytes
}

function inputs(given: Readonly<Record<string, string>>): InputsOf<typeof contract> {
  const env = Object.entries({files: 'built/*', ...given}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  return readInputs(contract, Object.fromEntries(env) as Record<string, string>)
}

// The real programs of this machine in a workspace of its own; what is logged is kept.
async function workspace(files: Readonly<Record<string, Uint8Array | string>>) {
  const fake = new FakeHost()
  const env = {...process.env, GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp, GITHUB_STEP_SUMMARY: ''}
  const real = realHost(env)
  for (const [name, content] of Object.entries(files)) await real.files.write(join('built', name), content)
  const host = {...real, info: fake.info.bind(fake), warning: fake.warning.bind(fake), summary: fake.summary.bind(fake)}
  return {fake, host, run: (given: Readonly<Record<string, string>> = {}) => main(inputs(given), host)}
}

test('a wheel and an npm tarball are installed and started; sdist, SBOM and foreign binaries are not', async () => {
  const {fake, host, run} = await workspace({
    'demo-fixture-1.0.0.tgz': npmTarball({era: 'modern', version: '1.0.0-rc.1'}),
    'demo_server-1.0.0rc1-py3-none-any.whl': wheel('[console_scripts]\ndemo-server = demo_server:main\n'),
    'demo_server-1.0.0rc1.tar.gz': tarGz([entry('demo_server-1.0.0rc1/PKG-INFO', 'Name: demo-server\n')], {time}),
    'demo_1.0.0_linux_vax.tar.gz': tarGz([entry('demo', elf(75), 0o755)], {time}),
    'demo_1.0.0_image.oci.tar': tar([entry('oci-layout', '{}'), entry('index.json', '{}')], {time}),
    'demo-1.0.0.spdx.json': '{}',
  })
  const given = {report: 'out/report.json', tools: 'out/tools.json', version: 'v1.0.0-rc.1', exclude: 'built/*.oci.tar'}
  const outputs = await run({...given, 'version-mismatch': 'error'})
  expect(outputs).toMatchObject({verified: '2', skipped: '2', report: join(fake.workspace, 'out/report.json')})
  const report = parseJson(verificationSchema, {file: 'report', text: await host.files.readText(outputs.report)})
  expect(report.servers.map(({file, status, server, era}) => [file, status, server?.name, era])).toEqual([
    ['demo-fixture-1.0.0.tgz', 'verified', 'fixture', 'modern'],
    ['demo_1.0.0_linux_vax.tar.gz', 'skipped', undefined, undefined],
    ['demo_server-1.0.0rc1-py3-none-any.whl', 'verified', 'python-fixture', 'legacy'],
    ['demo_server-1.0.0rc1.tar.gz', 'skipped', undefined, undefined],
  ])
  expect(report.servers[1]?.reason).toBe(`linux/unknown does not run on ${host.platform.os}/${host.platform.arch}`)
  const tools = await host.files.readText('out/tools.json')
  expect(JSON.parse(tools)).toMatchObject({servers: [{name: 'fixture'}, {name: 'python-fixture'}]})
  expect(fake.summaries[0]).toContain('| demo-fixture-1.0.0.tgz | fixture 1.0.0-rc.1 | 2026-07-28 | 1 | verified |')
  expect(await host.files.list(fake.temp)).toEqual([])
}, 60_000)

test('all files are tried, and all problems are in one message with remedies', async () => {
  const {run, host, fake} = await workspace({
    'a.tgz': npmTarball({quirk: 'logs-on-stdout'}),
    'b.tgz': npmTarball({}, {bin: 'dist/index.js'}),
    'c.tgz': npmTarball({}),
    'd.whl': 'no zip',
    'e.tar.gz': tarGz([entry('demo', elf(243), 0o755)], {time}).subarray(0, 40),
  })
  const error = await run({report: 'r.json', unverifiable: 'error'}).catch((caught: unknown) => caught)
  expect(error).toMatchObject({code: 'VERIFY', hint: expect.stringContaining('write logs to stderr')})
  const {message} = error as Error
  expect(message.split('\n').map(line => line.slice(0, 60))).toEqual([
    '- a.tgz: stdout-purity: stdout holds what is no JSON-RPC mes',
    '- b.tgz: installs: the bin fixture is "dist/index.js", which',
    '- d.whl: installs: is no wheel',
    expect.stringMatching(/^- e.tar.gz: installs: the tar file is damaged/),
  ])
  expect(fake.lines).toContainEqual(expect.stringMatching(/^verified {2}c\.tgz: fixture 1\.0\.0, protocol 2025-11-25/))
  const text = await host.files.readText('r.json')
  expect(parseJson(verificationSchema, {file: 'r.json', text}).servers).toHaveLength(4 + 1)
}, 60_000)

test('a machine without the means skips, or fails when told so', async () => {
  const files = {'demo_1_image.oci.tar': tar([entry('oci-layout', '{}'), entry('index.json', '{}')], {time})}
  const host = new FakeHost()
  for (const [name, content] of Object.entries(files)) await host.files.write(join('built', name), content)
  await host.files.write('built/demo.whl', wheel('[console_scripts]\nx = demo_server:main\n'))
  expect(await main(inputs({}), host)).toMatchObject({verified: '0', skipped: '2', servers: '[]'})
  expect(host.lines).toContain('skipped   demo_1_image.oci.tar: neither podman nor a running docker is here')
  await expect(main(inputs({unverifiable: 'error'}), host)).rejects.toMatchObject({
    message: expect.stringContaining(
      'demo.whl: could not be started: Python is not installed. Add actions/setup-python',
    ),
  })
})

test('bad inputs are all named before anything runs', async () => {
  const {run} = await workspace({'x.json': '{}'})
  await expect(run({timeout: '0', version: 'one', 'server-env': 'A=1\nsecret value'})).rejects.toMatchObject({
    code: 'INPUT',
    problems: [
      'server-env: item 2 is not NAME=value',
      'timeout: 0 is not from 1 to 3600 seconds',
      'version: "one" is neither SemVer nor PEP 440',
    ],
  })
  await expect(run({files: 'none/*', report: '../r.json'})).rejects.toMatchObject({
    problems: [expect.stringContaining('matches no file'), expect.stringContaining('outside the workspace')],
  })
  await expect(run()).rejects.toMatchObject({code: 'INPUT', message: expect.stringContaining('none of the 1 files')})
})

test('settings reach the server, secrets of the job do not', async () => {
  const {run, host} = await workspace({'a.tgz': npmTarball({quirk: 'needs-env'})})
  const secretive = {...host, env: {...host.env, API_TOKEN: 'of the job'}}
  await expect(main(inputs({}), secretive)).rejects.toMatchObject({
    message: expect.stringContaining('API_TOKEN is not set'),
  })
  expect(await run({'server-env': 'API_TOKEN=dummy'})).toMatchObject({verified: '1'})
}, 60_000)

test('hostile archives are refused and nothing is written outside', async () => {
  const {run} = await workspace({
    'bin.tgz': npmTarball({}, {bin: {'../../x': '../../../../etc/passwd'}}),
    'name.tgz': npmTarball({}, {name: '../../x'}),
  })
  const error = (await run().catch((caught: unknown) => caught)) as Error
  expect(error.message).toContain('bin.tgz: installs: the bin x is "etc/passwd", which is not in the tarball')
  expect(error.message).toContain('has the name "../../x", which npm does not allow')
})
