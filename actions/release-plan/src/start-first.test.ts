import {expect, test} from '@jest/globals'
import {type Platform, archiveName} from '@mcp-release/release-model'
import type {Build} from './jobs'
import {startableFirst} from './start-first'

function build(id: string, platforms: readonly (Platform | undefined)[], owner = id): Build {
  return {
    job: {
      id,
      runner: 'ubuntu-24.04',
      toolchain: 'go',
      action: 'cross-compile',
      inputs: {targets: platforms.join('\n'), 'archive-names': 'linux/amd64=a.tgz\nwindows/amd64=b.zip'},
    },
    artifacts: platforms.map(platform => ({
      name: platform === undefined ? `${id}.whl` : archiveName(owner, '1.0.0', platform),
      kind: 'archive',
      package: owner,
      ...(platform === undefined ? {} : {platform}),
      job: id,
    })),
  }
}
const shape = (builds: readonly Build[]) =>
  builds.map(({job, artifacts}) => [
    job.id,
    job.inputs['targets'],
    job.verify ?? false,
    artifacts.map(each => each.job),
  ])

test('a job for several platforms is parted, and the platform of the machine comes first and is verified', () => {
  const builds = [build('wheel', [undefined]), build('go', ['darwin/arm64', 'linux/amd64', 'windows/amd64'])]
  const result = startableFirst(builds, 'linux/amd64')
  expect(shape(result)).toEqual([
    ['go', 'linux/amd64', true, ['go']],
    ['wheel', '', false, ['wheel']],
    ['go-others', 'darwin/arm64\nwindows/amd64', false, ['go-others', 'go-others']],
  ])
  expect(result.map(({job}) => job.inputs['archive-names'])[0]).toBe('linux/amd64=a.tgz')
})

test('of jobs with one platform each, that of the machine comes first', () => {
  const builds = [build('rust-windows', ['windows/amd64'], 'rust'), build('rust-linux', ['linux/amd64'], 'rust')]
  expect(shape(startableFirst(builds, 'linux/amd64'))).toEqual([
    ['rust-linux', 'linux/amd64', true, ['rust-linux']],
    ['rust-windows', 'windows/amd64', false, ['rust-windows']],
  ])
})

test.each([
  ['no platform of the machine', [build('go', ['darwin/arm64', 'windows/amd64'])]],
  ['no other platform', [build('go', ['linux/amd64'])]],
  ['files for every platform', [build('wheel', [undefined])]],
])('with %s nothing is parted or verified early', (_, builds) => {
  expect(startableFirst(builds, 'linux/amd64')).toEqual(builds)
  expect(startableFirst(builds, undefined)).toBe(builds)
})
