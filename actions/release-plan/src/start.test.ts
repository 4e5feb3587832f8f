import {expect, test} from '@jest/globals'
import {detectPackages} from './detect-packages'
import {withStart} from './start'
import {npm} from './testing/detect'

const started = (texts: Record<string, string>, settings = {}) => {
  const tree = {files: Object.keys(texts).sort(), texts}
  return withStart(detectPackages(tree, {folder: 'notes', image: 'never', settings}).packages, {tree, settings})
}
const client = (command: string, ...args: readonly string[]) =>
  `\`\`\`json\n${JSON.stringify({command, args})}\n\`\`\`\n`

test('a server is started as its README says, then barely; a program and a library are not started', () => {
  const texts = {
    'package.json': '{"private": true, "workspaces": ["packages/*"]}',
    'packages/a/package.json': npm({name: 'a-mcp', bin: 'dist/a.js'}),
    'packages/b/package.json': npm({name: 'b-mcp', bin: 'dist/b.js'}),
    'packages/c/package.json': npm({name: 'c'}),
    'README.md': client('npx', '-y', 'a-mcp', 'stdio') + client('npx', '-y', 'b-mcp@latest', '--read-only'),
  }
  const {packages, findings} = started(texts)
  expect(
    packages.map(({name, start, alternatives}) => [name, start?.args.map(({value}) => value), alternatives?.length]),
  ).toEqual([
    ['a-mcp', ['stdio'], 1],
    ['b-mcp', ['--read-only'], 1],
    ['c', undefined, undefined],
  ])
  expect(findings).toEqual([])
  // What only the search needs is no part of a plan.
  expect(packages.every(each => each.entries === undefined && each.importPath === undefined)).toBe(true)
})

test('one package of several is not taken for all of them', () => {
  const oci = {
    registryType: 'oci',
    identifier: 'ghcr.io/octo/b:1',
    packageArguments: [{type: 'positional', value: '/x'}],
  }
  const texts = {
    'a/package.json': npm({name: 'a', bin: 'dist/a.js'}),
    'b/package.json': npm({name: 'b', bin: 'dist/b.js'}),
    'a/Dockerfile': 'FROM x\nENTRYPOINT ["a"]\n',
    'b/Dockerfile': 'FROM x\nENTRYPOINT ["b"]\n',
    'README.md': client('node', '/path/to/dist/index.js', 'stdio'),
    'server.json': JSON.stringify({packages: [oci]}),
  }
  const tree = {files: Object.keys(texts).sort(), texts}
  const all = detectPackages(tree, {folder: 'notes', image: 'auto', settings: {}}).packages
  const {packages, findings} = withStart(
    all.filter(({path}) => path === 'a'),
    {tree, settings: {}, all},
  )
  expect(packages.map(({ecosystem, start}) => [ecosystem, start?.source])).toEqual([
    ['npm', 'a/Dockerfile, line 2'],
    ['oci', 'a/Dockerfile, line 2'],
  ])
  expect(findings).toEqual([])
})

test('settings are found by any selector', () => {
  const texts = {'package.json': npm({bin: 'a.js'})}
  for (const selector of ['notes', 'npm:.', '*', '.'])
    expect(started(texts, {servers: {[selector]: {args: ['x']}}}).packages[0]?.start?.args).toEqual([
      {value: 'x', origin: 'fixed'},
    ])
})

test('a README whose configurations start something that nobody installs is a finding', () => {
  const texts = {
    'package.json': npm({name: '@octo/notes', bin: {notes: 'a.js'}}),
    'README.md': client('npx', '-y', 'old-notes-mcp'),
  }
  expect(started(texts).findings).toEqual([
    {
      level: 'warning',
      subject: 'README.md, line 2',
      text: 'tells clients to start `npx -y old-notes-mcp`, which is nothing that this repository installs; package.json is @octo/notes, with the command notes',
      hint: 'Name what is installed: @octo/notes.',
    },
  ])
  // Helpers of clients, paths and containers may be anything.
  for (const args of [['-y', 'mcp-remote', 'https://example.com'], ['/path/to/server']])
    expect(started({...texts, 'README.md': client('npx', ...args)}).findings).toEqual([])
})

// https://docs.npmjs.com/cli/commands/npm-exec: npx fetches what is named, and finds what was installed before.
test('a README that starts a package of nearly the same name is a finding, and nothing of it is started', () => {
  const texts = {
    'package.json': npm({name: '@acme/weather-server', bin: {'weather-mcp': 'a.js'}}),
    'README.md': client('npx', '-y', 'weather-mcp', '--stdio'),
  }
  const {packages, findings} = started(texts)
  expect(findings).toEqual([
    {
      level: 'warning',
      subject: 'README.md, line 2',
      text: 'starts weather-mcp (`npx -y weather-mcp --stdio`), the package is @acme/weather-server: clients fetch another one, so that this is not what is started here',
      hint: 'Write `npx -y @acme/weather-server`, or publish weather-mcp too.',
    },
  ])
  expect(packages[0]?.start?.args).toEqual([])
  const installed = `\`\`\`sh\nnpm install -g @acme/weather-server\n\`\`\`\n${texts['README.md']}`
  expect(started({...texts, 'README.md': installed}).findings).toEqual([])
  expect(started({...texts, 'README.md': installed}).packages[0]?.start?.args).toMatchObject([{value: '--stdio'}])
  const published = {...texts, 'old/package.json': npm({name: 'weather-mcp', bin: 'b.js'})}
  expect(started(published).findings).toEqual([])
})

test.each<[Record<string, string>, string, string]>([
  [
    {'package.json': npm({name: '@acme/weather-server', bin: {a: 'a.js', b: 'b.js'}})},
    client('npx', '-y', '@other/weather-server'),
    'Write `npx -y -p @acme/weather-server a`, or publish @other/weather-server too.',
  ],
  [
    {'package.json': npm({name: 'weather-server', bin: 'a.js'})},
    client('cmd', '/c', 'npx', '-y', 'mcp-weather'),
    'Write `npx -y weather-server`, or publish mcp-weather too.',
  ],
  [
    {'pyproject.toml': '[project]\nname = "weather-server"\nversion = "1"\nscripts = {weather-mcp = "a:b"}\n'},
    client('uvx', 'weather-mcp'),
    'Write `uvx --from weather-server weather-mcp`, or publish weather-mcp too.',
  ],
  [
    {'pyproject.toml': '[project]\nname = "weather-server"\nversion = "1"\nscripts = {weather-mcp = "a:b"}\n'},
    client('uvx', '--from', 'weather-server', 'weather'),
    'Write `uvx --from weather-server weather-mcp`, or publish weather too.',
  ],
  [
    {
      'go.mod': 'module example.com/acme/weather/v2\n',
      'main.go': 'package main\n\nfunc main() {}\n',
    },
    client('go', 'run', 'example.com/acme/weather@latest'),
    'Write `go run example.com/acme/weather/v2@latest`, or publish example.com/acme/weather too.',
  ],
])('of %j, a near miss names what is right', (texts, readme, hint) => {
  expect(started({...texts, 'README.md': readme}).findings.map(each => each.hint)).toEqual([hint])
})

test.each([
  client('npx', '-y', '@acme/weather-server'),
  client('npx', '-y', '@acme/maps-server') + client('npx', '-y', '@acme/weather-server'),
  client('npx', '-y', 'mcp-remote', 'https://example.com/mcp'),
  client('uvx', 'mcp-proxy', 'https://example.com/sse'),
  client('docker', 'run', '-i', 'mcp/weather'),
  '```sh\nnpx weather\n```\n',
])('a README that names other things besides is no finding: %s', readme => {
  const texts = {'package.json': npm({name: '@acme/weather-server', bin: {'weather-mcp': 'a.js'}})}
  expect(started({...texts, 'README.md': readme}).findings).toEqual([])
})

// https://docs.astral.sh/uv/guides/tools/#requesting-extras, https://docs.astral.sh/uv/reference/cli/#uv-tool-run--with
test('what users are told to install with a Python package is planned, and told where the package does not know it', () => {
  const texts = {
    'pyproject.toml':
      '[project]\nname = "weather"\nversion = "1"\ndependencies = ["mcp>=1"]\nscripts = {weather = "a:b"}\noptional-dependencies = {cli = ["typer"]}\n',
    'README.md': client(
      'uvx',
      '--from',
      'weather[cli,http]',
      '--with',
      'typer<1',
      '--with',
      'httpx',
      'weather',
      'stdio',
    ),
  }
  const {packages, findings} = started(texts)
  expect(packages[0]?.start).toMatchObject({extras: ['cli', 'http'], with: ['typer<1', 'httpx']})
  expect(findings).toEqual([
    {
      level: 'warning',
      subject: 'README.md, line 2',
      text: 'installs weather[http], and pyproject.toml has no extra of that name: it has cli',
      hint: 'Name an extra that there is, or add it to [project.optional-dependencies].',
    },
    {
      level: 'warning',
      subject: 'README.md, line 2',
      text: 'installs httpx beside weather, which does not depend on it: it is verified without, and neither other users nor bundles have it',
      hint: 'Add "httpx" to the dependencies in pyproject.toml, or to an extra that the instructions name.',
    },
  ])
  // Only its build knows what it depends on.
  const dynamic = texts['pyproject.toml'].replace('dependencies = ["mcp>=1"]', 'dynamic = ["dependencies"]')
  expect(started({...texts, 'pyproject.toml': dynamic}).findings).toEqual([])
})
