import {expect, test} from '@jest/globals'
import {normalizedPlatform, platformName, platformProblem} from './platforms'

test.each(['linux/amd64', 'linux/arm64/v8', 'linux/arm/v7', 'windows/amd64', 'linux/riscv64', 'linux/amd64/v3'])(
  '%s is a platform',
  platform => {
    expect(platformProblem(platform)).toBeUndefined()
  },
)

test.each([
  ['amd64', 'lacks the operating system: linux/amd64'],
  ['darwin/arm64', 'is not a platform of images, such as linux/amd64'],
  ['linux', 'is not a platform of images, such as linux/amd64'],
  ['linux/x86_64', 'is not a platform of images, such as linux/amd64'],
  ['linux/arm/v9', 'has a variant that arm does not have'],
  ['linux/amd64/v2/x', 'has a variant that amd64 does not have'],
])('%s is none', (platform, problem) => {
  expect(platformProblem(platform)).toBe(problem)
})

test('variants that go without saying are left out', () => {
  expect(platformName({os: 'linux', architecture: 'arm64', variant: 'v8'})).toBe('linux/arm64')
  expect(['linux/arm/v7', 'linux/arm/v6', 'linux/amd64/v1'].map(normalizedPlatform)).toEqual([
    'linux/arm',
    'linux/arm/v6',
    'linux/amd64',
  ])
})
