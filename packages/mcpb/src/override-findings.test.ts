import {expect, test} from '@jest/globals'
import {bundleFindings} from './findings'
import {generateManifest} from './generation'
import type {BundleManifest, McpConfig} from './manifest-schema'
import {stampManifest} from './stamp'

// Clients take what a system has of its own in place of the rest, each of command, args and env as a whole:
// https://github.com/modelcontextprotocol/mcpb/blob/main/src/shared/config.ts
const option = {type: 'string', title: 't', description: 'd'} as const
const main = '${__dirname}/index.js'
const base: McpConfig = {
  command: 'node',
  args: [main, '${user_config.region}'],
  env: {KEY: '${user_config.key}', MODE: 'x'},
}
const manifestOf = (mcp_config: McpConfig, fields: Partial<BundleManifest> = {}): BundleManifest => ({
  manifest_version: '0.3',
  name: 'demo',
  version: '1.0.0',
  description: 'd',
  author: {name: 'a'},
  server: {type: 'node', entry_point: 'index.js', mcp_config},
  user_config: {key: {...option, sensitive: true}, region: option},
  ...fields,
})
const found = (overrides: NonNullable<McpConfig['platform_overrides']>, fields: Partial<BundleManifest> = {}) =>
  bundleFindings({
    name: 'demo.mcpb',
    manifest: manifestOf({...base, platform_overrides: overrides}, fields),
    files: [{name: 'index.js', mode: 0o644, content: Buffer.from('')}],
  }).map(({level, text}) => `${level} ${text.replace('demo.mcpb: manifest.json: ', '')}`)

const whole = {args: [main, '--windows', '${user_config.region}'], env: {KEY: '${user_config.key}', MODE: 'y'}}

test.each<readonly [string, Parameters<typeof found>, readonly string[]]>([
  ['all that the others have', [{win32: whole}], []],
  ['only another command', [{win32: {command: 'node'}}], []],
  [
    'its own arguments alone, as if they were added',
    [{win32: {args: ['--windows']}}],
    [
      'warning user_config.region is asked for, but not used on win32, where platform_overrides takes the place of all arguments',
      'error mcp_config.platform_overrides.win32.args takes the place of all arguments, and names no file of the bundle',
    ],
  ],
  [
    'its own variables alone, as if they were added',
    [{win32: {env: {PATHEXT: '.EXE'}}, darwin: {}}],
    [
      'warning user_config.key is asked for, but not used on win32',
      'warning mcp_config.platform_overrides.win32.env takes the place of all variables, so that KEY, MODE is not set there',
    ],
  ],
  [
    'a name that no client looks for',
    [{windows: whole}],
    ['warning mcp_config.platform_overrides: no client looks for "windows"'],
  ],
  ['faults where the bundle does not run', [{win32: {args: ['${NONE}']}}, {compatibility: {platforms: ['linux']}}], []],
  [
    'a secret as an argument',
    [{win32: {...whole, args: [main, '${user_config.region}', '${user_config.key}']}}],
    ['warning user_config.key is sensitive, but an argument'],
  ],
  [
    'a file that is not there',
    [{win32: {...whole, args: ['${__dirname}/win.js', '${user_config.region}']}}],
    [
      'error mcp_config.args: "${__dirname}/win.js" is not in the bundle',
      'error mcp_config.platform_overrides.win32.args takes the place of all arguments',
    ],
  ],
])('a system with %s', (_, given, expected) => {
  const texts = found(...given)
  expect(texts).toHaveLength(expected.length)
  for (const [at, start] of expected.entries()) expect(texts[at]).toContain(start)
})

test('what a release adds is added for each system that has its own', () => {
  const overrides = {win32: {command: 'python', env: {A: '1'}}, darwin: {args: ['${__dirname}/mac.py']}}
  const start = {options: {}, args: ['--stdio'], env: {B: '2'}}
  const config = {command: 'python3', args: ['${__dirname}/a.py'], platform_overrides: overrides}
  const server = {type: 'python', entryPoint: 'a.py', config} as const
  const metadata = {name: 'demo', description: 'd', author: {name: 'a'}}
  expect(generateManifest({server, version: '1.0.0', metadata, start}).server.mcp_config).toEqual({
    command: 'python3',
    args: ['${__dirname}/a.py', '--stdio'],
    env: {B: '2'},
    platform_overrides: {
      win32: {command: 'python', env: {A: '1', B: '2'}},
      darwin: {args: ['${__dirname}/mac.py', '--stdio']},
    },
  })
  const own = manifestOf(base, {server: {type: 'python', entry_point: 'a.py', mcp_config: config}})
  expect(stampManifest(own, {version: '1.0.0', libraries: '${__dirname}/lib'}).server.mcp_config).toEqual({
    ...config,
    env: {PYTHONPATH: '${__dirname}/lib'},
    platform_overrides: {...overrides, win32: {command: 'python', env: {PYTHONPATH: '${__dirname}/lib', A: '1'}}},
  })
})

test('the executable for Windows is the one that the author names for it', () => {
  const config = {command: '${__dirname}/bin/demo', platform_overrides: {win32: {command: '${__dirname}/start.cmd'}}}
  const own = manifestOf(base, {server: {type: 'binary', entry_point: 'bin/demo', mcp_config: config}})
  expect(stampManifest(own, {version: '1.0.0', windows: true}).server).toMatchObject({
    entry_point: 'bin/demo.exe',
    mcp_config: config,
  })
})
