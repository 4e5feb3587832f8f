import {expect, test} from '@jest/globals'
import {parse} from 'smol-toml'
import {apartFrom} from './cargo-workspace'
import {detectPackages} from './detect-packages'
import {usedFolders} from './go-workspace'
import {isMember, npmMembers, uvMembers} from './workspaces'

const tree = (texts: Readonly<Record<string, string>>) => ({files: Object.keys(texts), texts})
const among = (members: ReturnType<typeof npmMembers>, paths: readonly string[]) =>
  members === undefined ? undefined : paths.filter(path => isMember(members, path))

// https://pnpm.io/pnpm-workspace_yaml, https://yaml.org/spec/1.2.2/
test.each<[string, readonly string[]]>([
  ["packages:\n  - 'packages/*'\n", ['packages/a', 'packages/b']],
  ["packages: ['packages/*'] # all\n", ['packages/a', 'packages/b']],
  ['packages: ["packages/a", apps/web]\ncatalog: {zod: ^4}\n', ['packages/a', 'apps/web']],
  [
    "# comment\npackages:\n  # those\n  - packages/** # deep\n  - '!**/test/**'\n",
    ['packages/a', 'packages/b', 'packages/b/deep'],
  ],
  ['x-all: &all packages/*\npackages:\n  - *all\n', ['packages/a', 'packages/b']],
  ["packages:\n  - '!packages/b'\n  - 'packages/*'\n", ['packages/a']],
  ["packages: ['packages/{a,c}', './apps/*/']\n", ['packages/a', 'apps/web']],
  ["packages: ['.']\n", []],
  ['packages: []\n', []],
])('pnpm-workspace.yaml %j', (text, expected) => {
  const paths = ['packages/a', 'packages/b', 'packages/b/deep', 'packages/b/test/x', 'apps/web']
  expect(among(npmMembers('.', tree({'pnpm-workspace.yaml': text})), paths)).toEqual(expected)
})

// https://docs.npmjs.com/cli/using-npm/workspaces, https://classic.yarnpkg.com/lang/en/docs/workspaces/
test.each<[unknown, readonly string[]]>([
  [['packages/*'], ['packages/a', 'packages/b']],
  [{packages: ['packages/*'], nohoist: ['**/x']}, ['packages/a', 'packages/b']],
  [
    ['./packages/a/', 'apps/**'],
    ['packages/a', 'apps/web', 'apps/web/inner'],
  ],
  [['packages/*', '!packages/b'], ['packages/a']],
  // @npmcli/map-workspaces: a pattern behind a negated one takes in again.
  [['packages/*', '!packages/*', 'packages/a'], ['packages/a']],
  [['packages/[ab]'], ['packages/a', 'packages/b']],
  [[], []],
])('workspaces %j of package.json', (workspaces, expected) => {
  const paths = ['packages/a', 'packages/b', 'apps/web', 'apps/web/inner']
  expect(among(npmMembers('.', tree({'package.json': JSON.stringify({workspaces})})), paths)).toEqual(expected)
})

test('lerna.json says it where nothing else does', () => {
  const lerna = '{"packages": ["modules/*"], "version": "independent"}'
  expect(among(npmMembers('.', tree({'lerna.json': lerna})), ['modules/a', 'packages/a'])).toEqual(['modules/a'])
  const both = tree({'lerna.json': lerna, 'package.json': '{"workspaces": ["packages/*"]}'})
  expect(npmMembers('.', both)?.file).toBe('package.json')
  expect(npmMembers('.', tree({'lerna.json': '{"version": "1.0.0"}', 'package.json': '{}'}))).toBeUndefined()
})

test.each(['{', 'packages: [', '- a\n', 'null'])('a file that cannot be read is no workspace: %j', text => {
  expect(npmMembers('.', tree({'pnpm-workspace.yaml': text, 'package.json': text, 'lerna.json': text}))).toBeUndefined()
})

// https://docs.astral.sh/uv/concepts/projects/workspaces/
test('uv has members, and excludes some', () => {
  const text = '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/seeds"]\n'
  const members = uvMembers('python', tree({'python/pyproject.toml': text}))
  expect(members?.file).toBe('python/pyproject.toml')
  expect(among(members, ['packages/a', 'packages/seeds', 'other'])).toEqual(['packages/a'])
  expect(uvMembers('.', tree({'pyproject.toml': '[tool.uv]\n'}))).toBeUndefined()
})

// Each result is that of `cargo metadata --offline --no-deps` (cargo 1.95) in the folder of the crate.
test.each<[string, string, readonly string[]]>([
  ['members by a glob', 'members = ["crates/*"]', ['tools/t: refuses', 'dep: refuses']],
  [
    'exclude holds paths, not globs',
    'members = ["crates/*"]\nexclude = ["crates/x*"]',
    ['tools/t: refuses', 'dep: refuses'],
  ],
  [
    'an excluded folder',
    'members = ["crates/*"]\nexclude = ["crates/xa", "tools"]',
    ['crates/xa: excludes', 'tools/t: excludes', 'dep: refuses'],
  ],
  [
    'what is listed by its path is a member',
    'members = ["crates/*", "crates/xa"]\nexclude = ["crates/xa", "tools", "dep"]',
    ['tools/t: excludes', 'dep: excludes'],
  ],
  ['all of it', 'members = ["crates/*", "./tools/t/", "dep"]', []],
])('a Cargo workspace with %s', (_, lines, expected) => {
  expect(cratesApart(`[workspace]\n${lines}\n`, {})).toEqual(expected)
})

test('a path dependency of a member is a member', () => {
  const workspace =
    '[workspace]\nmembers = ["crates/a"]\nexclude = ["tools"]\n[workspace.dependencies]\nxa = {path = "crates/xa"}\n'
  const a =
    '[dependencies]\ndep = {path = "../../dep"}\nxa.workspace = true\n[target.\'cfg(unix)\'.dependencies]\nb = {path = "../b/"}\n'
  expect(cratesApart(workspace, {'crates/a': a})).toEqual(['tools/t: excludes'])
})

function cratesApart(workspace: string, more: Readonly<Record<string, string>>): readonly string[] {
  const manifests = new Map([['Cargo.toml', parse(workspace)]])
  const paths = ['crates/a', 'crates/b', 'crates/xa', 'tools/t', 'dep']
  for (const path of paths) manifests.set(`${path}/Cargo.toml`, parse(`[package]\nname = "x"\n${more[path] ?? ''}`))
  const root = {folder: '.', content: manifests.get('Cargo.toml') ?? {}}
  return paths.flatMap(path => {
    const apart = apartFrom(root, path, manifests)
    return apart === undefined ? [] : [`${path}: ${apart.hint === undefined ? 'excludes' : 'refuses'}`]
  })
}

// https://go.dev/ref/mod#go-work-file
test('a module that go.work does not use is not built', () => {
  const work =
    'go 1.26 // x\n\nuse ./server\n\nuse (\n\t./tools // more\n\t"./other one"\n)\n\nreplace example.com/a => ./a\n'
  expect(usedFolders(work)).toEqual(['./tools', '"./other one"', './server'].map(each => each.replaceAll('"', '')))
  const texts = {
    'go.work': work,
    'server/go.mod': 'module example.com/octo/server\n',
    'server/main.go': 'package main\n\nfunc main() {}\n',
    'extra/go.mod': 'module example.com/octo/extra\n',
    'extra/main.go': 'package main\n\nfunc main() {}\n',
  }
  const found = detectPackages({files: Object.keys(texts), texts}, {folder: 'server', image: 'auto', settings: {}})
  expect(found.packages.map(({name}) => name)).toEqual(['server'])
  expect(found.skipped).toEqual([
    {
      subject: 'extra (extra/go.mod)',
      reason: 'go.work does not use its module, so that the go command refuses to build it',
      hint: 'Run `go work use ./extra`, and commit go.work.',
    },
  ])
})

test('a Python library that its uv workspace excludes is not released, a program is', () => {
  const project = (name: string, more = '') =>
    `[build-system]\nrequires = ["uv_build"]\n[project]\nname = "${name}"\nversion = "1.0.0"\n${more}`
  const texts = {
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]\nexclude = ["packages/seeds"]\n',
    'packages/core/pyproject.toml': project('core'),
    'packages/seeds/pyproject.toml': project('seeds'),
    'server/pyproject.toml': project('server', '[project.scripts]\nserver = "server:main"\n'),
  }
  const found = detectPackages({files: Object.keys(texts), texts}, {folder: 'x', image: 'auto', settings: {}})
  expect(found.packages.map(({name}) => name)).toEqual(['core', 'server'])
  expect(found.skipped.map(({subject, reason}) => `${subject}: ${reason}`)).toEqual([
    'seeds (packages/seeds/pyproject.toml): pyproject.toml does not have it among the members of its workspace',
  ])
})
