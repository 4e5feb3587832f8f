import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {findUv} from './uv'

/** A machine with Python alone, whose pip answers as given. */
function machine(pip: {readonly exitCode?: number; readonly stderr?: string}): FakeHost {
  return new FakeHost(argv => {
    if (argv[0] === 'uv') return undefined
    if (argv.includes('install')) return pip
    if (argv.some(word => word.startsWith('import pip'))) return {stdout: '26.3\n'}
    return argv.includes('-c') ? {stdout: '["/usr/bin/python3", [3, 13, 0]]'} : {}
  })
}

const cached = (host: FakeHost): FakeHost =>
  Object.assign(host, {env: {RUNNER_TOOL_CACHE: join(host.workspace, 'tools')}})

test('the uv of the machine is taken, and nothing is installed', async () => {
  const host = new FakeHost(() => ({}))
  expect(await findUv(host)).toBe('/usr/bin/uv')
  expect(host.commands).toEqual([])
})

test('where there is none, the pinned one comes with pip', async () => {
  const host = cached(machine({}))
  expect(await findUv(host)).toMatch(/tools\/mcp-release-python-uv\/[0-9a-f]{16}\/bin\/uv$/)
  const install = host.commands.find(({argv}) => argv.includes('install'))
  expect(install?.argv).toContain('--require-hashes')
})

test('where it cannot come, the reason and what helps are told', async () => {
  const words = 'Could not find a version that satisfies the requirement uv'
  expect(await findUv(cached(machine({exitCode: 1, stderr: `ERROR: ${words}`})))).toMatchObject({
    kind: 'skip',
    reason: `uv is not installed, and cannot be brought: ${words}`,
    hint: 'Install uv, or Python from 3.10 with pip.',
  })
})

test('a file that is not the pinned one is an error', async () => {
  const stderr = 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.'
  await expect(findUv(cached(machine({exitCode: 1, stderr})))).rejects.toMatchObject({code: 'CHECKSUM'})
})
