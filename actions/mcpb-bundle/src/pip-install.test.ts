import {mkdtempSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {realHost} from '@mcp-release/action-kit'
import {installLibraries, interpreter} from './pip-install'
import type {Wheel} from './wheel'

const wheel = {file: 'demo-1.2.3-py3-none-any.whl'} as Wheel

async function installed(path: string) {
  const workspace = mkdtempSync(join(tmpdir(), 'pip-install-'))
  // Port 9 discards what it gets, and nobody listens there.
  const index = {PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0', PIP_EXTRA_INDEX_URL: ''}
  const env = {...process.env, ...index, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(workspace, 'temp')}
  const host = realHost(env)
  const python = await interpreter(host)
  return installLibraries(host, {python, wheel, path, platform: undefined, constraints: []})
}

test('an index that does not answer is told as that, and not as a wheel that is missing', async () => {
  await expect(installed('demo')).rejects.toMatchObject({
    code: 'DOWNLOAD',
    message: expect.stringMatching(/^pip could not reach what it downloads from: .*\/demo\/: .*refused/),
    hint: expect.stringMatching(/^Run the job again/),
  })
}, 60_000)

test('any other failure of pip names what to try', async () => {
  await expect(installed('/nowhere/demo-1.2.3-py3-none-any.whl')).rejects.toMatchObject({
    code: 'TOOL',
    message: expect.stringMatching(/ exited with 1:\n/),
    hint: expect.stringMatching(
      /^See that `pip install --only-binary :all: demo-1\.2\.3-py3-none-any\.whl` works with Python 3\./,
    ),
  })
}, 60_000)
