import {McpbManifestSchema as official01} from '@anthropic-ai/mcpb/schemas/0.1'
import {McpbManifestSchema as official02} from '@anthropic-ai/mcpb/schemas/0.2'
import {McpbManifestSchema as official03} from '@anthropic-ai/mcpb/schemas/0.3'
import {McpbManifestSchema as official04} from '@anthropic-ai/mcpb/schemas/0.4'
import {expect, test} from '@jest/globals'
import {isBundleManifest, parseManifest} from './manifest-schema'

const official = {'0.1': official01, '0.2': official02, '0.3': official03, '0.4': official04}
const server = {type: 'node', entry_point: 'server/index.js', mcp_config: {command: 'node'}}
const minimal = {name: 'demo', version: '1.0.0', description: 'A demo', author: {name: 'A'}, server}
const option = {type: 'string', title: 'Key', description: 'The key'}
const full = {
  $schema: 'https://example.org/schema.json',
  display_name: 'Demo',
  long_description: 'Long',
  repository: {type: 'git', url: 'https://example.org/r'},
  homepage: 'https://example.org',
  documentation: 'https://example.org/docs',
  support: 'https://example.org/issues',
  icon: 'icon.png',
  screenshots: ['a.png'],
  tools: [{name: 'a', description: 'b'}, {name: 'c'}],
  tools_generated: true,
  prompts: [{name: 'p', arguments: ['x'], text: 'Say ${arguments.x}'}],
  prompts_generated: false,
  keywords: ['a'],
  license: 'MIT',
  privacy_policies: ['https://example.org/privacy'],
  compatibility: {claude_desktop: '>=1.0.0', platforms: ['darwin', 'win32', 'linux'], runtimes: {node: '>=20'}},
  user_config: {key: {...option, sensitive: true, required: true}, many: {...option, multiple: true, default: ['a']}},
}
const since03 = {
  icons: [{src: 'icon.png', size: '16x16', theme: 'dark'}],
  localization: {resources: 'l/${locale}.json', default_locale: 'en-US'},
  _meta: {'com.example': {a: 1}},
}
const uv = {type: 'uv', entry_point: 'src/server.py', mcp_config: {command: 'uv', args: ['run', 'src/server.py']}}

const manifests: readonly (readonly [string, object])[] = [
  ['only what is required', minimal],
  ['everything of 0.2', {...minimal, ...full}],
  ['icons, localization and _meta', {...minimal, ...since03}],
  ['the type uv', {...minimal, server: uv}],
  ['an unknown key', {...minimal, colour: 'red'}],
  ['an unknown key of the server', {...minimal, server: {...server, port: 1}}],
  ['an unknown type', {...minimal, server: {...server, type: 'java'}}],
  ['no author', {...minimal, author: undefined}],
  ['an address that is none', {...minimal, author: {name: 'A', email: 'nobody'}}],
  ['a URL that is none', {...minimal, homepage: 'example'}],
  ['a URL with a host in another script', {...minimal, homepage: 'https://ä.example'}],
  ['an empty name', {...minimal, name: '', description: ''}],
  ['another old version', {...minimal, dxt_version: '0.5'}],
  ['a system that is none', {...minimal, compatibility: {platforms: ['windows']}}],
  ['a number as a variable', {...minimal, server: {...server, mcp_config: {command: 'node', env: {A: 1}}}}],
  [
    'an override',
    {...minimal, server: {...server, mcp_config: {command: 'a', platform_overrides: {win32: {command: 'b'}}}}},
  ],
  [
    'an override with more',
    {...minimal, server: {...server, mcp_config: {command: 'a', platform_overrides: {win32: {cwd: 'b'}}}}},
  ],
  ['an option without a title', {...minimal, user_config: {key: {type: 'string', description: 'd'}}}],
  ['an icon without a size', {...minimal, icons: [{src: 'a.png'}]}],
]
const table = manifests.flatMap(([what, manifest]) =>
  (['0.1', '0.2', '0.3', '0.4'] as const).map(version => [what, version, manifest] as const),
)

test.each(table)(
  'a manifest with %s is judged in version %s as the official validator judges it',
  (_, version, manifest) => {
    const given = {manifest_version: version, ...manifest}
    const text = JSON.stringify(given)
    if (official[version].safeParse(JSON.parse(text)).success)
      expect(parseManifest('manifest.json', text)).toEqual(JSON.parse(text))
    else expect(() => parseManifest('manifest.json', text)).toThrow('manifest.json: ')
  },
)

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md: "dxt_version" is the deprecated name
test.each(['0.1', '0.2'] as const)('a manifest of version %s may have the old name of its version', version => {
  const given = {dxt_version: version, ...minimal}
  expect(official[version].safeParse(given).success).toBe(true)
  expect(parseManifest('manifest.json', JSON.stringify(given))).toEqual({manifest_version: version, ...minimal})
})

test('every problem of a manifest is told, each with its place', () => {
  const text = JSON.stringify({manifest_version: '0.3', ...minimal, author: {}, homepage: 'x', colour: 'red'})
  expect(() => parseManifest('mcpb/manifest.json', text)).toThrow(
    /mcpb\/manifest\.json: author\.name: .*\n.*homepage: .*\n.*\(root\): Unrecognized key: "colour"/s,
  )
})

test.each([
  [{}, 'manifest_version: is missing; it is one of 0.1, 0.2, 0.3, 0.4'],
  [{manifest_version: '0.9'}, 'manifest_version: "0.9" is not known'],
  [{dxt_version: '0.0.1'}, 'manifest_version: "0.0.1" is not known'],
])('%j says no version that is known', (manifest, message) => {
  expect(() => parseManifest('manifest.json', JSON.stringify(manifest))).toThrow(message)
})

test('the manifest of a web page or a browser extension is not that of a bundle', () => {
  expect(isBundleManifest('{"name": "App", "icons": []}')).toBe(false)
  expect(isBundleManifest('{"manifest_version": 3, "name": "Extension"}')).toBe(false)
  expect(isBundleManifest('{')).toBe(false)
  expect(isBundleManifest(JSON.stringify({manifest_version: '0.3', ...minimal}))).toBe(true)
})
