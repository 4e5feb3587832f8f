import {expect, test} from '@jest/globals'
import {compareVersions, normalizedPythonVersion, parseTag, parseVersion, sameVersion, versionProblem} from './version'
import table from './version-table.json' with {type: 'json'}

test.each([
  ['v1.2.3', {tag: 'v1.2.3', text: '1.2.3', semver: '1.2.3', pep440: '1.2.3', prerelease: false, channel: 'stable'}],
  [
    'refs/tags/v1.2.3-rc.1',
    {tag: 'v1.2.3-rc.1', text: '1.2.3-rc.1', semver: '1.2.3-rc.1', pep440: '1.2.3rc1', prerelease: true, channel: 'rc'},
  ],
  [
    '1.0.0-alpha',
    {
      tag: 'v1.0.0-alpha',
      text: '1.0.0-alpha',
      semver: '1.0.0-alpha',
      pep440: '1.0.0a0',
      prerelease: true,
      channel: 'alpha',
    },
  ],
  [
    'v2.0.0b3',
    {
      tag: 'v2.0.0-beta.3',
      text: '2.0.0-beta.3',
      semver: '2.0.0-beta.3',
      pep440: '2.0.0b3',
      prerelease: true,
      channel: 'beta',
    },
  ],
  [
    '2026.10.19',
    {
      tag: 'v2026.10.19',
      text: '2026.10.19',
      semver: '2026.10.19',
      pep440: '2026.10.19',
      prerelease: false,
      channel: 'stable',
    },
  ],
  ['1.2', {tag: 'v1.2.0', text: '1.2.0', semver: '1.2.0', pep440: '1.2.0', prerelease: false, channel: 'stable'}],
  [
    'v1.0.0-nightly.5',
    {tag: 'v1.0.0-nightly.5', text: '1.0.0-nightly.5', semver: '1.0.0-nightly.5', prerelease: true, channel: 'other'},
  ],
])('%s is read in all spellings', (text, expected) => {
  expect(parseVersion(text)).toEqual(expected)
})

test.each(['main', 'v1.2.3+build', 'latest', '', 'v1.2.3; rm -rf /', 'vv1.2.3'])('%j is no version', text => {
  expect(parseVersion(text)).toBeUndefined()
})

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

// What only PEP 440 can say: https://packaging.python.org/en/latest/specifications/version-specifiers/
test.each([
  ['v1.2.3.4', '1.2.3.4', false, 'stable'],
  ['2026.11.29.1', '2026.11.29.1', false, 'stable'],
  ['1.2.3.post1', '1.2.3.post1', false, 'stable'],
  ['v1.2.3-post1', '1.2.3.post1', false, 'stable'],
  ['1.0a1.dev2', '1.0.0a1.dev2', true, 'alpha'],
  ['1.0rc1.post2', '1.0.0rc1.post2', true, 'rc'],
])('%s has no spelling in SemVer', (text, pep440, prerelease, channel) => {
  expect(parseVersion(text)).toEqual({tag: `v${pep440}`, text: pep440, pep440, prerelease, channel})
})

test.each([
  ['v1.2.3-rc', '1.2.3-rc', '1.2.3rc0'],
  ['v1.2.3-rc1', '1.2.3-rc1', '1.2.3rc1'],
  ['v1.2.3.rc1', '1.2.3-rc.1', '1.2.3rc1'],
  ['v1.2.3-preview.2', '1.2.3-preview.2', '1.2.3rc2'],
  ['1.2.3.dev4', '1.2.3-dev.4', '1.2.3.dev4'],
  ['1.2.3.0', '1.2.3', '1.2.3'],
  // SemVer reads a pre-release here, PEP 440 a post release: it is never taken for a stable one.
  ['1.2.3-1', '1.2.3-1', undefined],
])('%s is %s in SemVer and %s in PEP 440', (text, semver, pep440) => {
  const version = parseVersion(text)
  expect([version?.semver, version?.pep440, version?.prerelease]).toEqual([semver, pep440, semver.includes('-')])
})

// The strings of the tests of pypa/packaging 26.4 (tests/test_version.py) and of node-semver 7.8.5 (test/fixtures), with the
// normal form that packaging gives each, and the version that node-semver reads strictly.
const strings = table as unknown as readonly (readonly [text: string, pep440: string | null, semver: string | null])[]

test('every version of the tables of PEP 440 and SemVer is read, everything else is refused', () => {
  expect(strings.length).toBeGreaterThanOrEqual(491)
  const wrong = strings.filter(([text, pep440, semver]) => {
    // Numbers that JavaScript cannot hold are no version of any server.
    const huge = /\d{17}/.test(text)
    const releasable =
      !huge && ((pep440 !== null && !/[!+]/.test(pep440)) || (semver !== null && !semver.includes('+')))
    return (parseVersion(text) !== undefined) !== releasable || (versionProblem(text) === undefined) !== releasable
  })
  expect(wrong).toEqual([])
})

test('every version of the table of PEP 440 has its normal form', () => {
  const wrong = strings.filter(([text, pep440]) => pep440 !== null && normalizedPythonVersion(text) !== pep440)
  expect(wrong).toEqual([])
})

// https://packaging.python.org/en/latest/specifications/version-specifiers/#local-version-identifiers, as packaging 26 has them.
test.each([
  ['1.0+0x12', '1.0+0x12'],
  ['1.0+0B1-V4', '1.0+0b1.v4'],
  ['1.0+1e3', '1.0+1e3'],
  ['1.0+007_ubuntu.01', '1.0+7.ubuntu.1'],
])('%s has the normal form %s', (text, normal) => {
  expect(normalizedPythonVersion(text)).toBe(normal)
})

test('what SemVer or PEP 440 calls a pre-release is one', () => {
  const wrong = strings.filter(([text, pep440, semver]) => {
    const version = parseVersion(text)
    if (version === undefined) return false
    const python = pep440 !== null && /a|b|rc|dev/.test(pep440)
    // Post releases by their name are those of Python.
    const other =
      semver !== null && semver.includes('-') && !(pep440?.includes('.post') === true && /post|r/i.test(text))
    return version.prerelease !== (python || other)
  })
  expect(wrong).toEqual([])
})

test.each([
  ['v1.2.3', undefined, '1.2.3'],
  ['1.2.3', undefined, '1.2.3'],
  ['refs/tags/v1.2.3', undefined, '1.2.3'],
  ['name-v1.2.3', 'name', '1.2.3'],
  ['my-mcp-server-1.2.3-rc.1', 'my-mcp-server', '1.2.3-rc.1'],
  ['name@1.2.3', 'name', '1.2.3'],
  ['@scope/name@1.2.3', '@scope/name', '1.2.3'],
  ['dir/sub/v1.2.3', 'dir/sub', '1.2.3'],
  ['server-2-v1.2.3', 'server-2', '1.2.3'],
  ['py/v2026.11.29.1', 'py', '2026.11.29.1'],
  ['context7-mcp@2.1.1', 'context7-mcp', '2.1.1'],
])('the tag %s', (tag, prefix, text) => {
  const found = parseTag(tag)
  expect([found?.prefix, found?.version.text, found?.version.tag]).toEqual([
    prefix,
    text,
    tag.replace('refs/tags/', ''),
  ])
})

test.each(['main', 'latest', 'nightly', 'name-', '-v', 'release/main'])('no version is read from the tag %s', tag => {
  expect(parseTag(tag)).toBeUndefined()
})

test('versions are ordered as their ecosystems do', () => {
  const sorted = ['1.0.0-alpha.1', '1.0.0-rc.1', '1.0.0', '1.0.0.post1', '1.0.1', '1.0.1.1', '1.10.0', '2026.1.1']
  const versions = sorted.map(text => parseVersion(text)).filter(each => each !== undefined)
  expect(
    [...versions]
      .reverse()
      .sort(compareVersions)
      .map(({text}) => text),
  ).toEqual(sorted)
})
