import {mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {expect, test} from '@jest/globals'
import {type Host, realHost} from '@mcp-release/action-kit'
import {openToolbox} from './toolbox'

/** A machine on whose PATH a folder comes first, or is all there is. */
function machine(first: string, env: Readonly<Record<string, string>> = {}, alone = false): Host {
  const workspace = mkdtempSync(join(tmpdir(), 'toolbox-'))
  const PATH = alone ? first : [first, process.env['PATH'] ?? ''].join(delimiter)
  return realHost({...process.env, ...env, PATH, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp')})
}

const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'toolbox-path-')))
const npm = [{name: 'npm', origin: 'nothing else is named'}] as const

function script(path: string, lines: string): void {
  writeFileSync(path, `#!/bin/sh\n${lines}\n`, {mode: 0o755})
}

// https://github.com/nodejs/corepack#utility-commands: `corepack enable npm` puts links to its own files in the place of npm.
test('an npm of corepack that fails is told with what corepack says', async () => {
  const folder = newFolder()
  const host = machine(folder, {COREPACK_ENABLE_NETWORK: '0', COREPACK_HOME: join(folder, 'home')})
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--prefix', join(folder, 'lib')]
  await realHost(process.env).exec(['npm', 'install', ...options, 'corepack@0.34.6'], {quiet: true, cwd: folder})
  symlinkSync(join(folder, 'lib/node_modules/corepack/dist/npm.js'), join(folder, 'npm'))
  await expect(openToolbox(host, npm)).rejects.toMatchObject({
    code: 'TOOL',
    message: expect.stringMatching(
      /^npm: \S+\/npm --version exited with 1:\n.*Network access disabled by the environment/,
    ),
    hint: `${folder}/npm belongs to corepack. Put the folder with the npm of Node.js itself first on PATH; actions/setup-node does.`,
  })
}, 60_000)

test('an npm of corepack that works is used where nobody asks for a version', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'corepack'))
  script(join(folder, 'corepack/npm'), 'echo 11.6.2')
  const tools = await openToolbox(machine(join(folder, 'corepack')), npm)
  expect(tools).toMatchObject({version: '11.6.2', flavour: 'npm'})
  await tools.close()
})

test.each([
  ['fails', 'echo "node: not found" >&2; exit 127', /^npm: \S+\/npm --version exited with 127:\nnode: not found$/],
  ['says something else', 'echo hello', /^npm: \S+\/npm --version says no version: "hello\\n"$/],
])('an npm that %s is told as that', async (_, lines, message) => {
  const folder = newFolder()
  script(join(folder, 'npm'), lines)
  await expect(openToolbox(machine(folder), npm)).rejects.toMatchObject({
    code: 'TOOL',
    message: expect.stringMatching(message),
    hint: 'Put the folder with the npm of Node.js itself first on PATH; actions/setup-node does.',
  })
})

test('a machine without npm is told so', async () => {
  await expect(openToolbox(machine(newFolder(), {}, true), npm)).rejects.toMatchObject({
    code: 'TOOL_MISSING',
    message: 'npm: no such program on PATH',
    hint: 'Install Node.js, for example with actions/setup-node.',
  })
})
