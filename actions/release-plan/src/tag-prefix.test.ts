import {expect, test} from '@jest/globals'
import {type ReleaseSettings, parseTag} from '@mcp-release/release-model'
import {detectPackages} from './detect-packages'
import {selectPackages} from './select-packages'

const npm = (name: string, version: string, more: object = {}) =>
  JSON.stringify({name, version, bin: {[name.replace(/^.*\//, '')]: 'x.js'}, ...more})
const program = 'package main\n\nfunc main() {}\n'
const crate = (name: string) => `[package]\nname = "${name}"\nversion = "0.5.0"\nedition = "2021"\n`

const select = (texts: Readonly<Record<string, string>>, tag: string, more: {settings?: ReleaseSettings} = {}) => {
  const {settings = {}} = more
  const files = Object.keys(texts).sort()
  const tree = {files: files.filter(file => !file.startsWith('e2e/')), listed: files, texts}
  const found = detectPackages(tree, {folder: 'checkout', image: 'never', settings})
  const place = {tree, root: '.', folder: 'checkout', repository: 'acme/weather-mcp'}
  const {packages, problems, findings} = selectPackages(found, {
    tag: parseTag(tag),
    settings,
    fallback: undefined,
    place,
  })
  return {
    names: packages.map(({name}) => name),
    problems,
    warnings: findings.filter(({level}) => level === 'warning').map(({text}) => text),
  }
}

// https://go.dev/ref/mod#vcs-version: the tag of a module in a subfolder begins with that folder.
const goLibrary = {
  'go.mod': 'module github.com/acme/weather\n',
  'main.go': program,
  'api/go.mod': 'module github.com/acme/weather/api\n',
  'api/api.go': 'package api\n',
}
const goWork = {
  'go.work': 'go 1.24\nuse (\n\t./a\n\t./b\n\t./c\n)\n',
  'a/go.mod': 'module example.org/a\n',
  'a/main.go': program,
  'b/go.mod': 'module example.org/b\n',
  'b/main.go': program,
}
const goUnused = {
  ...goWork,
  'go.work': 'go 1.24\nuse (\n\t./a\n\t./b\n)\n',
  'c/go.mod': 'module example.org/c\n',
  'c/main.go': program,
}
const crates = {
  'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n',
  'crates/srv/Cargo.toml': `${crate('cw-srv')}[dependencies]\nrmcp = "1"\n`,
  'crates/srv/src/main.rs': '',
  'crates/cli/Cargo.toml': crate('cw-cli'),
  'crates/cli/src/main.rs': '',
  'crates/lib/Cargo.toml': crate('cw-lib'),
  'crates/lib/src/lib.rs': '',
}
const scoped = {
  'package.json': '{"name": "workshop", "private": true, "workspaces": ["packages/*"]}',
  'packages/a/package.json': npm('@o/a', '1.0.0'),
  'packages/b/package.json': npm('@o/b', '2.0.0'),
  'packages/web/package.json': npm('@o/web', '2.0.0', {private: true}),
  'e2e/package.json': npm('e2e', '2.0.0'),
  'chart/Chart.yaml': 'name: x\n',
}

test.each([
  ['api/v0.3.0', goLibrary, 'api/go.mod', 'to release weather, tag v0.3.0'],
  ['c/v1.0.0', goWork, 'c/go.mod', 'to release a, b, tag v1.0.0'],
  ['c/v1.0.0', goUnused, 'c (c/go.mod)', '`go work use ./c`'],
  ['cw-lib-v0.5.0', crates, 'crates/lib/Cargo.toml', 'tag v0.5.0'],
  ['lib/v0.5.0', crates, 'crates/lib/Cargo.toml', 'tag v0.5.0'],
  ['e2e-v2.0.0', scoped, 'e2e/package.json', 'to release @o/b, tag v2.0.0'],
  ['@o/web@2.0.0', scoped, 'packages/web/package.json', 'Leave "private" out of it'],
  ['chart/v2.0.0', scoped, 'chart/Chart.yaml', 'to release @o/b, tag v2.0.0'],
  ['chart-v7.0.0', scoped, 'chart/Chart.yaml', 'to release @o/a, tag @o/a@1.0.0'],
])('the tag %s means another part: nothing is released for it', (tag, texts, part, remedy) => {
  const {names, problems} = select(texts, tag)
  expect(names).toEqual([])
  expect(problems).toEqual([expect.stringContaining(`tag: ${tag} means ${part}, which is not released (`)])
  expect(problems[0]).toContain(remedy)
})

test('what the settings leave out is not released under the name of another', () => {
  const {names, problems} = select(scoped, '@o/b@2.0.0', {settings: {exclude: ['@o/b']}})
  expect([names, problems]).toEqual([
    [],
    [
      'tag: @o/b@2.0.0 means @o/b (packages/b/package.json), which is not released (the settings exclude it), so that nothing else is released for it, either; to release @o/a, tag @o/a@1.0.0; to release it, change `packages`, `programs` or `exclude` of the settings',
    ],
  ])
})

test.each([
  ['cw-srv-v0.5.0', crates, ['cw-srv']],
  ['srv/v0.5.0', crates, ['cw-srv']],
  ['o-b-v2.0.0', scoped, ['@o/b']],
  ['release/b/v2.0.0', scoped, ['@o/b']],
  ['a/v1.0.0', goWork, ['a']],
  ['example.org/a/v1.0.0', goWork, ['a']],
  ['weather_v0.3.0', goLibrary, ['weather']],
  // The repository, what stands at its root, and words for a release mean all that has the version.
  ['weather-mcp-v1.0.0', goWork, ['a', 'b']],
  ['acme/weather-mcp@1.0.0', goWork, ['a', 'b']],
  ['workshop-v2.0.0', scoped, ['@o/b']],
  ['release-1.2.3', goWork, ['a', 'b']],
  ['version/1.2.3', goWork, ['a', 'b']],
  ['rel-1.2.3', goWork, ['a', 'b']],
  ['v-1.2.3', goWork, ['a', 'b']],
  ['release/weather-mcp-1.2.3', goWork, ['a', 'b']],
])('the tag %s means %j', (tag, texts: Readonly<Record<string, string>>, expected) => {
  expect(select(texts, tag)).toMatchObject({problems: [], warnings: []})
  expect(select(texts, tag).names).toEqual(expected)
})

test('a prefix that names nothing means what has its version, with a warning', () => {
  expect(select(scoped, 'unrelated-v2.0.0')).toEqual({
    names: ['@o/b'],
    problems: [],
    warnings: [
      '"unrelated" of the tag unrelated-v2.0.0 names no part of the repository; it is taken to mean what has its version: @o/b',
    ],
  })
})

test('where the tag alone says the version, a prefix that names nothing means nothing', () => {
  expect(select(goLibrary, 'wether-v2.0.0')).toMatchObject({
    names: [],
    problems: [
      'tag: "wether" of the tag wether-v2.0.0 names no part of the repository; is "weather" meant?; to release weather, tag v2.0.0; or name under `packages` of the settings what such tags mean',
    ],
  })
  const placeholder = {'package.json': npm('words', '0.0.0-development')}
  expect(select(placeholder, 'other-v2.0.0').problems).toHaveLength(1)
  expect(select(placeholder, 'words-v2.0.0')).toMatchObject({names: ['words'], problems: []})
  const dynamic = {
    'pyproject.toml': '[build-system]\nrequires = []\n[project]\nname = "sky_words"\ndynamic = ["version"]\n',
  }
  expect(select(dynamic, 'other-v2.0.0').problems).toHaveLength(1)
  expect(select(dynamic, 'sky-words-v2.0.0')).toMatchObject({names: ['sky_words'], problems: []})
})

test('the settings say what a prefix means that names nothing', () => {
  expect(select(goWork, 'wonder-v2.0.0', {settings: {packages: ['a']}})).toMatchObject({
    names: ['a'],
    problems: [],
    warnings: [expect.stringContaining('it is taken to mean what the settings choose: a')],
  })
})

test('a repository without a package is not a matter of the tag', () => {
  expect(select({'package.json': '{"private": true}'}, 'other-v1.0.0')).toMatchObject({names: [], problems: []})
})
