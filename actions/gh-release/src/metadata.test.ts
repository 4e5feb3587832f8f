import {expect, test} from '@jest/globals'
import type {Release} from '@mcp-release/github'
import {difference, latestMark} from './metadata'
import {matchesName} from './name-pattern'

const release = (tag: string, change: Partial<Release> = {}): Release => ({
  ...{
    id: 1,
    tag,
    name: tag,
    body: 'Notes\r\n',
    draft: false,
    prerelease: false,
    immutable: false,
    url: '',
    uploadUrl: '',
    assets: [],
  },
  ...change,
})

test('only what differs is sent', () => {
  expect(difference(release('v1'), {name: 'v1', body: 'Notes', prerelease: undefined})).toEqual({})
  expect(difference(release('v1'), {name: 'One', body: undefined, prerelease: true})).toEqual({
    name: 'One',
    prerelease: true,
  })
})

test.each([
  ['v1.10.0', ['v1.9.0', 'v1.2.0'], 'true'],
  ['v1.2.4', ['v1.9.0'], 'false'],
  ['v1.0.0', [], 'true'],
  ['nightly', ['v1.9.0'], 'false'],
  ['v1.0.0', ['nightly'], 'true'],
  ['words-v0.6.3', ['time-v2026.7.10', 'words-v0.6.2'], 'true'],
  ['words-v0.6.3', ['words-v0.7.0'], 'false'],
  ['v2026.11.29.1', ['v2026.11.29'], 'true'],
  ['v2026.11.29', ['v2026.11.29.1'], 'false'],
])('%s beside %j: latest is %s', (tag, others, mark) => {
  expect(
    latestMark(
      release(tag),
      others.map(each => release(each)),
    ),
  ).toBe(mark)
})

test('drafts and prereleases do not keep a version from being the latest', () => {
  const others = [release('v3.0.0', {draft: true}), release('v2.0.0', {prerelease: true}), release('v2.0.0-rc.1')]
  expect(latestMark(release('v1.0.0'), others)).toBe('true')
  expect(latestMark(release('v9.0.0', {prerelease: true}), others)).toBe('false')
})

test('patterns of names know * and ? and nothing else', () => {
  expect(matchesName('*.tar.gz', 'a.tar.gz')).toBe(true)
  expect(matchesName('a?.txt', 'ab.txt')).toBe(true)
  expect(matchesName('a.txt', 'axtxt')).toBe(false)
  expect(matchesName('[a]+', 'a')).toBe(false)
})
