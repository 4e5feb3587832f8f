import {expect, test} from '@jest/globals'
import type {Plan, PlannedArtifact} from './plan'
import {verificationsOf} from './verifications'

const anywhere: PlannedArtifact = {name: 'x.tgz', kind: 'npm-package', job: 'npm'}
const image: PlannedArtifact = {name: 'x.tar', kind: 'image', job: 'image'}
const archive = (platform: NonNullable<PlannedArtifact['platform']>): PlannedArtifact => ({
  name: `x_${platform.replaceAll('/', '_')}.tar.gz`,
  kind: 'archive',
  platform,
  job: 'go',
})
const planOf = (artifacts: readonly PlannedArtifact[], on?: Plan['settings']['verify-on']) =>
  ({artifacts, settings: on === undefined ? {} : {'verify-on': on}}) as unknown as Plan
const platforms = (...given: Parameters<typeof planOf>) =>
  verificationsOf(planOf(...given)).map(({platform}) => platform)

test.each([
  [undefined, ['linux/amd64']],
  [['linux/amd64', 'linux/arm64'], ['linux/amd64']],
  // The only processor of a system that is named is the one that counts.
  [['linux/arm64'], ['linux/arm64']],
  [['darwin/amd64'], ['darwin/amd64']],
  [['windows/arm64'], ['windows/arm64']],
  [
    ['linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows/arm64'],
    ['linux/arm64', 'darwin/arm64', 'windows/arm64'],
  ],
] as const)('with verify-on %j a file that runs anywhere is started on %j', (on, expected) => {
  expect(platforms([anywhere], on as Plan['settings']['verify-on'])).toEqual(expected)
})

test('a file for one platform is started there, and others are passed over', () => {
  expect(platforms([archive('linux/arm64'), archive('darwin/arm64')])).toEqual(['linux/amd64', 'linux/arm64'])
  expect(platforms([archive('linux/amd64'), archive('linux/arm64')], ['linux/arm64'])).toEqual(['linux/arm64'])
  expect(platforms([archive('darwin/universal')], ['darwin/arm64', 'darwin/amd64'])).toEqual([
    'darwin/amd64',
    'darwin/arm64',
  ])
  expect(platforms([anywhere, archive('linux/amd64'), archive('linux/arm64')])).toEqual(['linux/amd64', 'linux/arm64'])
})

test('there is always one, and it is one of those that are named', () => {
  expect(platforms([archive('darwin/arm64')], ['windows/amd64'])).toEqual(['windows/amd64'])
  expect(platforms([image], ['linux/arm64'])).toEqual(['linux/arm64'])
  expect(verificationsOf(planOf([anywhere], ['linux/arm64']))).toEqual([
    {id: 'linux-arm64', platform: 'linux/arm64', runner: 'ubuntu-24.04-arm', first: true},
  ])
})
