import {execFileSync, spawnSync} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {temporaryFolder} from './run-bundle'

const bundle = join(dirname(fileURLToPath(import.meta.url)), '../../dist/mcp-verify/index.js')
const inNamespaces = ['--user', '--map-root-user', '--mount', '--', '/bin/sh', '-c']
// A small disk of one's own takes a mount, which takes namespaces: Ubuntu's runners refuse them, macOS and Windows have none.
const canMount = spawnSync('unshare', [...inNamespaces, 'mount -t tmpfs none /mnt']).status === 0
const withDisk = canMount ? test : test.skip

const server = `#!/usr/bin/env node
import {createInterface} from 'node:readline'
const results = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'demo', version: '1.0.0'}},
  'tools/list': {tools: [{name: 'greet', inputSchema: {type: 'object'}}]},
}
for await (const line of createInterface({input: process.stdin})) {
  const {id, method} = JSON.parse(line)
  const answer = results[method] ? {result: results[method]} : {error: {code: -32601, message: 'no'}}
  if (id !== undefined) console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`

/** Runs the bundle where lines of a shell have made the disk what it is; `$TEMP` and `$OUT` are its folders. */
function runOn(disk: string): {readonly status: number | null; readonly stdout: string; readonly outputs: string} {
  const home = temporaryFolder()
  const [workspace, temp, out] = [join(home, 'workspace'), join(home, 'temp'), join(home, 'workspace/out')]
  for (const folder of [join(workspace, 'package'), join(workspace, 'built'), temp, out])
    mkdirSync(folder, {recursive: true})
  const manifest = {name: 'demo', version: '1.0.0', bin: 'server.mjs', type: 'module'}
  writeFileSync(join(workspace, 'package/package.json'), JSON.stringify(manifest))
  writeFileSync(join(workspace, 'package/server.mjs'), server, {mode: 0o755})
  writeFileSync(join(workspace, 'package/data'), randomBytes(512 * 1024))
  execFileSync('tar', ['czf', 'built/demo.tgz', 'package'], {cwd: workspace})
  const outputs = join(home, 'outputs')
  writeFileSync(outputs, '')
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    TEMP: temp,
    OUT: out,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: outputs,
    INPUT_FILES: 'built/*',
    INPUT_REPORT: 'out/report.json',
  }
  const lines = `set -e\n${disk}\nexec "$@"`
  const run = spawnSync('unshare', [...inNamespaces, lines, 'sh', process.execPath, bundle], {cwd: workspace, env})
  return {
    status: run.status,
    stdout: run.stdout.toString(),
    outputs: existsSync(outputs) ? readFileSync(outputs, 'utf8') : '',
  }
}

const full = (folder: string) =>
  `mount -t tmpfs -o size=64k none ${folder}; dd if=/dev/zero of=${folder}/rest bs=1k 2>/dev/null || :`

withDisk.each([
  ['a full disk for what is installed', full('$TEMP'), /\[SYSTEM\]: ENOSPC/, 'The disk is full'],
  [
    'a disk that is full during the installation',
    'mount -t tmpfs -o size=128k none $TEMP',
    /\[SYSTEM\]: ENOSPC/,
    'The disk is full',
  ],
  [
    'a read-only disk for what is installed',
    'mount -t tmpfs -o ro none $TEMP',
    /\[SYSTEM\]: EROFS/,
    'give another folder',
  ],
  ['a full disk for the report', full('$OUT'), /\[SYSTEM\]: ENOSPC/, 'The disk is full'],
  ['a read-only disk for the report', 'mount -t tmpfs -o ro none $OUT', /\[SYSTEM\]: EROFS/, 'give another folder'],
  [
    'a folder in the place of the report',
    'mkdir $OUT/report.json',
    /\[INPUT\]: report: "out\/report.json" is a folder/,
    '',
  ],
  ['a pipe among the files', 'mkfifo built/x.tgz', /\[INPUT\]: files: "built\/x.tgz" is a link or no plain file/, ''],
])(
  'with %s nothing is verified, and the error says why',
  (_, disk, error, remedy) => {
    const {status, stdout, outputs} = runOn(disk)
    expect(stdout).toMatch(error)
    expect(stdout).toContain(remedy)
    expect(stdout).not.toContain('UNEXPECTED')
    expect({status, outputs}).toEqual({status: 1, outputs: ''})
  },
  30_000,
)
