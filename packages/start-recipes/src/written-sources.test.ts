import {expect, test} from '@jest/globals'
import type {StartRecipe} from '@mcp-release/release-model'
import {containerStart} from './containerfile'
import {startRecipes} from './start-recipes'
import type {StartTarget} from './target'

const npm: StartTarget = {
  ecosystem: 'npm',
  name: 'notes-mcp',
  path: '.',
  executables: ['notes-mcp'],
  entries: ['dist/index.js'],
  alone: true,
}
const go: StartTarget = {ecosystem: 'go', name: 'notes-mcp', path: '.', executables: ['notes-mcp'], alone: true}
const image: StartTarget = {ecosystem: 'oci', name: 'notes-mcp', path: '.', executables: [], alone: true}
const words = ({args}: StartRecipe) =>
  args.map(({value, origin}) => (origin === 'asked' ? `?${value}` : value)).join(' ')
const variables = ({env}: StartRecipe) =>
  Object.fromEntries(
    Object.entries(env).map(([name, {value, origin}]) => [name, origin === 'asked' ? `?${value}` : value]),
  )
const recipe = (target: StartTarget, texts: Record<string, string>) => startRecipes(target, texts)[0] as StartRecipe

// https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json
test('of server.json, the entry of the own registry and name is taken, and no other', () => {
  const server = {
    name: 'io.github.octo/notes',
    packages: [
      {
        registryType: 'oci',
        identifier: 'ghcr.io/octo/notes-mcp:1',
        packageArguments: [{type: 'positional', value: '/config.yaml'}],
      },
      {
        registryType: 'npm',
        identifier: 'notes-mcp',
        packageArguments: [
          {type: 'positional', value: '--stdio'},
          {type: 'named', name: '--verbose', isRequired: true},
          {type: 'named', name: '--vault', format: 'filepath', isRequired: true, description: 'The folder of notes'},
          {type: 'named', name: '--limit', format: 'number', default: 5},
        ],
        environmentVariables: [
          {name: 'API_KEY', isRequired: true, isSecret: true, description: 'Yours'},
          {name: 'MODE', isRequired: true, choices: ['fast', 'slow']},
          {name: 'OPTIONAL', default: 'x'},
        ],
      },
    ],
  }
  const texts = {'server.json': JSON.stringify(server)}
  const own = recipe(npm, texts)
  expect([words(own), variables(own), own.source]).toEqual([
    '--stdio --verbose --vault ?${folder}',
    {API_KEY: '?dummy', MODE: '?fast'},
    'server.json, packages[1]',
  ])
  expect(own.env['API_KEY']).toEqual({
    value: 'dummy',
    origin: 'asked',
    name: 'API_KEY',
    description: 'Yours',
    secret: true,
  })
  expect(words(recipe(image, texts))).toBe('/config.yaml')
  // A plain executable is neither of them.
  expect(startRecipes(go, texts)).toHaveLength(1)
})

test('the port that an address of server.json names is a free one', () => {
  const entry = {
    registryType: 'npm',
    identifier: 'notes-mcp',
    transport: {type: 'streamable-http', url: 'http://localhost:{port}/notes'},
    packageArguments: [{type: 'named', name: '--port', valueHint: 'port'}],
  }
  expect(recipe(npm, {'server.json': JSON.stringify({packages: [entry]})})).toMatchObject({
    args: [{value: '--port'}, {value: '${port}', origin: 'asked', format: 'number'}],
    transport: 'http',
    path: '/notes',
  })
})

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md#user-configuration
test.each([
  ['uv', ['run', '--directory', '${__dirname}', 'notes-mcp', '--stdio'], '--stdio'],
  ['uv', ['--directory', '${__dirname}', 'run', '--with', 'x', 'notes-mcp', 'serve'], 'serve'],
  ['uv', ['run', '--directory', '${__dirname}', 'notes-mcp'], ''],
  ['uvx', ['--from', '${__dirname}', 'notes-mcp', '--stdio'], '--stdio'],
  ['npx', ['-y', 'notes-mcp', '--stdio'], '--stdio'],
  ['node', ['dist', '--stdio'], '--stdio'],
])('of the manifest of a bundle that calls %s with %j, the server gets "%s"', (command, args, expected) => {
  const manifest = {manifest_version: '0.3', server: {type: 'python', mcp_config: {command, args}}}
  expect(words(recipe(npm, {'manifest.json': JSON.stringify(manifest)}))).toBe(expected)
})

test('of the manifest of a bundle, what stands behind the program is taken, with answers to what it asks', () => {
  const manifest = {
    manifest_version: '0.3',
    server: {
      type: 'node',
      mcp_config: {
        command: 'node',
        args: ['${__dirname}/dist/index.js', '--vault=${user_config.vault}', '--stdio', '${user_config.extra}'],
        env: {KEY: '${user_config.key}', DEBUG: 'no'},
      },
    },
    user_config: {
      vault: {type: 'directory', title: 'Vault', required: true},
      key: {type: 'string', sensitive: true, required: true},
      extra: {type: 'string'},
    },
  }
  const found = recipe(npm, {'manifest.json': JSON.stringify(manifest)})
  expect([words(found), variables(found), found.source]).toEqual([
    '?--vault=${folder} --stdio',
    {KEY: '?dummy', DEBUG: 'no'},
    'manifest.json, server.mcp_config',
  ])
  // A manifest of a web application is none of a bundle.
  expect(startRecipes(npm, {'manifest.json': '{"name": "x", "server": {"mcp_config": {"args": ["a"]}}}'})).toHaveLength(
    1,
  )
})

// https://smithery.ai/docs/build/project-config/smithery-yaml
test('the function of a smithery.yaml is read, not run', () => {
  const text = `startCommand:
  type: stdio
  configSchema:
    type: object
    properties:
      apiKey: {type: string, description: Yours}
      vault: {type: string, description: Path to the folder}
      limit: {type: number, default: 3}
      config: {type: string, default: ~/.kube/config}
  commandFunction: |-
    (config) => {
      const extra = require('child_process').execSync('touch /tmp/never');
      return {command: 'node', args: ['dist/index.js', '--stdio', '--vault', config.vault, \`--limit=\${config.limit}\`, ...(config.x ? ['--x'] : [])], env: {API_KEY: config.apiKey, CONFIG: config.config, MODE: 'a,b'}}
    }
`
  const found = recipe(npm, {'smithery.yaml': text})
  expect([words(found), variables(found), found.source]).toEqual([
    '--stdio --vault ?${folder} ?--limit=3',
    {API_KEY: '?dummy', CONFIG: '?${file}', MODE: 'a,b'},
    'smithery.yaml, startCommand',
  ])
})

// https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
test.each([
  ['ENTRYPOINT ["node", "dist/index.js"]\nCMD ["--stdio"]', '--stdio'],
  ['ENTRYPOINT ["notes-mcp"]\nCMD ["--root", "/data"]', '--root ?${folder}'],
  ['CMD ["node", "dist/index.js", "stdio"]', 'stdio'],
  ['CMD node dist/index.js stdio', 'stdio'],
  ['ENTRYPOINT exec node dist/index.js stdio\nCMD ["ignored"]', 'stdio'],
  ['FROM x AS base\nENTRYPOINT ["notes-mcp"]\nFROM base\nCMD ["stdio"]', 'stdio'],
  [
    'FROM x AS base\nENTRYPOINT ["notes-mcp", "old"]\nFROM y\nENTRYPOINT ["notes-mcp", \\\n  # new\n  "stdio"]',
    'stdio',
  ],
  ['ARG Z=UTC\nENV ZONE=${ZONE:-"UTC"} Y=$Z\nENTRYPOINT ["notes-mcp", "--zone", "${ZONE}", "$Y"]', '--zone UTC UTC'],
  ['ENTRYPOINT ["notes-mcp"]\nCMD ["--help"]', ''],
  ['ENTRYPOINT ["other"]\nCMD ["--stdio"]', ''],
])('a Containerfile with %j starts the server with "%s"', (text, expected) => {
  expect(words(recipe(npm, {Dockerfile: text}))).toBe(expected)
})

test('an image is started as it is; how it is spoken to is seen from its command and variables', () => {
  const text = 'FROM x\nENV MCP_TRANSPORT=http PORT=8080\nEXPOSE 8080\nENTRYPOINT ["notes-mcp"]\n'
  expect(recipe({...image, containerfile: 'docker/Dockerfile'}, {'docker/Dockerfile': text})).toEqual({
    args: [],
    env: {},
    transport: 'http',
    port: 8080,
    source: 'docker/Dockerfile, line 4',
  })
  // What is run by hand is not bound to the image's way of listening.
  expect(recipe(npm, {Dockerfile: text}).transport).toBe('stdio')
})

test('instructions after a heredoc are found again', () => {
  const text = 'FROM x\nRUN <<EOF\nCMD ["no"]\nEOF\nCMD ["notes-mcp"]\n'
  expect(containerStart(text)).toEqual({argv: ['notes-mcp'], env: {}, line: 5})
})

test('a Containerfile whose command opens the port of the image says nothing of stdio', () => {
  const texts = {Dockerfile: 'ENTRYPOINT ["notes-mcp", "--port", "8080"]\nEXPOSE 8080\n'}
  expect(startRecipes(npm, texts).map(each => [words(each), each.transport])).toEqual([
    ['--port ${port}', 'http'],
    ['', 'stdio'],
  ])
  const readme = '```json\n{"command": "npx", "args": ["notes-mcp"]}\n```\n'
  expect(startRecipes(npm, {...texts, 'README.md': readme}).map(each => [words(each), each.transport])).toEqual([
    ['', 'stdio'],
    ['--port ${port}', 'http'],
  ])
  const database = {Dockerfile: 'ENTRYPOINT ["notes-mcp", "--port", "5432"]\nEXPOSE 8080\n'}
  expect(recipe(npm, database).transport).toBe('stdio')
})

test('with the arguments of the Containerfile, a README tells the variables too', () => {
  const readme = '```json\n{"command": "npx", "args": ["notes-mcp", "stdio"], "env": {"A": "1"}}\n```\n'
  const texts = {'README.md': readme, Dockerfile: 'ENTRYPOINT ["notes-mcp", "stdio"]\n'}
  expect(startRecipes(npm, texts).map(each => [words(each), variables(each), each.source])).toEqual([
    ['stdio', {A: '1'}, 'README.md, line 2'],
    ['stdio', {}, 'Dockerfile, line 1'],
    ['', {}, 'the command notes-mcp; nothing says what it is given'],
  ])
})

test('settings win field by field, and their arguments leave no choice', () => {
  const texts = {'README.md': '```json\n{"command": "npx", "args": ["notes-mcp", "stdio"], "env": {"A": "1"}}\n```\n'}
  const [first] = startRecipes(npm, texts, {env: {B: '2', MY_TOKEN: 'x'}})
  expect([words(first as StartRecipe), variables(first as StartRecipe), first?.source]).toEqual([
    'stdio',
    {A: '1', B: '2', MY_TOKEN: '?x'},
    'the settings and README.md, line 2',
  ])
  expect(startRecipes(npm, texts, {args: ['serve', '${folder}']}).map(words)).toEqual(['serve ?${folder}'])
  expect(startRecipes(npm, {}, {args: ['--port', '${port}'], transport: 'http', 'http-path': '/x'})).toEqual([
    {
      args: [
        {value: '--port', origin: 'fixed'},
        {value: '${port}', origin: 'asked', name: '--port', format: 'number'},
      ],
      env: {},
      transport: 'http',
      path: '/x',
      source: 'the settings',
    },
  ])
})

// The plan names the files that say how a server is started, also where all they say is that it is given nothing.
test.each([
  [{}, 'the command notes-mcp of package.json; nothing says what it is given'],
  [
    {'server.json': JSON.stringify({packages: [{registryType: 'npm', identifier: 'notes-mcp'}]})},
    'server.json, packages[0]',
  ],
  [
    {
      'manifest.json': JSON.stringify({
        manifest_version: '0.3',
        server: {mcp_config: {command: 'node', args: ['${__dirname}/dist/index.js']}},
      }),
    },
    'manifest.json, server.mcp_config',
  ],
  [{Dockerfile: 'FROM x\nENTRYPOINT ["node", "dist/index.js"]\n'}, 'Dockerfile, line 2'],
  [
    {
      'smithery.yaml':
        "startCommand:\n  type: stdio\n  commandFunction: \"() => ({command: 'node', args: ['dist/index.js']})\"\n",
    },
    'smithery.yaml, startCommand',
  ],
  [{'README.md': '```sh\nnpx notes-mcp\n```\n', Dockerfile: 'ENTRYPOINT ["notes-mcp"]\n'}, 'README.md, line 2'],
  // An image that sets how its server speaks says nothing of one that is started by hand.
  [
    {Dockerfile: 'ENV NOTES_MODE=x\nENTRYPOINT ["notes-mcp"]\n'},
    'the command notes-mcp of package.json; nothing says what it is given',
  ],
  // So does a script that only builds.
  [
    {'README.md': '```sh\nnpm run build\n```\n'},
    'the command notes-mcp of package.json; nothing says what it is given',
  ],
])('with %j, a start without arguments is learnt from %s', (texts, source) => {
  const [first, ...more] = startRecipes({...npm, manifest: 'package.json'}, texts)
  expect([first?.args, first?.source, more]).toEqual([[], source, []])
})

test('what a README tells comes before files that ask for nothing', () => {
  const texts = {
    'README.md': '```json\n{"command": "npx", "args": ["notes-mcp", "stdio"]}\n```\n',
    'server.json': JSON.stringify({packages: [{registryType: 'npm', identifier: 'notes-mcp'}]}),
  }
  expect(startRecipes(npm, texts).map(({source}) => source)).toEqual(['README.md, line 2', 'server.json, packages[0]'])
})

// https://docs.astral.sh/uv/guides/tools/#requesting-extras, in every file that can say it.
test.each([
  [
    {
      'server.json': JSON.stringify({
        packages: [
          {
            registryType: 'pypi',
            identifier: 'notes-mcp',
            runtimeHint: 'uvx',
            runtimeArguments: [
              {type: 'named', name: '--from', value: 'notes-mcp[cli]'},
              {type: 'named', name: '--with', value: 'rich'},
            ],
          },
        ],
      }),
    },
    ['cli'],
    ['rich'],
  ],
  [
    {'README.md': '```json\n{"command": "uvx", "args": ["--from", "notes-mcp[cli]", "notes-mcp"]}\n```\n'},
    ['cli'],
    undefined,
  ],
  [{Dockerfile: 'CMD ["uv", "run", "--extra", "http", "notes-mcp", "serve"]\n'}, ['http'], undefined],
  [
    {
      'smithery.yaml':
        "startCommand:\n  type: stdio\n  commandFunction: \"() => ({command: 'uvx', args: ['--from', 'notes-mcp[cli]', 'notes-mcp']})\"\n",
    },
    ['cli'],
    undefined,
  ],
])('of %j, extras and requirements are part of the start', (texts, extras, beside) => {
  const python: StartTarget = {ecosystem: 'pypi', name: 'notes-mcp', path: '.', executables: ['notes-mcp'], alone: true}
  const [first] = startRecipes(python, texts)
  expect([first?.extras, first?.with]).toEqual([extras, beside])
})
