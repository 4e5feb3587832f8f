import {join} from 'node:path'
import {type InputsOf, readInputs, realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {tarGz, zip} from '@mcp-release/archives'
import {type FixtureBehaviour, serverScript} from '@mcp-release/mcp/testing'
import {contract} from './action.gen'
import {main} from './main'

/** Seconds since 1970 of all entries. */
export const time = 1_700_000_000
/** An entry of an archive. */
export const entry = (name: string, content: string | Uint8Array, mode: 0o644 | 0o755 = 0o644) => ({
  name,
  mode,
  content: Buffer.from(content),
})

/** An npm package without dependencies whose server behaves as told. */
export async function npmTarball(
  behaviour: FixtureBehaviour,
  manifest: object = {bin: 'server.mjs'},
): Promise<Uint8Array> {
  const script = await realHost({}).files.readText(serverScript('fixture-server'))
  const started = `#!/usr/bin/env node\nprocess.argv[2] ??= ${JSON.stringify(JSON.stringify(behaviour))}\n${script}`
  const described = JSON.stringify({name: '@demo/fixture', version: '1.0.0', ...manifest})
  return tarGz([entry('package/package.json', described), entry('package/server.mjs', started)], {time})
}

/** The script of a legacy server with one tool; `opening` runs before it. */
export function speaking(opening: string): string {
  return `${opening}
import {createInterface} from 'node:readline'
const results = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'demo', version: '1.0.0'}},
  'tools/list': {tools: [{name: 'greet', inputSchema: {type: 'object'}}]},
}
for await (const line of createInterface({input: process.stdin})) {
  const {id, method} = JSON.parse(line)
  if (id === undefined) continue
  const answer = results[method] ? {result: results[method]} : {error: {code: -32601, message: 'no'}}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`
}

/** A server of the older era in Python, with `main()`. */
export const pythonServer = (name: string, version: string): string => `
import json, sys
def main():
    for line in sys.stdin:
        request = json.loads(line)
        if "id" not in request: continue
        method, answer = request["method"], {"jsonrpc": "2.0", "id": request["id"]}
        if method == "initialize":
            info = {"name": "${name}", "version": "${version}"}
            answer["result"] = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": info}
        elif method == "tools/list":
            answer["result"] = {"tools": [{"name": "greet", "inputSchema": {"type": "object"}}]}
        else:
            answer["error"] = {"code": -32601, "message": "no such method"}
        print(json.dumps(answer), flush=True)
`

/** A wheel with a legacy server, `demo_server:main`; `opening` runs before it. */
export function wheel(entryPoints: string, opening = ''): Uint8Array {
  const info = 'demo_server-1.0.0rc1.dist-info'
  return zip(
    [
      entry('demo_server.py', opening + pythonServer('python-fixture', '1.0.0rc1')),
      entry(`${info}/METADATA`, 'Metadata-Version: 2.1\nName: demo-server\nVersion: 1.0.0rc1\n'),
      entry(`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
      entry(`${info}/entry_points.txt`, entryPoints),
      entry(`${info}/RECORD`, ''),
    ],
    {time},
  )
}

/** The header of an executable for a processor. */
export function elf(machine: number): Uint8Array {
  const bytes = new Uint8Array(4096)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0x7f454c46)
  view.setUint8(5, 1)
  view.setUint16(16, 2, true)
  view.setUint16(18, machine, true)
  return bytes
}

/** Inputs as the runner gives them; `files` is `built/*` unless told otherwise. */
export function inputs(given: Readonly<Record<string, string>>): InputsOf<typeof contract> {
  const env = Object.entries({files: 'built/*', ...given}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  return readInputs(contract, Object.fromEntries(env) as Record<string, string>)
}

/**
 * The real programs of this machine in a workspace of its own with files in `built/` (or elsewhere, with `/`);
 * what is logged is kept.
 */
export async function workspace(
  files: Readonly<Record<string, Uint8Array | string>>,
  variables: Readonly<Record<string, string | undefined>>,
) {
  const fake = new FakeHost()
  const env = {...variables, GITHUB_WORKSPACE: fake.workspace, RUNNER_TEMP: fake.temp, GITHUB_STEP_SUMMARY: ''}
  const real = realHost(env)
  for (const [name, content] of Object.entries(files))
    await real.files.write(name.includes('/') ? name : join('built', name), content)
  const host = {
    ...real,
    info: fake.info.bind(fake),
    notice: fake.notice.bind(fake),
    warning: fake.warning.bind(fake),
    summary: fake.summary.bind(fake),
    maskSecret: fake.maskSecret.bind(fake),
  }
  return {fake, host, run: (given: Readonly<Record<string, string>> = {}) => main(inputs(given), host)}
}
