import {expect, test} from '@jest/globals'
import {type ReleaseSettings, parseTag} from '@mcp-release/release-model'
import type {Candidate} from './detected'
import {selectPackages} from './select-packages'

const one = (more: Partial<Candidate> & {readonly name: string}): Candidate => ({
  ecosystem: 'npm',
  path: '.',
  manifest: more.path === undefined || more.path === '.' ? 'package.json' : `${more.path}/package.json`,
  executables: [more.name.replace(/^.*\//, '')],
  role: 'server',
  roleReason: 'a test says so',
  ...more,
})
const python = (more: Partial<Candidate> & {readonly name: string}) =>
  one({ecosystem: 'pypi', manifest: `${more.path ?? '.'}/pyproject.toml`.replace(/^\.\//, ''), ...more})
const go = (name: string) => one({ecosystem: 'go', name, manifest: 'go.mod', main: '.'})

const select = (packages: readonly Candidate[], tag?: string, settings: ReleaseSettings = {}, fallback?: string) => {
  const found = selectPackages(
    {packages, skipped: [], problems: []},
    {tag: tag === undefined ? undefined : parseTag(tag), settings, fallback},
  )
  return {
    version: found.version.text,
    names: found.packages.map(({name}) => name),
    skipped: found.skipped.map(({subject, reason}) => `${subject}: ${reason}`),
    problems: found.problems,
  }
}

// Three versions side by side, as in https://github.com/modelcontextprotocol/servers.
const monorepo = [
  python({name: 'mcp-server-time', path: 'src/time', version: '2026.7.10'}),
  one({name: '@acme/echo', path: 'src/echo', version: '2.0.0'}),
  one({name: 'words', path: 'src/words', version: '0.6.3'}),
]

test.each([
  ['v2026.7.10', ['mcp-server-time']],
  ['2.0.0', ['@acme/echo']],
  ['words-v0.6.3', ['words']],
  ['@acme/echo@2.0.0', ['@acme/echo']],
  ['src/time/v2026.7.10', ['mcp-server-time']],
  ['time-v2026.07.10', ['mcp-server-time']],
])('the tag %s means %j, the others are skipped', (tag, names) => {
  const found = select(monorepo, tag)
  expect([found.names, found.problems]).toEqual([names, []])
  expect(found.skipped).toHaveLength(2)
})

test('a skipped package is told with its version and the tag that would release it', () => {
  const {skipped} = selectPackages(
    {packages: monorepo, skipped: [], problems: []},
    {tag: parseTag('v2.0.0'), settings: {}, fallback: undefined},
  )
  expect(skipped[1]).toEqual({
    subject: 'words (src/words/package.json)',
    reason: 'its version is 0.6.3, and the tag means 2.0.0',
    hint: 'The tag words-v0.6.3 releases it.',
  })
})

test('a tag that means no package names each with what to change', () => {
  expect(select(monorepo, 'v9.0.0').problems).toEqual([
    'src/time/pyproject.toml: version is "2026.7.10", but the tag v9.0.0 says 9.0.0; set it to "9.0.0", or tag v2026.7.10 or mcp-server-time-v2026.7.10',
    'src/echo/package.json: version is "2.0.0", but the tag v9.0.0 says 9.0.0; set it to "9.0.0", or tag v2.0.0 or @acme/echo@2.0.0',
    'src/words/package.json: version is "0.6.3", but the tag v9.0.0 says 9.0.0; set it to "9.0.0", or tag v0.6.3 or words-v0.6.3',
  ])
})

test('a prefix that names a package of another version is a contradiction', () => {
  expect(select(monorepo, 'words-v2.0.0').problems).toEqual([
    expect.stringContaining('src/words/package.json: version is "0.6.3", but the tag words-v2.0.0 says 2.0.0'),
  ])
})

test('a leftover manifest of another version is skipped', () => {
  const found = select([one({name: 'server', version: '1.4.0'}), python({name: 'old', version: '0.1.0'})], 'v1.4.0')
  expect(found).toMatchObject({names: ['server'], problems: []})
  expect(found.skipped).toEqual(['old (pyproject.toml): its version is 0.1.0, and the tag means 1.4.0'])
})

test('what takes its version from the tag is released beside what has it, and alone', () => {
  const docs = one({name: 'docs', path: 'site', version: '0.0.1'})
  expect(select([go('server'), docs], 'v3.0.0')).toMatchObject({names: ['server'], problems: []})
  expect(select([go('server'), python({name: 'p'})], 'v3.0.0').names).toEqual(['server', 'p'])
})

test('an image goes with the package of its folder', () => {
  const image = one({ecosystem: 'oci', name: 'time', path: 'src/time', manifest: 'src/time/Dockerfile'})
  expect(select([...monorepo, image], 'v2026.7.10').names).toEqual(['mcp-server-time', 'time'])
  expect(select([...monorepo, image], 'v2.0.0').names).toEqual(['@acme/echo'])
  expect(select([...monorepo, image], 'time-v2026.7.10').names).toEqual(['mcp-server-time', 'time'])
})

test('without a tag the root decides, then the servers, then most', () => {
  expect(select([one({name: 'root', version: '1.0.0'}), ...monorepo]).version).toBe('1.0.0')
  const lib = {role: 'library' as const, executables: []}
  const many = [
    one({name: 'a', path: 'a', version: '1.0.0', ...lib}),
    one({name: 'b', path: 'b', version: '1.0.0', ...lib}),
    one({name: 's', path: 's', version: '2.0.0'}),
  ]
  expect(select(many)).toMatchObject({version: '2.0.0', names: ['s'], problems: []})
  expect(select([go('server')], undefined, {}, '1.2.3').version).toBe('1.2.3')
  expect(select([go('server')]).version).toBe('0.0.0-snapshot')
})

test('settings choose, and what they name is meant whatever its version', () => {
  expect(select(monorepo, 'v2.0.0', {exclude: ['src/words']}).skipped).toContain(
    'words (src/words/package.json): the settings exclude it',
  )
  expect(select(monorepo, 'v0.6.3', {packages: ['w*']}).names).toEqual(['words'])
  expect(select(monorepo, 'v2.0.0', {packages: ['@acme/echo', 'words']}).problems).toEqual([
    expect.stringContaining('src/words/package.json: version is "0.6.3", but the tag v2.0.0 says 2.0.0'),
  ])
  expect(select(monorepo, 'v2.0.0', {packages: ['wrds']}).problems).toEqual([
    'packages: "wrds" names no package of the repository; is "words" meant?',
  ])
})

test('PEP 440 and SemVer spellings of one version are one', () => {
  const both = [python({name: 'p', version: '1.0.0rc1'}), one({name: 'n', version: '1.0.0-rc.1'})]
  expect(select(both, 'v1.0.0-rc1').names).toEqual(['p', 'n'])
  expect(select([python({name: 'p', version: '2026.11.29.1'})], 'v2026.11.29.1').version).toBe('2026.11.29.1')
  expect(select([python({name: 'p', version: '1.2.3.post1'})], 'v1.2.3.post1').problems).toEqual([])
})

test('what is wrong with the manifest of another package is only a warning', () => {
  const found = selectPackages(
    {packages: monorepo, skipped: [], problems: ['docs/package.json: cannot be read', 'package.json: cannot be read']},
    {tag: parseTag('v2.0.0'), settings: {}, fallback: undefined},
  )
  expect(found.problems).toEqual(['package.json: cannot be read'])
  expect(found.findings).toEqual([{level: 'warning', subject: 'docs/package.json', text: 'cannot be read'}])
})

// https://semantic-release.gitbook.io/semantic-release/support/faq: the version in package.json is never written back.
test.each(['0.0.0', '0.0.0-development', '0.0.0-semantically-released'])(
  '%s of an npm package is that of the tag',
  version => {
    const found = selectPackages(
      {packages: [one({name: 'words', version}), one({name: 'words', ecosystem: 'oci'})], skipped: [], problems: []},
      {tag: parseTag('v2.1.0'), settings: {}, fallback: undefined},
    )
    expect([found.problems, found.version.text, found.packages.map(each => [each.ecosystem, each.version])]).toEqual([
      [],
      '2.1.0',
      [
        ['npm', undefined],
        ['oci', undefined],
      ],
    ])
    expect(found.findings.map(({level, text}) => [level, text])).toEqual([
      ['notice', `its version ${version} stands for that of the tag; the package gets 2.1.0`],
    ])
  },
)

test('a placeholder beside a package that has the version of the tag is another version', () => {
  const {names, problems} = select(
    [one({name: 'words', version: '2.1.0'}), one({name: 'web', path: 'web', version: '0.0.0'})],
    'v2.1.0',
  )
  expect([names, problems]).toEqual([['words'], []])
})

test.each([
  ['v0.0.0', []],
  ['v2.1.0.post1', ['tag: v2.1.0.post1 has no spelling in SemVer, which npm packages need; use three numbers']],
])('the tag %s and a placeholder', (tag, problems) => {
  expect(select([one({name: 'words', version: '0.0.0'})], tag).problems).toEqual(problems)
})

test.each(['servers', 'builds'] as const)('a selector of %s that names nothing is told', field => {
  const {problems} = select([one({name: 'words', version: '1.0.0'})], 'v1.0.0', {
    [field]: {word: {}, 'w*': {}, words: {}},
  })
  expect(problems).toEqual([`${field}: "word" names no package of the repository; is "words" meant?`])
})

test('the tag that would mean a package with a scope is one that is read', () => {
  const {problems} = select([one({name: '@acme/words', version: '1.0.0'})], 'v2.0.0')
  expect(problems[0]).toContain('or tag v1.0.0 or @acme/words@1.0.0')
  expect(select([one({name: '@acme/words', version: '1.0.0'})], '@acme/words@1.0.0').problems).toEqual([])
})

test('a tag and the settings may name the crate of a program that is called otherwise', () => {
  const program = one({ecosystem: 'cargo', name: 'anotes', crate: 'acme-notes', main: 'anotes', version: '1.2.0'})
  const other = one({ecosystem: 'cargo', name: 'other', path: 'other', main: 'other', version: '1.2.0'})
  expect(select([program, other], 'acme-notes-v1.2.0').names).toEqual(['anotes'])
  expect(select([program, other], 'v1.2.0', {exclude: ['acme-notes']}).names).toEqual(['other'])
})

// https://packaging.python.org/en/latest/specifications/version-specifiers/#implicit-post-releases against
// https://semver.org/#spec-item-9
test.each([
  [
    '1.0.0-1',
    'v1.0.0-1',
    'tag: v1.0.0-1 is a pre-release for SemVer, but a post release for PEP 440; write 1.0.0.post1 for the post release (pyproject.toml, tag v1.0.0.post1), or 1.0.0-rc.1 for a pre-release',
  ],
  [
    '1.0.0-1',
    undefined,
    'pyproject.toml: version "1.0.0-1" is a pre-release for SemVer, but a post release for PEP 440; write 1.0.0.post1 for the post release (pyproject.toml), or 1.0.0-rc.1 for a pre-release',
  ],
  [
    undefined,
    'v1.0.0-1',
    'tag: v1.0.0-1 is a pre-release for SemVer, but a post release for PEP 440; write 1.0.0.post1 for the post release (tag v1.0.0.post1), or 1.0.0-rc.1 for a pre-release',
  ],
  [
    '1.0.0-nightly.1',
    undefined,
    'pyproject.toml: version "1.0.0-nightly.1" has no PEP 440 spelling; use -alpha.N, -beta.N or -rc.N for a release with Python packages',
  ],
])('the version %s of a Python package under the tag %s', (version, tag, problem) => {
  const {problems} = select([python({name: 'p', ...(version === undefined ? {} : {version})})], tag)
  expect(problems).toEqual([problem])
  expect(select([python({name: 'p', version: '1.0.0.post1'})], 'v1.0.0.post1').problems).toEqual([])
})

test('without a tag, what says the version is named', () => {
  expect(select([python({name: 'p'})], undefined, {}, '1.0.0-x').problems).toEqual([
    expect.stringMatching(/^server\.json: version "1\.0\.0-x" has no PEP 440 spelling/),
  ])
  expect(select([python({name: 'p', path: 'p'}), one({name: 'n', version: '1.0.0-x'})]).problems).toEqual([
    expect.stringMatching(/^package\.json: version "1\.0\.0-x" has no PEP 440 spelling/),
  ])
})
