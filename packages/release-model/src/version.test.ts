import {expect, test} from '@jest/globals'
import {normalizedPythonVersion, parseVersion, sameVersion} from './version'

test.each([
  ['v1.2.3', {tag: 'v1.2.3', semver: '1.2.3', pep440: '1.2.3', prerelease: false, channel: 'stable'}],
  [
    'refs/tags/v1.2.3-rc.1',
    {tag: 'v1.2.3-rc.1', semver: '1.2.3-rc.1', pep440: '1.2.3rc1', prerelease: true, channel: 'rc'},
  ],
  ['1.0.0-alpha', {tag: 'v1.0.0-alpha', semver: '1.0.0-alpha', pep440: '1.0.0a0', prerelease: true, channel: 'alpha'}],
  ['v2.0.0b3', {tag: 'v2.0.0-beta.3', semver: '2.0.0-beta.3', pep440: '2.0.0b3', prerelease: true, channel: 'beta'}],
  [
    '2026.10.19',
    {tag: 'v2026.10.19', semver: '2026.10.19', pep440: '2026.10.19', prerelease: false, channel: 'stable'},
  ],
  ['1.2', {tag: 'v1.2.0', semver: '1.2.0', pep440: '1.2.0', prerelease: false, channel: 'stable'}],
  ['v1.0.0-nightly.5', {tag: 'v1.0.0-nightly.5', semver: '1.0.0-nightly.5', prerelease: true, channel: 'other'}],
])('%s is read in all spellings', (text, expected) => {
  expect(parseVersion(text)).toEqual(expected)
})

test.each(['main', 'v1.2.3.4', 'v1.2.3+build', 'latest', '', 'v1.2.3; rm -rf /', 'vv1.2.3'])(
  '%j is no version',
  text => {
    expect(parseVersion(text)).toBeUndefined()
  },
)

test('SemVer and PEP 440 spellings of one version are the same', () => {
  expect(sameVersion('1.2.3-rc.1', '1.2.3rc1')).toBe(true)
  expect(sameVersion('v1.2.3', '1.2.3')).toBe(true)
  expect(sameVersion('1.2.3', '1.2.4')).toBe(false)
})

test.each([
  ['2026.01.05', '2026.1.5'],
  ['1.2', '1.2'],
  ['1.2.3-rc.1', '1.2.3rc1'],
  ['1.0b02', '1.0b2'],
])('the file names of Python version %s have %s', (text, expected) => {
  expect(normalizedPythonVersion(text)).toBe(expected)
})
