import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import type {Interpreter} from './interpreter'
import {hostWith} from './interpreter-host'

const node: Interpreter = {
  runtime: 'node',
  asked: '20',
  path: process.execPath,
  version: process.versions.node,
  environment: {},
}

test('an installer that is stuck is ended and told by its name', async () => {
  // https://www.gnu.org/software/coreutils/manual/html_node/timeout-invocation.html: 124 when the time was over.
  const host = hostWith(node, new FakeHost(argv => (argv[0]?.endsWith('timeout') ? {exitCode: 124} : undefined)))
  await expect(host.exec(['npm', 'install', 'x'], {check: false})).rejects.toMatchObject({
    code: 'TOOL',
    message: 'npm did not end within 10 minutes',
  })
})

const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('an installer that the system kills is not told as one that took too long', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'interpreter-host-'))
  const host = hostWith(node, realHost({...process.env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp')}))
  await expect(host.exec(['sh', '-c', 'kill -9 $$'], {check: false, quiet: true})).rejects.toMatchObject({
    code: 'TOOL',
    message: 'sh was killed: the memory ran out, or it did not end within 10 minutes',
  })
})
