import {expect, test} from '@jest/globals'
import {aside, crate, detect, main, mod, npm, released, sources} from './testing/detect'

// `go help buildconstraint`; each result is that of `go list -f {{.GoFiles}}` with Go 1.26.
test.each<[string, string, readonly string[]]>([
  ['main.go', main, ['notes']],
  ['main.go', `//go:build ignore\n\n${main}`, []],
  ['magefile.go', `//go:build mage\n\n${main}`, []],
  ['magefile.go', `// Build tasks.\n\n/* more */\n//go:build mage\n\n${main}`, []],
  ['main.go', `//go:build tools || integration\n\n${main}`, []],
  ['main.go', `//go:build !tools && (linux || darwin || windows) && go1.20\n\n${main}`, ['notes']],
  ['main.go', `//go:build js && wasm\n\n${main}`, []],
  ['main.go', `//go:build cgo\n\n${main}`, []],
  ['main.go', `// +build ignore\n\n${main}`, []],
  // Without a blank line behind it, it is a comment of the package.
  ['main.go', `// +build ignore\n${main}`, ['notes']],
  // With both, only the newer form counts.
  ['main.go', `//go:build linux || darwin || windows\n// +build ignore\n\n${main}`, ['notes']],
  ['main.go', '/*\npackage main\nfunc main() {}\n*/\npackage notes\n', []],
  ['main.go', 'package notes\n\nconst example = `\npackage main\nfunc main() {}\n`\n', []],
  ['main.go', '// package main\npackage notes // package main\n', []],
  ['main_test.go', main, []],
  ['main_js.go', main, []],
  ['linux.go', main, ['notes']],
  ['cmd/main.go', main, ['notes']],
  ['cmd/server/main.go', main, ['notes']],
  ['cmd/notes-mcp/main.go', main, ['notes-mcp']],
  ['cmd/group/tool/main.go', main, ['tool']],
  ['src/main.go', main, ['notes']],
  ['server/main.go', main, ['notes']],
  ['testdata/x/main.go', main, []],
  ['examples/x/main.go', main, []],
  ['_old/main.go', main, []],
])('of a Go module, %s with %j gives %j', (file, text, expected) => {
  expect(released({'go.mod': mod, [file]: text})).toEqual(expected)
})

test.each([
  ['main_windows.go', main],
  ['main.go', `//go:build windows\n\n${main}`],
  ['main_windows_amd64.go', `//go:build windows\n\n${main}`],
])('a program that is only for Windows by %s is released when the settings say so', (file, text) => {
  const [reason = ''] = aside({'go.mod': mod, [file]: text})
  expect(reason).toContain('its build constraints allow only windows/amd64')
})

// https://go.dev/ref/mod#major-version-suffixes, https://go.dev/ref/mod#go-mod-file-module
test.each([
  ['module example.com/octo/notes/v2\n', 'notes'],
  ['module gopkg.in/notes.v3\n', 'notes'],
  ['// old\nmodule "example.com/octo/notes" // new\n', 'notes'],
  ['module (\n  example.com/octo/notes\n)\n', 'notes'],
])('the program at the root of %j is called %s', (text, name) => {
  expect(released({'go.mod': text, 'main.go': main})).toEqual([name])
})

// https://go.dev/ref/mod#go-mod-file-replace
test.each([
  ['replace example.com/words => ../words', ['replaces example.com/words by ../words']],
  ['replace example.com/words v1.2.3 => ../../words v0.0.0', ['replaces example.com/words by ../../words']],
  [
    'replace (\n\texample.com/a => ./a\n\texample.com/b => /home/me/b // for now\n)',
    ['replaces example.com/b by /home/me/b'],
  ],
  ['replace example.com/words => example.com/fork v1.0.0', []],
])('%j is told when it leads out of the repository', (line, texts) => {
  const {findings = []} = detect({'go.mod': `${mod}\n${line}\n`, 'main.go': main})
  expect(findings.map(({text}) => text)).toEqual(texts.map(text => `${text}, which lies outside of the repository`))
})

test('a folder beside that of the module is in the repository', () => {
  const text = `${mod}\nreplace example.com/words => ../words\n`
  expect(detect({'server/go.mod': text, 'server/main.go': main}).findings).toEqual([])
})

test('a module inside a module is one of its own', () => {
  const texts = {'go.mod': mod, 'main.go': main, 'tools/go.mod': 'module example.com/octo/gen\n', 'tools/main.go': main}
  const {packages} = detect(texts, {settings: {programs: ['*']}})
  expect(packages.map(({name, path, main: each}) => [name, path, each])).toEqual([
    ['notes', '.', '.'],
    ['gen', 'tools', '.'],
  ])
})

// https://doc.rust-lang.org/cargo/reference/cargo-targets.html; each result is that of `cargo metadata`.
test.each<[string, readonly string[]]>([
  ['', ['notes', 'extra', 'more']],
  ['autobins = false\n', []],
  ['autobins = false\n[[bin]]\nname = "extra"\n', ['extra']],
  ['[[bin]]\nname = "notes-mcp"\npath = "src/main.rs"\n', ['notes-mcp', 'extra', 'more']],
  ['default-run = "more"\n', ['more', 'notes', 'extra']],
  ['edition = "2015"\n[[bin]]\nname = "notes"\npath = "src/main.rs"\n', ['notes']],
])('a crate with %j has the binaries %j', (more, expected) => {
  const text = crate(more).replace(more.includes('edition') ? 'edition = "2021"\n' : '\0', '')
  const names = released({'Cargo.toml': text}, {others: sources, settings: {programs: ['*']}})
  expect([...names].sort()).toEqual([...expected].sort())
})

test('a binary that needs features which nobody enables is released when the settings say so', () => {
  const bin = '[[bin]]\nname = "extra"\nrequired-features = ["x"]\n'
  expect(aside({'Cargo.toml': crate(bin)}, {others: sources})).toContainEqual(
    'extra: it needs the features x, which are not enabled by default',
  )
  const enabled = `${bin}[features]\ndefault = ["y"]\ny = ["x"]\nx = []\n`
  expect(aside({'Cargo.toml': crate(enabled)}, {others: sources}).join()).not.toContain('features')
})

test.each<[string, readonly string[], readonly string[]]>([
  // A library whose only program is its server.
  ['[[bin]]\nname = "notesd"\npath = "src/main.rs"\nrequired-features = ["x"]\n', [], ['notesd']],
  // A tool that can be built as a server, too.
  ['[[bin]]\nname = "notes-mcp"\npath = "src/mcp.rs"\nrequired-features = ["x"]\n', ['src/main.rs'], ['notes-mcp']],
  ['[[bin]]\nname = "check"\npath = "src/check.rs"\nrequired-features = ["x"]\n', ['src/main.rs'], ['notes']],
])('of a crate with %j and %j, %j serves', (bin, others, servers) => {
  const {packages} = detect({'Cargo.toml': crate(`${bin}[features]\nx = []\n`)}, {others, folder: 'tools'})
  expect(packages.filter(({role}) => role === 'server').map(({name}) => name)).toEqual(servers)
})

// Each crate has rmcp; the repository is called otherwise.
test.each<[string, readonly string[], readonly string[]]>([
  // Only what the crate is called after, and not the importer beside it.
  ['notes', ['src/main.rs', 'src/bin/import.rs'], ['notes']],
  ['notes', ['src/main.rs', 'src/bin/notes-mcp.rs'], ['notes-mcp']],
  ['notes', ['src/bin/mcp-server.rs'], ['mcp-server']],
  ['notes', ['src/bin/one.rs', 'src/bin/two.rs'], ['one', 'two']],
])('of the crate %s with %j, %j serves', (_, others, servers) => {
  const {packages} = detect({'Cargo.toml': `${crate('')}[dependencies]\nrmcp = "3"\n`}, {others, folder: 'tools'})
  expect(packages.filter(({role}) => role === 'server').map(({name}) => name)).toEqual(servers)
})

test('a crate without any library for MCP has the program as its server that is named after it', () => {
  const {packages} = detect({'Cargo.toml': crate('')}, {others: ['src/main.rs', 'src/bin/import.rs'], folder: 'tools'})
  expect(packages.map(({name, roleReason}) => [name, roleReason])).toEqual([['notes', 'named like its crate']])
})

// https://doc.rust-lang.org/cargo/commands/cargo-install.html, https://github.com/cargo-bins/cargo-binstall
test.each([
  ['cargo install notes-cli', ['notes', 'ncli']],
  ['cargo install --locked notes-cli@0.3.0', ['notes', 'ncli']],
  ['`cargo binstall notes-cli`', ['notes', 'ncli']],
  ['cargo install notes-cli --bin ncli', ['notes', 'ncli']],
  ['cargo install notes', ['notes']],
  ['cargo install notes-cli --bin other', ['notes']],
])('by %j in the README, users need %j', (line, expected) => {
  const texts = {
    'Cargo.toml': '[workspace]\nmembers = ["*"]\n',
    'notes/Cargo.toml': `${crate('')}[dependencies]\nrmcp = "3"\n`,
    'cli/Cargo.toml':
      '[package]\nname = "notes-cli"\nversion = "1.0.0"\n[[bin]]\nname = "ncli"\npath = "src/main.rs"\n',
    'README.md': line,
  }
  expect(released(texts, {others: ['notes/src/main.rs', 'cli/src/main.rs']}).toSorted()).toEqual(expected.toSorted())
})

// https://doc.rust-lang.org/cargo/reference/workspaces.html
test('a crate that its workspace excludes is not released, and one with an MCP library is the server', () => {
  const member = (name: string, dependencies: string) =>
    `[package]\nname = "${name}"\nversion.workspace = true\nlicense.workspace = true\n[dependencies]\n${dependencies}`
  const texts = {
    'Cargo.toml':
      '[workspace]\nmembers = ["crates/*"]\nexclude = ["old"]\n[workspace.package]\nversion = "0.3.0"\nlicense = "MIT"\n',
    'crates/notes/Cargo.toml': member('notes', 'core.workspace = true\n'),
    'crates/core/Cargo.toml': member('core', 'rmcp = { version = "3", features = ["server"] }\n'),
    'crates/probe/Cargo.toml': member(
      'notes-probe',
      'rmcp = { version = "3", default-features = false, features = ["client"] }\n',
    ),
    'old/Cargo.toml': '[package]\nname = "old"\n[dependencies]\nrmcp = "1"\n',
  }
  const others = ['crates/notes/src/main.rs', 'crates/core/src/lib.rs', 'crates/probe/src/main.rs', 'old/src/main.rs']
  const found = detect(texts, {others})
  expect(found.packages.map(({name, version, license, role}) => [name, version, license, role])).toEqual([
    ['notes', '0.3.0', 'MIT', 'server'],
  ])
  const settings = {programs: ['*']}
  expect(
    detect(texts, {others, settings}).packages.map(({name, version, license, role}) => [name, version, license, role]),
  ).toEqual([
    ['notes', '0.3.0', 'MIT', 'server'],
    ['notes-probe', '0.3.0', 'MIT', 'program'],
    ['old', '0.0.0', undefined, 'server'],
  ])
})

// https://docs.npmjs.com/cli/configuring-npm/package-json#os
test.each([
  [
    {os: ['darwin'], cpu: ['arm64']},
    {os: ['darwin'], cpu: ['arm64']},
  ],
  [{os: ['!win32']}, {os: ['!win32'], cpu: []}],
  [{os: ['linux', 'darwin', 'win32'], cpu: ['x64', 'arm64']}, undefined],
  [{}, undefined],
])('an npm package with %j installs only on %j', (content, expected) => {
  expect(detect({'package.json': npm(content)}).packages[0]?.only).toEqual(expected)
})

test.each([
  ['{"packages": ["packages/*"]}', undefined],
  ['["packages/**", "!packages/site"]', undefined],
  [undefined, 'packages:\n  - "packages/*"\n  - "!packages/site"\n'],
])('what is no workspace of %s %s and has no command is not released', (workspaces, pnpm) => {
  const texts = {
    'package.json': `{"private": true${workspaces === undefined ? '' : `, "workspaces": ${workspaces}`}}`,
    ...(pnpm === undefined ? {} : {'pnpm-workspace.yaml': pnpm}),
    'packages/notes/package.json': npm({bin: 'a.js'}),
    'packages/lib/package.json': npm({name: 'lib'}),
    'tools/page/package.json': npm({name: 'page'}),
  }
  expect(released(texts)).toEqual(['lib', 'notes'])
  expect(aside(texts)[0]).toMatch(/^page: (package\.json|pnpm-workspace\.yaml) does not list it among its workspaces$/)
})

test.each([
  ['nothing else', {}, {}, true],
  ['its README and licence', {}, {'npm/win/README.md': '', 'npm/win/LICENSE': ''}, true],
  ['its program', {}, {'npm/win/bin/server.exe': ''}, false],
  ['a script that builds it', {scripts: {prepack: 'node fill.mjs'}}, {}, false],
  ['no platform of its own', {os: undefined, cpu: undefined}, {}, false],
])('a package for one platform with %s', (_, content, files, left) => {
  const texts = {
    'package.json': npm({bin: 'a.js'}),
    'npm/win/package.json': npm({name: 'win', os: ['win32'], cpu: ['x64'], ...content}),
    ...files,
  }
  expect([...released(texts)].sort()).toEqual(left ? ['notes'] : ['notes', 'win'])
  if (left) expect(aside(texts)).toEqual(['win: it is made for win32 x64, but holds nothing except package.json'])
})

// https://packaging.python.org/en/latest/specifications/pyproject-toml/, https://docs.astral.sh/uv/concepts/projects/config/#project-packaging
const project = '[project]\nname = "notes"\nversion = "1.0.0"\n'

test.each<[string, string, string | undefined]>([
  ['a project with a command', `${project}[project.scripts]\nnotes = "notes:main"\n`, undefined],
  ['a project with a build backend', `${project}[build-system]\nrequires = []\n`, undefined],
  ['poetry 1', '[tool.poetry]\nname = "notes"\nversion = "1.0.0"\n', undefined],
  ['poetry 2', `${project}[tool.poetry]\npackages = []\n`, undefined],
  [
    'flit before PEP 621',
    '[tool.flit.metadata]\nmodule = "notes"\n[tool.flit.scripts]\nnotes = "notes:main"\n',
    undefined,
  ],
  ['poetry without packaging', `${project}[tool.poetry]\npackage-mode = false\n`, 'package-mode = false'],
  ['pdm without a distribution', `${project}[tool.pdm]\ndistribution = false\n`, 'distribution = false in [tool.pdm]'],
  [
    'uv without packaging',
    `${project}[project.scripts]\na = "b:c"\n[tool.uv]\npackage = false\n`,
    'package = false in [tool.uv]',
  ],
  [
    'the root of a uv workspace',
    `${project}[tool.uv.workspace]\nmembers = ["packages/*"]\n`,
    'it is the root of a uv workspace and has no [build-system]',
  ],
  [
    'a project to be run in place',
    project,
    'it has no [build-system] and no command: it is made to be run from its folder, not to be installed',
  ],
])('%s is a package or says why not', (_, text, reason) => {
  const {packages, skipped} = detect({'pyproject.toml': text})
  expect([packages.map(({name}) => name), skipped.map(each => each.reason)]).toEqual(
    reason === undefined ? [['notes'], []] : [[], [reason]],
  )
})

// https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
test.each<[string, Record<string, string>]>([
  [
    'setup.cfg',
    {
      'setup.cfg':
        '[metadata]\nname = notes\nversion = 1.0.0\nlicense = MIT\n[options.entry_points]\nconsole_scripts =\n    notes = notes.cli:main\n    other = a:b\n',
    },
  ],
  [
    'setup.py',
    {
      'setup.py':
        'from setuptools import setup\n# name="no"\nsetup(\n  name="notes", version=\'1.0.0\', license="MIT",\n  entry_points={"console_scripts": ["notes=notes.cli:main", "other=a:b"]},\n)\n',
    },
  ],
  [
    'setup.py',
    {
      'pyproject.toml': '[build-system]\nrequires = ["setuptools"]\n',
      'setup.py':
        'setup(name="notes", version="1.0.0", license="MIT", entry_points={"console_scripts": ["notes=notes.cli:main", "other=a:b"]})',
    },
  ],
])('a project that has only %s is found', (manifest, texts) => {
  expect(detect(texts).packages).toEqual([
    {
      ecosystem: 'pypi',
      path: '.',
      name: 'notes',
      version: '1.0.0',
      license: 'MIT',
      manifest,
      executables: ['notes', 'other'],
      entries: ['notes.cli', 'a'],
      role: 'server',
      roleReason: 'installs a command',
    },
  ])
})

// https://peps.python.org/pep-0639/ and what came before it
test.each([
  ['license = "Apache-2.0"\n', 'Apache-2.0'],
  ['license = {text = "MIT"}\n', 'MIT'],
  ['license = {text = """MIT License\n\nCopyright"""}\n', undefined],
  ['license = {file = "LICENSE"}\nclassifiers = ["License :: OSI Approved :: MIT License"]\n', 'MIT'],
  ['classifiers = ["License :: OSI Approved :: BSD License"]\n', undefined],
])('the licence of a project with %j is %s', (text, license) => {
  expect(detect({'pyproject.toml': `${project}${text}[project.scripts]\na = "b:c"\n`}).packages[0]?.license).toBe(
    license,
  )
})

// https://github.com/mtkennerly/poetry-dynamic-versioning#configuration
test.each([
  [true, undefined],
  [false, '0.0.0'],
])('poetry-dynamic-versioning (enable = %s): the version is %s', (enable, version) => {
  const text = `[tool.poetry]\nname = "notes"\nversion = "0.0.0"\n[tool.poetry-dynamic-versioning]\nenable = ${enable}\n`
  expect(detect({'pyproject.toml': text}).packages.map(each => each.version)).toEqual([version])
})

test('commands are those of scripts, gui-scripts, a backend, and those that are dynamic', () => {
  const commands = (texts: Record<string, string>) => detect(texts).packages.flatMap(({executables}) => executables)
  expect(
    commands({'pyproject.toml': `${project}[project.scripts]\na = "b:c"\n[project.gui-scripts]\nd = "e:f"\n`}),
  ).toEqual(['a', 'd'])
  expect(
    commands({'pyproject.toml': `${project}[build-system]\nrequires = []\n[tool.maturin]\nbindings = "bin"\n`}),
  ).toEqual(['notes'])
  const dynamic = '[project]\nname = "notes"\nversion = "1"\ndynamic = ["scripts"]\n[build-system]\nrequires = []\n'
  expect(
    commands({'pyproject.toml': dynamic, 'setup.cfg': '[options.entry_points]\nconsole_scripts =\n  x = y:z\n'}),
  ).toEqual(['x'])
})
