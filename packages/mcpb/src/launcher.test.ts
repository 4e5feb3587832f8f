import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {expect, test} from '@jest/globals'
import {platforms} from '@mcp-release/release-model'
import {launchedPath, launcherPath, launcherScript} from './launcher'

const os = process.platform === 'win32' ? 'windows' : process.platform
const here = platforms.find(each => each === `${os}/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`) ?? 'linux/amd64'
const other = platforms.find(each => each !== here) ?? here

function unpacked(made: readonly (typeof platforms)[number][], program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'))
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(folder, name)), {recursive: true})
    writeFileSync(join(folder, name), content, {mode: 0o755})
  }
  write(launcherPath, launcherScript('demo', made))
  for (const platform of made) write(launchedPath(platform, 'demo'), program)
  return join(folder, launcherPath)
}

test('the launcher starts the executable of this machine and hands everything through', () => {
  const script = unpacked(platforms, '#!/bin/sh\nread line\necho "got $line, $1"\necho said >&2\nexit 7\n')
  const {status, stdout, stderr} = spawnSync(process.execPath, [script, 'an argument'], {
    input: 'text\n',
    encoding: 'utf8',
  })
  expect({status, stdout, stderr}).toEqual({status: 7, stdout: 'got text, an argument\n', stderr: 'said\n'})
})

test('the launcher ends as its executable ended', () => {
  const {status, signal} = spawnSync(process.execPath, [unpacked([here], '#!/bin/sh\nkill -TERM $$\n')])
  expect({status, signal}).toEqual({status: null, signal: 'SIGTERM'})
})

test('the launcher says which machines there are executables for', () => {
  const {status, stdout, stderr} = spawnSync(process.execPath, [unpacked([other], '')], {encoding: 'utf8'})
  expect({status, stdout}).toEqual({status: 1, stdout: ''})
  expect(stderr).toContain('demo has no executable for')
})
