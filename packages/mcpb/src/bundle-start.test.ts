import {McpbManifestSchema as official} from '@anthropic-ai/mcpb/schemas/0.3'
import {expect, test} from '@jest/globals'
import type {StartRecipe} from '@mcp-release/release-model'
import {type BundleStart, plainStart, withVariablesOf} from './bundle-start'
import {bundleFindings} from './findings'
import {generateManifest} from './generation'
import {recipeStart} from './recipe-start'
import {serverJsonStart} from './server-json-start'

/** The manifest that a start gives, as the official schema and our own findings take it. */
function generated(start: BundleStart) {
  const manifest = generateManifest({
    server: {type: 'node', entryPoint: 'cli.js', config: {command: 'node', args: ['${__dirname}/cli.js']}},
    version: '1.2.3',
    metadata: {name: 'demo', description: 'A demo', author: {name: 'Ada'}},
    start,
  })
  expect(official.parse(manifest)).toEqual(manifest)
  const files = [{name: 'cli.js', mode: 0o644 as const, content: Buffer.from('')}]
  const errors = bundleFindings({name: 'demo.mcpb', manifest, files}).filter(({level}) => level === 'error')
  expect(errors).toEqual([])
  return manifest
}

const recipe: StartRecipe = {
  args: [
    {value: '--stdio', origin: 'fixed'},
    {value: '--root=${folder}', origin: 'asked', prefix: '--root='},
    {value: '--region', origin: 'fixed'},
    {value: 'dummy', origin: 'asked', description: 'Where the data are'},
    {value: '${file}', origin: 'fixed', name: 'config'},
    {value: '${file}', origin: 'asked', name: 'config'},
    {value: '3', origin: 'asked', name: '--retries', format: 'number'},
  ],
  env: {
    API_KEY: {value: 'dummy', origin: 'asked', secret: true},
    MODE: {value: 'release', origin: 'fixed'},
    DATABASE_URL: {value: 'sqlite:///${folder}/a.db', origin: 'asked'},
  },
  transport: 'stdio',
  source: 'README.md, line 1',
}

test('what the plan fixes is in the manifest, and what it makes up is asked for', () => {
  const manifest = generated(recipeStart(recipe))
  expect(manifest.server.mcp_config).toEqual({
    command: 'node',
    args: [
      '${__dirname}/cli.js',
      '--stdio',
      '--root=${user_config.root}',
      '--region',
      '${user_config.region}',
      '${user_config.config}',
      '${user_config.config_2}',
      '${user_config.retries}',
    ],
    env: {
      API_KEY: '${user_config.api_key}',
      MODE: 'release',
      DATABASE_URL: 'sqlite:///${user_config.database_url}/a.db',
    },
  })
  expect(manifest.user_config).toEqual({
    root: {type: 'directory', title: 'Root', description: 'The value of --root', required: true},
    region: {type: 'string', title: 'Region', description: 'Where the data are', required: true},
    config: {type: 'file', title: 'Config', description: 'An argument of the server', required: true},
    config_2: {type: 'file', title: 'Config', description: 'An argument of the server', required: true},
    retries: {type: 'number', title: 'Retries', description: 'The value of --retries', required: true},
    api_key: {
      type: 'string',
      title: 'API key',
      description: 'The environment variable API_KEY of the server',
      required: true,
      sensitive: true,
    },
    database_url: expect.objectContaining({type: 'directory'}),
  })
})

// https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json, PositionalArgument and NamedArgument
const serverJson = JSON.stringify({
  packages: [
    {
      registryType: 'oci',
      identifier: 'ghcr.io/o/demo',
      packageArguments: [{type: 'positional', value: '/config.yaml'}],
      environmentVariables: [{name: 'ONLY_IN_THE_CONTAINER', value: '1'}],
    },
    {
      registryType: 'npm',
      identifier: '@o/demo',
      packageArguments: [
        {type: 'positional', value: '--stdio'},
        {type: 'named', name: '--read-only', isRequired: true},
        {type: 'named', name: '--level', isRequired: true, choices: ['low', 'high'], description: 'How much'},
        {type: 'named', name: '--optional', placeholder: 'x'},
        {type: 'positional', value: '--data={data_dir}', variables: {data_dir: {format: 'filepath', isRequired: true}}},
        {type: 'positional', valueHint: 'folders', format: 'filepath', isRequired: true, isRepeated: true},
      ],
      environmentVariables: [
        {name: 'API_KEY', description: 'The key', isRequired: true, isSecret: true, default: 'never shown'},
        {name: 'BASE_URL', default: 'https://example.org'},
        {name: 'MODE', value: 'fixed'},
        {name: 'RETRIES', format: 'number', default: '3'},
        {name: 'WORKERS', format: 'number'},
        {name: 'VERBOSE', format: 'boolean'},
        {name: 'CERTIFICATE', format: 'filepath'},
        {name: 'REGION'},
        {name: 'TOKEN', isSecret: true},
      ],
    },
  ],
})
const npm = {registryType: 'npm', name: '@o/demo', command: 'demo'} as const

test('without a plan a manifest has what server.json says of the package that the bundle is made of', () => {
  const manifest = generated(serverJsonStart(serverJson, npm))
  expect(manifest.server.mcp_config?.args).toEqual([
    '${__dirname}/cli.js',
    '--stdio',
    '--read-only',
    '--level',
    '${user_config.level}',
    '--data=${user_config.data_dir}',
    '${user_config.folders}',
  ])
  expect(manifest.server.mcp_config?.env).toEqual({
    API_KEY: '${user_config.api_key}',
    BASE_URL: '${user_config.base_url}',
    MODE: 'fixed',
    RETRIES: '${user_config.retries}',
    VERBOSE: '${user_config.verbose}',
    CERTIFICATE: '${user_config.certificate}',
    REGION: '${user_config.region}',
    TOKEN: '${user_config.token}',
  })
  expect(manifest.user_config).toMatchObject({
    level: {type: 'string', description: 'How much (low, high)', required: true},
    data_dir: {type: 'directory', required: true},
    folders: {type: 'directory', required: true, multiple: true},
    api_key: {type: 'string', title: 'API key', description: 'The key', required: true, sensitive: true},
    base_url: {type: 'string', title: 'Base URL', required: false, default: 'https://example.org'},
    retries: {type: 'number', default: 3},
    verbose: {type: 'boolean', required: false, default: false},
    certificate: {type: 'file', default: ''},
    region: {type: 'string', default: ''},
    token: {type: 'string', required: false, sensitive: true, default: ''},
  })
  expect(manifest.user_config?.['api_key']).not.toHaveProperty('default')
})

test('the entry of the bundle itself wins, and that of another package is not for it', () => {
  const own = {registryType: 'mcpb', identifier: 'https://github.com/o/demo/releases/download/v1/demo_1.0.0.mcpb'}
  const packages = [
    {registryType: 'oci', identifier: 'ghcr.io/o/demo', packageArguments: [{type: 'positional', value: 'oci'}]},
    {...own, packageArguments: [{type: 'positional', value: 'mcpb'}]},
    {registryType: 'pypi', identifier: 'Demo_Server', packageArguments: [{type: 'positional', value: 'pypi'}]},
  ]
  const of = (some: readonly object[], more: object = {}) =>
    serverJsonStart(JSON.stringify({packages: some}), {...npm, ...more}).args
  expect(of(packages)).toEqual(['mcpb'])
  expect(of(packages.slice(2), {registryType: 'pypi', name: 'demo-server'})).toEqual(['pypi'])
  expect(of(packages.slice(0, 1))).toEqual([])
  expect(serverJsonStart('{', npm)).toEqual(plainStart)
})

test('a recipe is completed by the optional variables of server.json, and not by its arguments', () => {
  const start = withVariablesOf(recipeStart(recipe), serverJsonStart(serverJson, npm))
  expect(start.args).toEqual(recipeStart(recipe).args)
  expect(start.env).toMatchObject({API_KEY: '${user_config.api_key}', BASE_URL: '${user_config.base_url}'})
  // --region and REGION are two questions; the variable must not get the answer of the flag.
  expect(start.env).not.toHaveProperty('REGION')
  expect(start.options).toHaveProperty('base_url')
  generated(start)
})
