import {expect, test} from '@jest/globals'
import {FakeHost} from '@mcp-release/action-kit/testing'
import {demandIsolation, findIsolation, openMachine, usualDemand} from './index'
import {isolationScene} from './testing'

const lost = openMachine('darwin has no namespaces')

test('lost isolation is an error where it is required, with the reason and the remedies', () => {
  const host = new FakeHost()
  const hint = expect.stringMatching(/say `isolation: preferred`, as an input or in \.github\/mcp-release\.yml/)
  expect(() => demandIsolation(lost, 'required', host)).toThrow(
    expect.objectContaining({
      code: 'ISOLATION',
      message: 'servers cannot be isolated on this machine: darwin has no namespaces',
      hint,
    }),
  )
  expect(host.lines).toEqual([])
})

test('elsewhere it is a warning that says what servers reach', () => {
  const host = new FakeHost()
  demandIsolation({...lost, hint: 'Do this.'}, 'preferred', host)
  expect(host.lines).toEqual([
    'warning: servers are started without isolation, so that they reach the network, the files and the programs of this machine: darwin has no namespaces\nDo this.',
  ])
  demandIsolation({...lost, kind: 'namespaces'}, 'required', host)
})

// https://docs.github.com/en/actions/reference/workflows-and-actions/variables
test.each([
  [{GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted'}, 'linux', 'required'],
  [{GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'self-hosted'}, 'linux', 'required'],
  [{GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted'}, 'darwin', 'preferred'],
  [{GITHUB_ACTIONS: 'true', RUNNER_ENVIRONMENT: 'github-hosted'}, 'windows', 'preferred'],
  // A snapshot on a machine of one's own, and a shell.
  [{GITHUB_ACTIONS: 'true'}, 'linux', 'preferred'],
  [{}, 'linux', 'preferred'],
] as const)('with %j on %s isolation is %s', (env, os, expected) => {
  expect(usualDemand(new FakeHost(undefined, {env, platform: {os, arch: 'amd64'}}))).toBe(expected)
})

test('other platforms have none, and a machine without unshare says what to install', async () => {
  const darwin = new FakeHost(undefined, {platform: {os: 'darwin', arch: 'arm64'}})
  expect(await findIsolation(darwin, {named: []})).toMatchObject({kind: 'none', reason: 'darwin has no namespaces'})
})

test('where the kernel refuses and there is no sudo, its own words are the reason', async () => {
  const {isolation, close} = await isolationScene('no way', process.env)
  expect(isolation).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('unshare: write failed /proc/self/uid_map: Operation not permitted'),
    hint: expect.stringContaining('kernel.apparmor_restrict_unprivileged_userns=0'),
  })
  await close()
})
