import {expect, test} from '@jest/globals'
import {type ReleaseSettings, type ReleaseTag, parseTag} from '@mcp-release/release-model'
import {plan} from '../plan'

interface Repository {
  readonly texts: Readonly<Record<string, string>>
  /** Files whose texts are not read. */
  readonly others?: readonly string[]
  readonly settings?: ReleaseSettings
  readonly bundles?: 'auto' | 'never'
  readonly imagePlatforms?: readonly 'linux/arm64'[]
}

/** What is said of a repository of octo/weather at v1.0.0: an error with its code, or the warnings and notices of manifests. */
function said({texts, others = [], settings = {}, bundles = 'never', imagePlatforms}: Repository): readonly string[] {
  const files = [...Object.keys(texts), ...others].sort()
  const facts = {
    tree: {files, listed: files, texts},
    root: '.',
    folder: 'weather',
    repository: 'octo/weather',
    sourceDate: 0,
  }
  try {
    const {findings} = plan(facts, {
      tag: parseTag('v1.0.0') as ReleaseTag,
      targets: ['linux/amd64'],
      imagePlatforms: imagePlatforms ?? ['linux/amd64'],
      image: 'auto',
      bundles,
      compatibility: false,
      toolchains: ['python', 'node', 'go', 'rust', 'buildx'],
      settings,
    })
    return findings.map(({level, subject, text}) => `${level}: ${subject}: ${text}`)
  } catch (error) {
    const {code, message} = error as {code: string; message: string}
    return [`${code}: ${message}`]
  }
}

const sound = {
  name: 'weather',
  version: '1.0.0',
  license: 'MIT',
  repository: 'github:octo/weather',
  bin: 'cli.js',
  mcpName: 'io.github.octo/weather',
}
const npm = (fields: object = {}) => JSON.stringify({...sound, ...fields})
const serverJson = (packages: readonly object[]) =>
  JSON.stringify({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: 'io.github.octo/weather',
    description: 'Weather.',
    version: '1.0.0',
    packages,
  })
const listed = (registryType: string, identifier: string, more: object = {}) => ({
  registryType,
  identifier,
  ...(registryType === 'oci' ? {} : {version: '1.0.0'}),
  transport: {type: 'stdio'},
  ...more,
})
const ofNpm = serverJson([listed('npm', 'weather')])

test.each<[string, object, string | undefined, readonly string[]]>([
  ['nothing of a sound one', {}, ofNpm, []],
  [
    'an mcpName that is missing',
    {mcpName: undefined},
    ofNpm,
    [
      'NPM: package.json: has no mcpName, by which the MCP Registry knows the owner; add "mcpName": "io.github.octo/weather"',
    ],
  ],
  [
    'another mcpName',
    {mcpName: 'io.github.octo/rain'},
    ofNpm,
    [
      'NPM: package.json: has the mcpName "io.github.octo/rain", but server.json has the name "io.github.octo/weather"; set "mcpName" to that, or the name in server.json',
    ],
  ],
  ['an mcpName that nobody asks for', {mcpName: undefined}, undefined, []],
  // A script may write it before packing.
  [
    'an mcpName that a script may add',
    {mcpName: undefined, scripts: {prepack: 'node scripts/manifest.mjs'}},
    ofNpm,
    [
      'warning: package.json: has no mcpName, by which the MCP Registry knows the owner; add "mcpName": "io.github.octo/weather"',
    ],
  ],
  [
    'an mcpName that a compiler does not add',
    {mcpName: undefined, bin: 'dist/cli.js', scripts: {build: 'tsc && chmod +x dist/cli.js'}},
    ofNpm,
    [
      'NPM: package.json: has no mcpName, by which the MCP Registry knows the owner; add "mcpName": "io.github.octo/weather"',
    ],
  ],
  [
    'a command that nothing makes',
    {bin: 'dist/cli.js'},
    undefined,
    [
      'NPM: package.json: names dist/cli.js as bin.weather, which is not in the repository\nNothing was run that makes it: give package.json a script build that does, or correct bin.weather.',
    ],
  ],
  ['a command that a script makes', {bin: 'dist/cli.js', scripts: {build: 'tsc'}}, undefined, []],
  // https://github.com/npm/cli/blob/latest/workspaces/libnpmexec/lib/get-bin-from-manifest.js
  [
    'commands of which npx takes none',
    {bin: {rain: 'cli.js', snow: 'snow.js'}},
    ofNpm,
    [
      'VERIFY: package.json: server.json has clients start it by that name: npx weather "could not determine executable to run": of rain, snow, none is named "weather"\nName one of "bin" in package.json "weather", or leave only one.',
    ],
  ],
  ['commands of which npx takes one', {bin: {weather: 'cli.js', snow: 'snow.js'}}, ofNpm, []],
  ['two names of one command', {bin: {rain: 'cli.js', snow: 'cli.js'}}, ofNpm, []],
  [
    'a name that npm refuses',
    {name: 'Weather', bin: 'cli.js'},
    undefined,
    ['NPM: package.json: name: "Weather" is no name of an npm package'],
  ],
  ['no license', {license: undefined}, undefined, ['warning: package.json: names no license']],
  [
    'no repository',
    {repository: undefined},
    undefined,
    ['warning: package.json: has no repository.url; npm needs it for provenance and trusted publishing'],
  ],
  // npm/cli#8036: npm compares upper and lower case.
  [
    'another repository',
    {repository: {url: 'git+https://github.com/Octo/Weather.git'}},
    undefined,
    [
      'warning: package.json: has the repository "git+https://github.com/Octo/Weather.git", and octo/weather releases it: npm refuses provenance and trusted publishing then',
    ],
  ],
  [
    'a folder of the author',
    {dependencies: {rain: 'file:../rain'}},
    undefined,
    [
      'NPM: package.json: has rain: "file:../rain" in dependencies, which points into the folder where it was built\nRelease rain as a package of its own and give the range of its versions here, or take it into "bundleDependencies".',
    ],
  ],
  [
    'a range of Node.js that is empty',
    {engines: {node: '>=22 <20'}},
    undefined,
    ['warning: package.json: has engines.node ">=22 <20", which no version of Node.js satisfies'],
  ],
  [
    'a range of Node.js that is none',
    {engines: {node: 'lts'}},
    undefined,
    ['warning: package.json: has engines.node "lts", which npm cannot read'],
  ],
  [
    'machines that exclude each other',
    {os: ['linux', '!linux', 'darwin']},
    undefined,
    ['warning: package.json: allows and refuses linux in os: npm installs it nowhere there'],
  ],
])('a package.json: %s', (_, fields, server, expected) => {
  const texts = {'package.json': npm(fields), ...(server === undefined ? {} : {'server.json': server})}
  expect(said({texts, others: ['cli.js', 'snow.js']})).toEqual(expected)
})

test('a command of the settings or of the README is one that clients can start', () => {
  const texts = {'package.json': npm({bin: {rain: 'cli.js', snow: 'snow.js'}})}
  const others = ['cli.js', 'snow.js']
  expect(said({texts, others})[0]).toContain('could not determine executable to run')
  expect(said({texts, others, settings: {servers: {weather: {executable: 'snow'}}}})).toEqual([])
  const readme = '```json\n{"mcpServers": {"w": {"command": "npx", "args": ["-y", "-p", "weather", "snow"]}}}\n```\n'
  expect(said({texts: {...texts, 'README.md': readme}, others})).toEqual([])
})

test('a private package that server.json lists is told with the reason', () => {
  const texts = {'package.json': npm({private: true}), 'server.json': ofNpm, Containerfile: 'FROM scratch\n'}
  expect(said({texts, others: ['cli.js']})[0]).toContain(
    'npm "weather" is nothing that this release built: package.json: private: true, so npm does not publish it',
  )
})

test('a package of a workspace is built by its root, and locked there', () => {
  const root = {
    'package.json': '{"name": "all", "private": true, "workspaces": ["packages/*"], "scripts": {"build": "tsc -b"}}',
  }
  const member = {'packages/weather/package.json': npm({bin: 'dist/cli.js', dependencies: {zod: '4'}, scripts: {}})}
  const loose = said({texts: {...root, ...member}, bundles: 'auto'})
  expect(loose).toEqual([
    'warning: packages/weather/package.json: There is no lock file: the newest matching dependencies are installed; the bundle holds them',
  ])
  expect(said({texts: {...root, ...member}, others: ['pnpm-lock.yaml'], bundles: 'auto'})).toEqual([])
})

const python = (more = '') =>
  `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "weather"\nversion = "1.0.0"\n${more}`
const whole =
  'requires-python = ">=3.10"\nlicense = "MIT"\nreadme = "README.md"\n[project.scripts]\nweather = "weather:main"\n'
const named = '# Weather\n\n<!-- mcp-name: io.github.octo/weather -->\n'
const ofPython = serverJson([listed('pypi', 'weather')])

test.each<[string, string, Readonly<Record<string, string>>, readonly string[]]>([
  ['nothing of a sound one', whole, {'README.md': named, 'server.json': ofPython}, []],
  [
    'a README that does not name the server',
    whole,
    {'README.md': '# Weather\n', 'server.json': ofPython},
    [
      'WHEEL: pyproject.toml: its description, which is the README, does not name the server, by which the MCP Registry knows the owner; add the line <!-- mcp-name: io.github.octo/weather -->',
    ],
  ],
  [
    'a README that is not there',
    whole,
    {},
    [
      'WHEEL: pyproject.toml: names README.md as readme, which is not there\nCorrect readme in [project], or add the file.',
    ],
  ],
  [
    'a README that the backend makes',
    whole.replace('readme = "README.md"', 'dynamic = ["readme"]'),
    {'server.json': ofPython},
    [],
  ],
  // https://github.com/pypa/hatch/blob/master/backend/src/hatchling/builders/wheel.py, get_default_tag: without requires-python
  // the wheel is py2.py3-none-any. pip and uv install it on Python 3, so that the plan expects it by that name, with a
  // warning; it was an error as long as every plan expected py3.
  [
    'no requires-python for hatchling',
    whole.replace('requires-python = ">=3.10"\n', ''),
    {'README.md': named},
    ['warning: pyproject.toml: says that it runs on Python 2, so that its wheel is weather-1.0.0-py2.py3-none-any.whl'],
  ],
  [
    'a requires-python of Poetry',
    whole.replace('>=3.10', '^3.10'),
    {'README.md': named},
    [
      'WHEEL: pyproject.toml: requires-python: "^3.10" is no list of versions that Python packages know\nWrite it as >=3.10 or >=3.10,<4.',
    ],
  ],
  [
    'a requires-python that nothing satisfies',
    whole.replace('>=3.10', '>=3.12,<3.11'),
    {'README.md': named},
    [
      'WHEEL: pyproject.toml: requires-python: ">=3.12,<3.11" is satisfied by no Python\nWrite it as >=3.10 or >=3.10,<4.',
    ],
  ],
  ['a requires-python of one version', whole.replace('>=3.10', '==3.12.*'), {'README.md': named}, []],
  [
    'a dependency by its URL',
    whole.replace('[project.scripts]', 'dependencies = ["rain @ git+https://example.org/rain"]\n[project.scripts]'),
    {'README.md': named},
    [
      expect.stringContaining(
        "WHEEL: pyproject.toml: requires 'rain @ git+https://example.org/rain', a dependency by its URL, which PyPI refuses",
      ) as unknown as string,
    ],
  ],
  [
    'a command that pip refuses',
    whole.replace('weather:main', 'weather'),
    {'README.md': named},
    [
      'WHEEL: pyproject.toml: the command weather is "weather", which is not module:function, so that pip refuses to install it\nWrite weather = "module:function" below [project.scripts] in pyproject.toml.',
    ],
  ],
  // https://docs.astral.sh/uv/guides/tools/: uvx starts the command that is called like the package.
  [
    'no command that uvx starts',
    whole.replace('weather = "weather:main"', 'rain = "weather:main"\nsnow = "weather:main"'),
    {'README.md': named, 'server.json': ofPython},
    [
      'VERIFY: pyproject.toml: server.json has clients start it by that name: uvx weather finds no command of that name: it has rain, snow\nAdd a script of that name to [project.scripts] in pyproject.toml: weather = "…".',
    ],
  ],
  [
    'an SDK without an upper bound',
    whole.replace('[project.scripts]', 'dependencies = ["mcp>=2"]\n[project.scripts]'),
    {'README.md': named},
    ['warning: pyproject.toml: requires "mcp>=2" without an upper bound; a new major version of mcp will break it'],
  ],
  [
    'no license',
    whole.replace('license = "MIT"\n', ''),
    {'README.md': named},
    ['warning: pyproject.toml: names no license; set [project] license in pyproject.toml'],
  ],
  ['a file of the license', whole.replace('license = "MIT"\n', ''), {'README.md': named, LICENSE: ''}, []],
  [
    'a long description',
    `description = "${'x'.repeat(513)}"\n${whole}`,
    {'README.md': named},
    [
      'WHEEL: pyproject.toml: its description (Summary) has 513 characters; PyPI takes one line of 512 characters\nShorten description in [project] of pyproject.toml; the README holds the rest.',
    ],
  ],
])('a pyproject.toml: %s', (_, more, files, expected) => {
  expect(said({texts: {'pyproject.toml': python(more), ...files}})).toEqual(expected)
})

test('a name that PyPI refuses is told', () => {
  const texts = {'pyproject.toml': python(whole).replace('"weather"', '"my weather"'), 'README.md': named}
  expect(said({texts})[0]).toContain('name: "my weather" is no name of a Python package')
})

test('a README behind a link is not judged', () => {
  const texts = {'pyproject.toml': python(whole), 'server.json': ofPython}
  expect(said({texts, others: ['README.md']})).toEqual([])
})

test('an image that server.json lists is there for the platform that the registry reads', () => {
  const texts = {
    Containerfile: 'FROM scratch\n',
    'server.json': serverJson([listed('oci', 'ghcr.io/octo/weather:1.0.0')]),
  }
  expect(said({texts})).toEqual([])
  expect(said({texts, imagePlatforms: ['linux/arm64']})).toEqual([
    'SERVER_JSON: server.json: lists the image weather, which is built for linux/arm64 and not for linux/amd64, the one that the registry reads\nAdd linux/amd64 to image-platforms.',
  ])
})

test('a crate that server.json lists names the server where its page shows it', () => {
  const crate = '[package]\nname = "weather"\nversion = "1.0.0"\nedition = "2021"\npublish = false\n'
  const texts = {
    'Cargo.toml': crate,
    'README.md': named,
    'server.json': serverJson([listed('cargo', 'weather')]),
  }
  expect(said({texts, others: ['src/main.rs', 'LICENSE']})).toEqual([
    expect.stringContaining('warning: Cargo.toml: publish = false'),
    expect.stringContaining(
      'warning: README.md: the readme of the crate has "mcp-name: io.github.octo/weather" in a comment',
    ),
  ])
})

test('a program without a licence in its folder or above is told', () => {
  const texts = {
    'servers/go/go.mod': 'module example.com/weather\n',
    'servers/go/main.go': 'package main\nfunc main() {}\n',
  }
  const told = 'warning: servers/go/go.mod: there is no licence (LICENSE, COPYING and the like) here or above'
  expect(said({texts})).toEqual([expect.stringContaining(told)])
  for (const file of ['LICENSE', 'servers/COPYING', 'servers/go/LICENCE.md', 'LICENSES/MIT.txt'])
    expect(said({texts, others: [file]})).toEqual([])
})

test('problems of several kinds are one error', () => {
  const texts = {
    'package.json': npm({license: undefined, mcpName: undefined, dependencies: {a: 'link:../a'}}),
    'server.json': ofNpm,
  }
  expect(said({texts, others: ['cli.js']})).toEqual([
    'NPM: - package.json: has no mcpName, by which the MCP Registry knows the owner; add "mcpName": "io.github.octo/weather"\n' +
      '- package.json: has a: "link:../a" in dependencies, which points into the folder where it was built\n' +
      '  Release a as a package of its own and give the range of its versions here, or take it into "bundleDependencies".',
  ])
})
