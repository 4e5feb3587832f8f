import {expect, test} from '@jest/globals'
import type {Plan, PlannedArtifact, VerifiedServer} from '@mcp-release/release-model'
import {notStarted, notStartedProblems} from './not-started'
import {startedNotes} from './notes'
import {plan as base} from './testing/release'
import {mergedVerification} from './verified'

type Settings = Plan['settings']
type Report = Partial<VerifiedServer>

const skip = (because?: VerifiedServer['because'], reason = 'why'): Report => ({
  status: 'skipped',
  reason,
  ...(because === undefined ? {} : {because}),
})

function scene(
  artifact: Partial<PlannedArtifact>,
  settings: Settings,
  reports: Readonly<Record<string, Report>>,
  role: Plan['packages'][number]['role'] = 'server',
) {
  const file = {name: 'x.tgz', kind: 'npm-package' as const, job: 'npm', package: 'npm:.', ...artifact}
  const owner = {
    id: 'npm:.',
    ecosystem: 'npm',
    path: '.',
    name: 'x',
    version: '1.0.0',
    manifest: 'package.json',
  } as const
  const packages = [{...owner, executables: ['x'], purl: 'pkg:npm/x@1.0.0', role, roleReason: 'has no command'}]
  const plan: Plan = {...base, artifacts: [file], packages, settings}
  const all = Object.entries(reports).map(([platform, server]) => ({
    platform,
    servers: [{file: file.name, status: 'verified' as const, checks: [], ...server}],
  }))
  return {plan, all, found: notStarted(plan, all)}
}

const linux: Settings = {'verify-on': ['linux/amd64']}
const both: Settings = {'verify-on': ['linux/amd64', 'windows/amd64']}
const kept = {'linux/amd64': {}, 'windows/amd64': skip('machine')}

// What was started on one platform at least is not looked at.
test.each([
  ['started on one of two', kept, undefined],
  [
    'skipped on all, with a reason of the machine',
    {'linux/amd64': skip('machine'), 'windows/amd64': skip('machine')},
    'refused',
  ],
  [
    'skipped on one for the machine, on the other for the platform',
    {'linux/amd64': skip('machine'), 'windows/amd64': skip('platform')},
    'refused',
  ],
  ['skipped on all, and nobody says why', {'linux/amd64': skip(), 'windows/amd64': skip()}, 'refused'],
  [
    'for other platforms everywhere, as its own manifest says',
    {'linux/amd64': skip('platform'), 'windows/amd64': skip('platform')},
    'nature',
  ],
  ['nothing to start', {'linux/amd64': skip('nothing'), 'windows/amd64': skip('nothing')}, 'nature'],
  [
    'not verified, which mcp-verify has decided',
    {'linux/amd64': {status: 'unverified'} as const, 'windows/amd64': skip()},
    undefined,
  ],
] as const)('a file that runs anywhere, %s', (_, reports, by) => {
  expect(scene({}, both, reports).found[0]?.by).toBe(by)
})

test.each([
  ['darwin/arm64', linux, 'nature'],
  ['darwin/universal', linux, 'nature'],
  ['windows/amd64', linux, 'nature'],
  ['linux/arm64', linux, 'nature'],
  ['linux/arm/v7', {}, 'nature'],
  ['freebsd/amd64', {}, 'nature'],
  // Its own platform is there: whatever the report says, it should have been started.
  ['linux/amd64', linux, 'refused'],
  ['linux/arm64', {}, 'refused'],
  ['windows/amd64', both, 'refused'],
  ['darwin/universal', {'verify-on': ['darwin/arm64']}, 'refused'],
] as readonly (readonly [PlannedArtifact['platform'] & string, Settings, string])[])(
  'a file for %s with the settings %j is decided by %s',
  (platform, settings, by) => {
    const reports = {'linux/amd64': skip('platform')}
    expect(scene({kind: 'archive', platform}, settings, reports).found[0]?.by).toBe(by)
  },
)

test('an image is Linux; a library has nothing to start, its bundle has', () => {
  expect(scene({kind: 'image'}, linux, {'linux/amd64': skip('machine')}).found[0]?.by).toBe('refused')
  const windows = scene({kind: 'image'}, {'verify-on': ['windows/amd64']}, {'windows/amd64': skip('machine')})
  expect(windows.found[0]).toMatchObject({by: 'nature', reason: 'is for Linux; verify-on has windows/amd64'})
  const reports = {'linux/amd64': skip('machine')}
  expect(scene({}, linux, reports, 'library').found[0]?.by).toBe('nature')
  expect(scene({kind: 'mcpb'}, linux, reports, 'library').found[0]?.by).toBe('refused')
})

test.each([
  [{unverified: 'allow'}, 'allowed'],
  [{unverified: 'refuse'}, 'refused'],
  [{servers: {x: {unverified: 'allow'}}}, 'allowed'],
  [{servers: {y: {unverified: 'allow'}}}, 'refused'],
  [{servers: {'*': {unverified: 'allow'}, x: {unverified: 'refuse'}}}, 'refused'],
] as const)('the setting decides: %j', (settings: Settings, by) => {
  const {found} = scene({}, {...linux, ...settings}, {'linux/amd64': skip('machine')})
  expect(found[0]?.by).toBe(by)
  expect(notStartedProblems(found)).toHaveLength(by === 'refused' ? 1 : 0)
})

test('the message names the platform, the reason and the remedy; the notes say what cannot be started', () => {
  const {found} = scene({}, both, {
    'linux/amd64': skip('machine', 'uv is not there'),
    'windows/amd64': skip('platform'),
  })
  expect(notStartedProblems(found)).toEqual([
    'x.tgz: was started nowhere: uv is not there (on linux/amd64); give verify-on a platform on which it starts, or release it all the same with `unverified: allow` for its server',
  ])
  const mac = scene({kind: 'archive', platform: 'darwin/arm64'}, linux, {'linux/amd64': skip('platform')})
  expect(startedNotes(mergedVerification(mac.all), mac.found)).toContain(
    '| x.tgz | not started: is for darwin/arm64; verify-on has linux/amd64 |',
  )
})
