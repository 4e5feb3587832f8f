import {type ChildProcess, type StdioOptions, execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {fileURLToPath} from 'node:url'
import {expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from './run-bundle'

const bundle = join(dirname(fileURLToPath(import.meta.url)), '../../dist/mcp-verify/index.js')

/** The tarball of a server in `built/`; `opening` runs before it serves. */
function pack(workspace: string, opening: string): void {
  const folder = temporaryFolder()
  const server = `#!/usr/bin/env node
import {createInterface} from 'node:readline'
import {spawn} from 'node:child_process'
import {writeFileSync} from 'node:fs'
${opening}
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
  const manifest = {name: 'demo', version: '1.0.0', bin: 'server.mjs', type: 'module'}
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(folder, 'server.mjs'), server)
  mkdirSync(join(workspace, 'built'), {recursive: true})
  const args = ['pack', '--silent', '--pack-destination', join(workspace, 'built')]
  execFileSync('npm', args, {cwd: folder, stdio: 'pipe'})
}

/** Programs in the place of unshare and sudo that refuse, as on Ubuntu's runners without sudo. */
function refusing(): string {
  const folder = temporaryFolder()
  const words = 'unshare: write failed /proc/self/uid_map: Operation not permitted'
  for (const [name, said] of [
    ['unshare', words],
    ['sudo', 'sudo: a password is required'],
  ] as const)
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${said}' >&2\nexit 1\n`, {mode: 0o755})
  return folder
}

const onRunner = {GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted'}
const onLinux = process.platform === 'linux' ? test : test.skip

onLinux(
  'on a runner that cannot isolate nothing is started, with the kernel’s words and the remedies',
  async () => {
    const workspace = temporaryFolder()
    pack(workspace, `writeFileSync(${JSON.stringify(join(workspace, 'started'))}, '')`)
    const place = {workspace, inputs: {files: 'built/*', report: 'report.json'}, path: [refusing()]}
    const {exitCode, stdout, outputs} = await runBundle('mcp-verify', {...place, env: onRunner})
    expect(stdout).toMatch(/::error::mcp-verify \[ISOLATION\]: servers cannot be isolated on this machine: /)
    expect(stdout).toContain('unshare: write failed /proc/self/uid_map: Operation not permitted')
    expect(stdout).toContain('kernel.apparmor_restrict_unprivileged_userns=0')
    expect(stdout).toContain('`isolation: preferred`')
    expect({exitCode, outputs, started: readdirSync(workspace)}).toEqual({exitCode: 1, outputs: {}, started: ['built']})
    // On a machine of one's own, and where it is allowed, it is a warning, and told for each server.
    const allowed = {...place, inputs: {...place.inputs, isolation: 'preferred'}, env: onRunner}
    for (const run of [place, allowed]) {
      const warned = await runBundle('mcp-verify', run)
      expect(warned.stdout).toMatch(/::warning::servers are started without isolation, so that they reach the network/)
      expect(warned).toMatchObject({exitCode: 0, outputs: {verified: '1'}})
      const report = JSON.parse(readFileSync(join(workspace, 'report.json'), 'utf8')) as {servers: {network: object}[]}
      expect(report.servers[0]?.network).toMatchObject({
        access: 'on',
        reason: expect.stringContaining('does not allow namespaces'),
      })
    }
    expect(existsSync(join(workspace, 'started'))).toBe(true)
  },
  60_000,
)

// A server that hangs, and has left a process in a session of its own, without its variables, that hears no signal.
const hanging = (marker: string) => `
spawn('setsid', ['sh', '-c', '(trap "" TERM INT HUP; env -i sleep ${marker}) &'], {stdio: 'ignore', detached: true}).unref()
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => undefined)
await new Promise(resolve => setTimeout(resolve, 60_000))`

interface Starting {
  readonly env?: Record<string, string>
  readonly stdin?: 'ignore' | 'pipe'
  /** With files in `built/`. */
  readonly workspace?: string
}

/** Starts the bundle, unless told otherwise with the tarball of a server that hangs. */
function start(marker: string, {env: more = {}, stdin = 'ignore', workspace: given}: Starting = {}) {
  const workspace = given ?? temporaryFolder()
  if (given === undefined) pack(workspace, hanging(marker))
  const temp = mkdtempSync(join(temporaryFolder(), 'temp-'))
  const {PATH = '', HOME = ''} = process.env
  const env = {PATH, HOME, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp, INPUT_FILES: 'built/*', ...more}
  const options = {cwd: workspace, env, detached: true, stdio: [stdin, 'ignore', 'ignore'] satisfies StdioOptions}
  const child: ChildProcess = spawn(process.execPath, [bundle], options)
  return {child, temp, ended: once(child, 'exit')}
}

async function until(holds: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 300 && !holds(); tries++) await pause(100)
  return holds()
}

function running(marker: string): number {
  return readdirSync('/proc').filter(name => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(marker)
    } catch {
      return false
    }
  }).length
}

onLinux.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'after %s nothing is left of a server that is isolated',
  async signal => {
    const marker = `${process.pid}${['SIGINT', 'SIGTERM', 'SIGKILL'].indexOf(signal)}.125`
    const {child, temp, ended} = start(marker, {env: {INPUT_ISOLATION: 'required'}})
    try {
      // It is started more than once.
      expect(await until(() => running(marker) > 0)).toBe(true)
    } finally {
      child.kill(signal)
    }
    await ended
    expect(await until(() => running(marker) === 0)).toBe(true)
    expect(await until(() => running(temp) === 0)).toBe(true)
  },
  60_000,
)

// A wheel needs what has no wheel, so that pip runs its build, which hangs and leaves a process behind.
onLinux(
  'after SIGTERM to its whole group nothing is left of a build that pip had started',
  async () => {
    const workspace = temporaryFolder()
    const marker = `${process.pid}4.125`
    writeFileSync(join(workspace, 'make.py'), makeHangingBuild(marker))
    execFileSync('python3', ['make.py'], {cwd: workspace, stdio: 'pipe'})
    const env = {PIP_NO_INDEX: '1', PIP_FIND_LINKS: join(workspace, 'links'), INPUT_ISOLATION: 'required'}
    const {child, temp, ended} = start(marker, {env, workspace})
    try {
      expect(await until(() => running(marker) > 0)).toBe(true)
    } finally {
      process.kill(-(child.pid ?? 0), 'SIGTERM')
    }
    await ended
    expect(await until(() => running(marker) === 0 && running(temp) === 0)).toBe(true)
  },
  60_000,
)

const makeHangingBuild = (marker: string) => `
import io, os, tarfile, zipfile
os.makedirs('built'); os.makedirs('links')
with zipfile.ZipFile('built/demo_server-1.0.0-py3-none-any.whl', 'w') as wheel:
    info = 'demo_server-1.0.0.dist-info'
    wheel.writestr('demo_server.py', 'def main(): pass')
    wheel.writestr(info + '/METADATA', 'Metadata-Version: 2.1\\nName: demo-server\\nVersion: 1.0.0\\nRequires-Dist: hanging\\n')
    wheel.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + '/entry_points.txt', '[console_scripts]\\ndemo-server = demo_server:main\\n')
    wheel.writestr(info + '/RECORD', '')
build = '''import subprocess, time
subprocess.Popen(['setsid', 'sleep', '${marker}'], env={'PATH': '/usr/bin:/bin'})
time.sleep(60)
'''
project = '[build-system]\\nrequires = []\\nbuild-backend = "hang"\\nbackend-path = ["."]\\n[project]\\nname = "hanging"\\nversion = "1.0.0"\\n'
with tarfile.open('links/hanging-1.0.0.tar.gz', 'w:gz') as sdist:
    for name, text in {'pyproject.toml': project, 'hang.py': build, 'PKG-INFO': 'Metadata-Version: 2.1\\nName: hanging\\nVersion: 1.0.0\\n'}.items():
        entry = tarfile.TarInfo('hanging-1.0.0/' + name)
        entry.size = len(text.encode())
        sdist.addfile(entry, io.BytesIO(text.encode()))
`

// As a snapshot holds it (packages/cli/src/snapshot/bundle.ts): its stdin ends when the snapshot does.
onLinux(
  'when who held the bundle is gone, it ends with all that it started',
  async () => {
    const marker = `${process.pid}3.125`
    const {child, temp, ended} = start(marker, {env: {MCP_RELEASE_HELD: 'group'}, stdin: 'pipe'})
    try {
      child.stdin?.write('{"INPUT_ISOLATION": "required"}\n')
      expect(await until(() => running(marker) > 0)).toBe(true)
    } finally {
      child.stdin?.destroy()
    }
    expect(await ended).toEqual([null, 'SIGKILL'])
    expect(await until(() => running(marker) === 0 && running(temp) === 0)).toBe(true)
  },
  60_000,
)
