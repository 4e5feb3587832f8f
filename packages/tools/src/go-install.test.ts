import {spawnSync} from 'node:child_process'
import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {ensureTool} from './ensure-tool'
import type {ToolPin} from './pins'

const withGo = spawnSync('go', ['version']).status === 0 ? test : test.skip

const pin: ToolPin = {
  version: '0.0.0-20250915201037-7f05d217867b',
  license: 'BSD-3-Clause',
  module: 'golang.org/x/example/hello',
  package: 'golang.org/x/example/hello',
  goVariables: {},
  platforms: {},
}

withGo(
  'a tool without a release file is built from its module, verified, and kept',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'go-install-'))
    // What a user may have set must not switch the verification off or build for another machine.
    const hostile = {GONOSUMDB: '*', GOINSECURE: '*', GOFLAGS: '-insecure', GOOS: 'plan9'}
    const host = realHost({...process.env, ...hostile, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp')})
    const options = {pins: {hello: pin}, cache: join(folder, 'cache')}
    const built = await ensureTool('hello', {host, options})
    expect(built).toMatchObject({version: pin.version, source: 'go'})
    const answer = await host.exec([built.path], {quiet: true, check: false})
    expect(answer.stdout + answer.stderr).toContain('Hello, world!')
    await expect(ensureTool('hello', {host, options})).resolves.toEqual({...built, source: 'cache'})
  },
  120_000,
)
