import {expect, test} from '@jest/globals'
import type {ExecResult, Host} from '@mcp-release/action-kit'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {findNetwork} from './network'

// A machine that has unshare, and allows what `allows` says.
function machine(allows: (argv: readonly string[]) => boolean, os: Host['platform']['os'] = 'linux'): Host {
  const fake = new FakeHost()
  const exec = (argv: readonly string[]): Promise<ExecResult> =>
    Promise.resolve({exitCode: allows(argv) ? 0 : 1, stdout: '', stderr: ''})
  const which = () => Promise.resolve('/usr/bin/unshare')
  return Object.assign(Object.create(fake) as FakeHost, {exec, which, platform: {os, arch: 'amd64' as const}})
}

test('root takes a namespace directly, others one in a user namespace without its capabilities', async () => {
  const root = await findNetwork(
    machine(() => true),
    'off',
  )
  expect(root.access).toBe('off')
  expect(root.prefix.slice(0, 3)).toEqual(['/usr/bin/unshare', '--net', '--'])
  const user = await findNetwork(
    machine(argv => argv.includes('--user')),
    'off',
  )
  expect(user.access).toBe('off')
  expect(user.prefix.join(' ')).toMatch(/--user --map-current-user .* setpriv --ambient-caps=-all/)
})

test('where that is not possible there is a network, and the reason', async () => {
  expect(
    await findNetwork(
      machine(() => false),
      'off',
    ),
  ).toEqual({
    access: 'on',
    reason: 'this machine does not allow network namespaces',
    prefix: [],
  })
  expect(
    await findNetwork(
      machine(() => true, 'darwin'),
      'off',
    ),
  ).toMatchObject({reason: 'darwin has no network namespaces'})
  expect(
    await findNetwork(
      machine(() => true),
      'on',
    ),
  ).toEqual({access: 'on', prefix: []})
})
