import {expect, test} from '@jest/globals'
import {plainStart} from './bundle-start'
import {generateManifest} from './generation'
import {mergeMetadata, npmMetadata, serverJsonMetadata} from './metadata'
import {parseManifest} from './manifest-schema'
import {pythonMetadata} from './python-metadata'
import {serverJsonStart} from './server-json-start'
import {stampManifest} from './stamp'

test('a package.json', () => {
  const fields = {
    name: '@scope/demo',
    version: '1.2.3',
    description: ' A demo ',
    author: 'Ada L. <ada@example.org> (https://example.org)',
    repository: {url: 'git+ssh://git@github.com/o/r.git'},
    bugs: 'https://github.com/o/r/issues',
    homepage: 'no url',
    license: 'MIT',
    keywords: ['a', 1],
  }
  expect(npmMetadata(fields)).toEqual({
    name: 'demo',
    version: '1.2.3',
    description: 'A demo',
    author: {name: 'Ada L.', email: 'ada@example.org', url: 'https://example.org'},
    repository: 'https://github.com/o/r',
    support: 'https://github.com/o/r/issues',
    license: 'MIT',
    keywords: ['a'],
  })
})

test.each([
  ['o/r', 'https://github.com/o/r'],
  ['gitlab:o/r', 'https://gitlab.com/o/r'],
  ['git@github.com:o/r.git', 'https://github.com/o/r'],
  ['git://github.com/o/r.git', 'https://github.com/o/r'],
  ['file:///x', undefined],
])('the repository %s', (repository, expected) => {
  expect(npmMetadata({repository}).repository).toBe(expected)
})

test('the METADATA of a wheel', () => {
  const text = [
    'Metadata-Version: 2.4',
    'Name: demo',
    'Version: 1.2.3',
    'Summary: A demo',
    'Author-email: "Ada L." <ada@example.org>, Other <o@example.org>',
    'Project-URL: Source, https://github.com/o/r.git',
    'Project-URL: Bug Tracker, https://github.com/o/r/issues',
    'License-Expression: MIT',
    'Keywords: a,b',
    '',
    'Name: not this',
  ].join('\r\n')
  expect(pythonMetadata(text)).toEqual({
    name: 'demo',
    version: '1.2.3',
    description: 'A demo',
    author: {name: 'Ada L.', email: 'ada@example.org'},
    repository: 'https://github.com/o/r',
    support: 'https://github.com/o/r/issues',
    license: 'MIT',
    keywords: ['a', 'b'],
  })
})

const serverJson = JSON.stringify({
  name: 'io.github.Owner/demo',
  title: 'Demo',
  description: 'From server.json',
  packages: [
    {
      registryType: 'npm',
      identifier: 'demo',
      environmentVariables: [{name: 'API_KEY', description: 'The key', isRequired: true, isSecret: true}],
    },
  ],
})

const server = {type: 'node', entryPoint: 'cli.js', config: {command: 'node', args: ['${__dirname}/cli.js']}} as const

test('a manifest is generated from the package first, then from server.json', () => {
  const metadata = mergeMetadata([{name: 'demo', description: 'From the package'}, serverJsonMetadata(serverJson)])
  const manifest = generateManifest({
    server: {...server, config: {...server.config, args: [...server.config.args]}},
    version: '1.2.3',
    metadata,
    start: serverJsonStart(serverJson, {registryType: 'npm', name: 'demo', command: 'demo'}),
    icon: 'icon.png',
    systems: ['linux'],
    runtimes: {node: '>=20'},
    tools: [{name: 'a'}, {name: 'b', description: 'B'}],
  })
  expect(manifest).toMatchObject({
    manifest_version: '0.3',
    display_name: 'Demo',
    description: 'From the package',
    author: {name: 'Owner'},
    server: {mcp_config: {env: {API_KEY: '${user_config.api_key}'}}},
    tools: [{name: 'a'}, {name: 'b', description: 'B'}],
    compatibility: {platforms: ['linux'], runtimes: {node: '>=20'}},
  })
  expect(parseManifest('manifest.json', JSON.stringify(manifest))).toEqual(manifest)
})

test('what cannot be generated is told at once, with the remedy', () => {
  const facts = {server: {...server, config: {command: 'node'}}, version: '1.0.0', start: plainStart}
  expect(() => generateManifest({...facts, metadata: {}})).toThrow(/no name.*no description.*no author/s)
})

test('only what the release decides is stamped into the manifest of the author', () => {
  const own = parseManifest(
    'manifest.json',
    JSON.stringify({
      manifest_version: '0.2',
      name: 'My Demo',
      version: '0.0.0',
      description: 'd',
      author: {name: 'a'},
      server: {
        type: 'binary',
        entry_point: 'bin/demo',
        mcp_config: {command: '${__dirname}/bin/demo', args: ['--stdio']},
      },
      tools: [{name: 'mine'}],
      compatibility: {claude_desktop: '>=1.0.0'},
    }),
  )
  expect(stampManifest(own, {version: '1.2.3', systems: ['win32'], windows: true, tools: [{name: 'other'}]})).toEqual({
    ...own,
    manifest_version: '0.3',
    version: '1.2.3',
    server: {
      type: 'binary',
      entry_point: 'bin/demo.exe',
      mcp_config: {command: '${__dirname}/bin/demo.exe', args: ['--stdio']},
    },
    compatibility: {claude_desktop: '>=1.0.0', platforms: ['win32']},
  })
  expect(stampManifest(own, {version: '1.2.3'})).toEqual({...own, manifest_version: '0.3', version: '1.2.3'})
})
