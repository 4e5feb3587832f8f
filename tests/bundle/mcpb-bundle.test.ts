import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {delimiter, dirname, join} from 'node:path'
import {beforeAll, expect, test} from '@jest/globals'
import {zip} from '@mcp-release/archives'
import {runBundle, stubProgram, temporaryFolder} from './run-bundle'

const time = '1700000000'
const minutes = 60_000
const arch = process.arch === 'arm64' ? 'arm64' : 'amd64'
const official = join(dirname(createRequire(import.meta.url).resolve('@anthropic-ai/mcpb')), 'cli/cli.js')
const run = (program: string, args: readonly string[], cwd?: string) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : {cwd}),
  })

const nodeServer = `#!/usr/bin/env node
import {createInterface} from 'node:readline'
import semver from 'semver'
for await (const line of createInterface({input: process.stdin})) {
  const {id, method, params} = JSON.parse(line)
  if (id === undefined) continue
  const serverInfo = {name: 'demo', version: semver.clean(' =v1.2.3 ')}
  const results = {
    initialize: () => ({protocolVersion: params.protocolVersion, capabilities: {tools: {}}, serverInfo}),
    'tools/list': () => ({tools: [{name: 'upper', inputSchema: {type: 'object'}}]}),
  }
  const answer = method in results ? {result: results[method]()} : {error: {code: -32601, message: 'Method not found'}}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`

const pythonServer = `
import json, sys
from idna import encode
def main():
    for line in sys.stdin:
        request = json.loads(line)
        if "id" not in request: continue
        method, answer = request["method"], {"jsonrpc": "2.0", "id": request["id"]}
        if method == "initialize":
            info = {"name": encode("demo").decode(), "version": "1.2.3"}
            answer["result"] = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": info}
        elif method == "tools/list":
            answer["result"] = {"tools": [{"name": "greet", "inputSchema": {"type": "object"}}]}
        else:
            answer["error"] = {"code": -32601, "message": "no such method"}
        print(json.dumps(answer), flush=True)
`

const goServer = `package main

import (
	"bufio"
	"encoding/json"
	"os"
)

type object = map[string]any

func main() {
	out := json.NewEncoder(os.Stdout)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var request object
		json.Unmarshal(in.Bytes(), &request)
		if request["id"] == nil {
			continue
		}
		answer := object{"jsonrpc": "2.0", "id": request["id"]}
		switch request["method"] {
		case "initialize":
			answer["result"] = object{"protocolVersion": "2025-06-18", "capabilities": object{"tools": object{}}, "serverInfo": object{"name": "demo", "version": "1.2.3"}}
		case "tools/list":
			answer["result"] = object{"tools": []object{{"name": "sum", "inputSchema": object{"type": "object"}}}}
		default:
			answer["error"] = object{"code": -32601, "message": "no such method"}
		}
		out.Encode(answer)
	}
}
`

const built = temporaryFolder()
const programs = (...names: readonly string[]) =>
  names.every(name => (process.env['PATH'] ?? '').split(delimiter).some(folder => existsSync(join(folder, name))))
const testWith = (name: string, needs: readonly string[], body: () => Promise<void>, limit: number) => {
  if (programs(...needs)) test(name, body, limit)
  else if (process.env['CI'] === 'true') test(name, () => Promise.reject(new Error(`CI lacks ${needs.join(', ')}`)))
  else test.skip(`${name} (not on this machine: ${needs.join(', ')})`, body)
}

beforeAll(() => {
  const npm = temporaryFolder()
  const fields = {
    name: '@octo/demo',
    version: '1.2.3',
    description: 'A demo',
    author: 'Ada',
    bin: 'cli.js',
    type: 'module',
  }
  writeFileSync(join(npm, 'package.json'), JSON.stringify({...fields, dependencies: {semver: '7.7.2'}}))
  writeFileSync(join(npm, 'cli.js'), nodeServer)
  run('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund', '--silent'], npm)
  run('npm', ['pack', '--silent', '--pack-destination', built], npm)
  copyFileSync(join(npm, 'package-lock.json'), join(built, 'package-lock.json'))
  const info = 'demo-1.2.3.dist-info'
  const wheel = {
    'demo_server.py': pythonServer,
    [`${info}/METADATA`]:
      'Metadata-Version: 2.1\nName: demo\nVersion: 1.2.3\nSummary: A demo\nAuthor: Ada\nRequires-Dist: idna>=3\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/entry_points.txt`]: '[console_scripts]\ndemo = demo_server:main\n',
    [`${info}/RECORD`]: '',
  }
  const entries = Object.entries(wheel).map(([name, text]) => ({
    name,
    mode: 0o644 as const,
    content: Buffer.from(text),
  }))
  writeFileSync(join(built, 'demo-1.2.3-py3-none-any.whl'), zip(entries, {time: Number(time)}))
}, 2 * minutes)

/** A checkout in a folder of its own, with some of the built files. */
function checkout(...names: readonly string[]): string {
  const workspace = temporaryFolder()
  mkdirSync(join(workspace, 'built'))
  for (const name of names) copyFileSync(join(built, name), join(workspace, 'built', name))
  copyFileSync(join(built, 'package-lock.json'), join(workspace, 'package-lock.json'))
  writeFileSync(join(workspace, 'server.json'), JSON.stringify({name: 'io.github.octo/demo', description: 'A demo'}))
  return workspace
}

const inputs = {files: 'built/*', version: 'v1.2.3', 'source-date': time}
const bundle = (workspace: string, given: Readonly<Record<string, string>> = {}) =>
  runBundle('mcpb-bundle', {workspace, inputs: {...inputs, ...given}})

// A machine behind a proxy of its own may need these to reach the registries.
const certificates = Object.fromEntries(
  ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'UV_DEFAULT_INDEX', 'UV_INDEX_URL'].flatMap(name => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  }),
)

/** What other programs say of a bundle. */
function expectSound(workspace: string, name: string): void {
  const file = join(workspace, 'built', name)
  expect(run('unzip', ['-tq', file])).toContain('No errors detected')
  const strict =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), z.comment, len(set(z.namelist())) == len(z.namelist()))'
  expect(run('python3', ['-c', strict, file]).trim()).toBe("None b'' True")
  // Nothing follows the end of the central directory, and its comment is empty.
  expect(readFileSync(file).subarray(-22, -18).toString('latin1')).toBe('PK\x05\x06')
  expect(readFileSync(file).readUInt16LE(readFileSync(file).length - 2)).toBe(0)
  const unpacked = join(temporaryFolder(), 'unpacked')
  expect(run(process.execPath, [official, 'unpack', file, unpacked])).toContain('unpacked successfully')
  expect(run(process.execPath, [official, 'validate', unpacked])).toContain('Manifest schema validation passes!')
}

async function expectStarted(workspace: string): Promise<void> {
  const {stdout, exitCode} = await runBundle('mcp-verify', {
    workspace,
    inputs: {files: 'built/*.mcpb', version: '1.2.3', unverifiable: 'error'},
    env: certificates,
  })
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('verified  ')])
}

const npmStub = `
const {cpSync, mkdirSync, writeFileSync} = require('node:fs')
mkdirSync('node_modules/semver', {recursive: true})
writeFileSync('node_modules/semver/package.json', '{"name": "semver"}')
writeFileSync('node_modules/.package-lock.json', process.cwd())
console.log('npm ' + process.argv[2] + ' ran, token ' + process.env.NPM_TOKEN)
`

test('the transcript of a bundle that passes', async () => {
  const workspace = checkout('octo-demo-1.2.3.tgz')
  const result = await runBundle('mcpb-bundle', {
    workspace,
    inputs: {...inputs, fragment: 'fragments/bundles.json', package: 'npm:.'},
    env: {NPM_TOKEN: 'hidden'},
    path: [stubProgram('npm', npmStub)],
  })
  const content = readFileSync(join(workspace, 'built/demo_1.2.3.mcpb'))
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(result.stdout.replaceAll(/\$ \S*\/npm /g, '$ <npm> ')).toBe(`A manifest is generated for <workspace>
::group::Install the dependencies of octo-demo-1.2.3.tgz
::stop-commands::<mark>
$ <npm> ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error --install-links
npm ci ran, token undefined
::<mark>::
::endgroup::
demo_1.2.3.mcpb: ${content.length} bytes, sha256 ${sha256}
`)
  const artifact = {name: 'demo_1.2.3.mcpb', kind: 'mcpb', package: 'npm:.', size: content.length, sha256}
  expect(result.outputs).toEqual({
    bundles: 'built/demo_1.2.3.mcpb',
    'left-out': '[]',
    sha256sums: `${sha256}  demo_1.2.3.mcpb`,
    artifacts: JSON.stringify([artifact]),
  })
  expect(JSON.parse(readFileSync(join(workspace, 'fragments/bundles.json'), 'utf8'))).toEqual({
    schemaVersion: 1,
    artifacts: [artifact],
  })
  expect(result.summary).toBe(`| file | kind | bytes | sha256 |
| --- | --- | --- | --- |
| \`demo_1.2.3.mcpb\` | mcpb | ${content.length} | \`${sha256}\` |

`)
  expect(
    run('unzip', ['-Z1', join(workspace, 'built/demo_1.2.3.mcpb')])
      .trim()
      .split('\n'),
  ).toEqual(['cli.js', 'manifest.json', 'node_modules/semver/package.json', 'package.json'])
})

test('the transcript of a bundle with faults', async () => {
  const workspace = temporaryFolder()
  const server = {
    type: 'node',
    entry_point: 'index.js',
    mcp_config: {command: 'node', env: {KEY: '${user_config.key}'}},
  }
  const manifest = {
    manifest_version: '0.3',
    name: 'demo',
    version: '1.0.0',
    description: 'd',
    author: {name: 'a'},
    server,
  }
  writeFileSync(join(workspace, 'manifest.json'), JSON.stringify({...manifest, icon: 'icon.png'}))
  writeFileSync(join(workspace, 'icon.png'), 'GIF89a')
  const {stdout, exitCode, outputs} = await runBundle('mcpb-bundle', {workspace, inputs: {'source-date': time}})
  const faults = [
    '- demo_1.0.0.mcpb: manifest.json: server.entry_point: "index.js" is not in the bundle',
    '- demo_1.0.0.mcpb: manifest.json: ${user_config.key} is used, but user_config has no key',
    '- demo_1.0.0.mcpb: manifest.json: icon: "icon.png" is not a PNG image; clients show no other format',
  ]
  expect(stdout).toBe(
    `manifest.json is taken for <workspace>\n::error::mcpb-bundle [BUNDLE]:%0A${faults.join('%0A')}\n`,
  )
  expect({exitCode, outputs}).toEqual({exitCode: 1, outputs: {}})
  expect(existsSync(join(workspace, 'built'))).toBe(false)
})

testWith(
  'a folder is packed with the same files as by the official tool',
  ['unzip'],
  async () => {
    const workspace = temporaryFolder()
    const server = {
      type: 'node',
      entry_point: 'index.js',
      mcp_config: {command: 'node', args: ['${__dirname}/index.js']},
    }
    const manifest = {
      manifest_version: '0.3',
      name: 'demo',
      version: '1.0.0',
      description: 'd',
      author: {name: 'a'},
      server,
    }
    const files = {
      'manifest.json': JSON.stringify(manifest),
      '.mcpbignore': '# mine\n/test/\ndocs\n*.tmp\n!keep.tmp\n!lib/*.map\n',
      ...Object.fromEntries(
        (
          'index.js index.js.map lib/a.js.map lib/a.d.ts test/a.js src/test/a.js docs/a.md a/docs/b.md a.tmp keep.tmp ' +
          '.env.local .npmrc .DS_Store x.log package-lock.json tsconfig.json node_modules/.bin/x node_modules/.cache/y ' +
          'node_modules/m/index.js node_modules/m/.git/HEAD .gitignore README.md'
        )
          .split(' ')
          .map(name => [name, name]),
      ),
    }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(workspace, name)), {recursive: true})
      writeFileSync(join(workspace, name), content)
    }
    const theirs = join(temporaryFolder(), 'theirs.mcpb')
    run(process.execPath, [official, 'pack', workspace, theirs])
    const {exitCode} = await runBundle('mcpb-bundle', {workspace, inputs: {'source-date': time}})
    expect(exitCode).toBe(0)
    const names = (file: string) => run('unzip', ['-Z1', file]).trim().split('\n').sort()
    expect(names(join(workspace, 'built/demo_1.0.0.mcpb'))).toEqual(names(theirs))
    expect(names(theirs)).toContain('lib/a.js.map')
  },
  minutes,
)

testWith(
  'an npm package with its locked dependencies is bundled, sound and starts; another machine makes the same bytes',
  ['unzip', 'python3'],
  async () => {
    const [first, second] = [checkout('octo-demo-1.2.3.tgz'), checkout('octo-demo-1.2.3.tgz')]
    const {outputs} = await bundle(first)
    // zip knows two seconds.
    await new Promise(resolve => setTimeout(resolve, 2100))
    const again = await runBundle('mcpb-bundle', {workspace: second, inputs, env: {TZ: 'Asia/Kolkata', LANG: 'tr_TR'}})
    expect(again.outputs['sha256sums']).toBe(outputs['sha256sums'])
    expectSound(first, 'demo_1.2.3.mcpb')
    await expectStarted(first)
  },
  2 * minutes,
)

testWith(
  'executables are bundled for each platform or with a launcher for all, and start',
  ['unzip', 'python3', 'go'],
  async () => {
    const source = temporaryFolder()
    writeFileSync(join(source, 'main.go'), goServer)
    writeFileSync(join(source, 'go.mod'), 'module example.com/demo\n\ngo 1.21\n')
    const targets = [`linux/${arch}`, 'windows/amd64']
    for (const target of targets) {
      const [os = '', processor = ''] = target.split('/')
      execFileSync(
        'go',
        ['build', '-o', join(built, `demo_1.2.3_${os}_${processor}${os === 'windows' ? '.exe' : ''}`), '.'],
        {
          cwd: source,
          env: {...process.env, GOOS: os, GOARCH: processor, CGO_ENABLED: '0'},
          stdio: 'pipe',
        },
      )
    }
    const names = [`demo_1.2.3_linux_${arch}`, 'demo_1.2.3_windows_amd64.exe']
    const [each, fat] = [checkout(...names), checkout(...names)]
    const {outputs} = await bundle(each)
    expect(outputs['bundles']?.split('\n')).toEqual([
      `built/demo_1.2.3_linux_${arch}.mcpb`,
      'built/demo_1.2.3_windows_amd64.mcpb',
    ])
    expectSound(each, 'demo_1.2.3_windows_amd64.mcpb')
    await bundle(fat, {launcher: 'node'})
    expectSound(fat, 'demo_1.2.3.mcpb')
    const started = await runBundle('mcp-verify', {workspace: each, inputs: {files: 'built/*.mcpb', version: '1.2.3'}})
    expect(started.stdout).toContain(`verified  demo_1.2.3_linux_${arch}.mcpb: demo 1.2.3`)
    expect(started.stdout).toContain('skipped   demo_1.2.3_windows_amd64.mcpb: the bundle is for win32, not for linux')
    await expectStarted(fat)
  },
  3 * minutes,
)

testWith(
  'a wheel is bundled with its dependencies, and starts with Python alone',
  ['unzip', 'python3'],
  async () => {
    const workspace = checkout('demo-1.2.3-py3-none-any.whl')
    await bundle(workspace, {type: 'python'})
    expectSound(workspace, 'demo_1.2.3.mcpb')
    expect(run('unzip', ['-Z1', join(workspace, 'built/demo_1.2.3.mcpb')])).toContain('server/lib/idna/core.py')
    await expectStarted(workspace)
  },
  2 * minutes,
)

testWith(
  'a wheel is bundled without its dependencies, and starts with uv',
  ['unzip', 'python3'],
  async () => {
    const workspace = checkout('demo-1.2.3-py3-none-any.whl')
    await bundle(workspace)
    expectSound(workspace, 'demo_1.2.3.mcpb')
    await expectStarted(workspace)
  },
  3 * minutes,
)
