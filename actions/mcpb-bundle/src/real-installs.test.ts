import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {expect, test} from '@jest/globals'
import {readInputs, realHost} from '@mcp-release/action-kit'
import {directoryWriter, readZip, tarGz, unpackTo, zip} from '@mcp-release/archives'
import {parseManifest, resolveConfig} from '@mcp-release/mcpb'
import {contract} from './action.gen'
import {main} from './main'

// With the pip and the npm of this machine, and the packages that they fetch.
type Files = Readonly<Record<string, string | Uint8Array>>

/** Makes the one bundle of a checkout and unpacks it; `start` runs it as a client does. */
async function bundled(files: Files, given: Readonly<Record<string, string>>) {
  const workspace = mkdtempSync(join(tmpdir(), 'real-install-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, name)), {recursive: true})
    writeFileSync(join(workspace, name), content)
  }
  const host = realHost({...process.env, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp')})
  const inputs = Object.entries({...given, 'source-date': '0'}).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const {bundles} = await main(readInputs(contract, Object.fromEntries(inputs) as Record<string, string>), host)
  const folder = mkdtempSync(join(tmpdir(), 'real-bundle-'))
  await unpackTo(readZip(readFileSync(join(workspace, bundles))), directoryWriter(folder))
  const manifest = parseManifest('manifest.json', readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const {mcp_config: config = {command: ''}} = manifest.server
  const {command, args, env} = resolveConfig(config, {system: 'linux', folder, home: '/nowhere', userConfig: {}})
  const start = () => {
    const {stdout, stderr} = spawnSync(command, args, {
      input: `${request}\n`,
      encoding: 'utf8',
      env: {PATH: process.env['PATH'], ...env},
    })
    return stdout.trim() === '' ? stderr : (JSON.parse(stdout) as unknown)
  }
  return {folder, manifest, start}
}

const request = JSON.stringify({jsonrpc: '2.0', id: 1, method: 'initialize', params: {}})
const pack = (files: Files) =>
  Object.entries(files).map(([name, content]) => ({name, mode: 0o644 as const, content: Buffer.from(content)}))

const python = `
import importlib.metadata, json, sys
import idna
def main():
    request = json.loads(sys.stdin.readline())
    info = {"name": idna.encode("gr\\u00fcn").decode(), "version": importlib.metadata.version("demo")}
    print(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": {"serverInfo": info}}))
`
const wheel = zip(
  pack({
    'demo_server.py': python,
    'demo-1.2.3.dist-info/METADATA':
      'Metadata-Version: 2.1\nName: demo\nVersion: 1.2.3\nSummary: A demo\nAuthor: Ada\nRequires-Dist: idna>=3\n',
    'demo-1.2.3.dist-info/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    'demo-1.2.3.dist-info/entry_points.txt': '[console_scripts]\ndemo = demo_server:main\n',
    'demo-1.2.3.dist-info/RECORD': '',
  }),
  {time: 0},
)

test('a bundle of type python starts with the dependencies that pip put inside', async () => {
  const given = {files: 'built/*.whl', type: 'python'}
  const {folder, manifest, start} = await bundled({'built/demo-1.2.3-py3-none-any.whl': wheel}, given)
  expect(manifest.server).toMatchObject({type: 'python', mcp_config: {env: {PYTHONPATH: '${__dirname}/server/lib'}}})
  expect(existsSync(join(folder, 'server/lib/idna/__init__.py'))).toBe(true)
  expect(start()).toMatchObject({result: {serverInfo: {name: 'xn--grn-ioa', version: '1.2.3'}}})
}, 180_000)

const node = `
import semver from 'semver'
import {createInterface} from 'node:readline'
for await (const line of createInterface({input: process.stdin})) {
  const serverInfo = {name: 'demo', version: semver.clean(' =v1.2.3 ')}
  console.log(JSON.stringify({jsonrpc: '2.0', id: JSON.parse(line).id, result: {serverInfo}}))
}
`
const fields = {
  name: 'demo',
  version: '1.2.3',
  description: 'd',
  author: 'Ada',
  type: 'module',
  bin: 'cli.js',
  dependencies: {semver: '^7.0.0'},
}
const lock = (version: string, integrity: string) =>
  JSON.stringify({
    ...{name: 'demo', version: '1.2.3', lockfileVersion: 3, requires: true},
    packages: {
      '': {name: 'demo', version: '1.2.3', dependencies: {semver: '^7.0.0'}},
      'node_modules/semver': {version, integrity},
    },
  })

// semver 7.0.0 as it was published; later versions satisfy the range, too.
const oldest = 'sha512-+GB6zVA9LWh6zovYQLALHwv5rb2PHGlJi3lfiqIHxR0uuwCgefcOJc59v9fv1w8GbStwxuuqqAjI9NMAOOgq1A=='

test('the older version that a lock file names beats every newer one that would do', async () => {
  const tarball = tarGz(pack({'package/package.json': JSON.stringify(fields), 'package/cli.js': node}), {time: 0})
  const files = {
    'built/demo-1.2.3.tgz': tarball,
    'package.json': JSON.stringify(fields),
    'package-lock.json': lock('7.0.0', oldest),
  }
  const {folder, start} = await bundled(files, {files: 'built/*.tgz'})
  expect(JSON.parse(readFileSync(join(folder, 'node_modules/semver/package.json'), 'utf8'))).toMatchObject({
    version: '7.0.0',
  })
  expect(start()).toMatchObject({result: {serverInfo: {version: '1.2.3'}}})
}, 180_000)
