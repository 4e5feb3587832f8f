import {expect, test} from '@jest/globals'
import type {ArchiveFile} from '@mcp-release/archives'
import type {Bundle} from './bundle'
import {bundleFindings} from './findings'
import type {BundleManifest} from './manifest-schema'

const file = (name: string, content: Uint8Array | string = ''): ArchiveFile => ({
  name,
  mode: 0o644,
  content: typeof content === 'string' ? Buffer.from(content) : content,
})

/** The first bytes of an ELF executable or library for Linux. */
function elf(machine: number): Uint8Array {
  const bytes = Buffer.alloc(64)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])
  bytes.writeUInt16LE(3, 16)
  bytes.writeUInt16LE(machine, 18)
  return bytes
}

function png(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(33)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

const node: BundleManifest = {
  manifest_version: '0.3',
  name: 'demo',
  version: '1.0.0',
  description: 'd',
  author: {name: 'a'},
  server: {type: 'node', entry_point: 'index.js', mcp_config: {command: 'node', args: ['${__dirname}/index.js']}},
}
const good: Bundle = {name: 'demo.mcpb', manifest: node, files: [file('index.js')]}
const config = (mcp_config: object): Bundle => ({
  ...good,
  manifest: {
    ...node,
    server: {...node.server, mcp_config: {command: 'node', ...mcp_config}},
  },
})
const manifest = (fields: object, files: readonly ArchiveFile[] = []): Bundle => ({
  ...good,
  manifest: {...node, ...fields},
  files: [...good.files, ...files],
})
const binary = (fields: Partial<Bundle>, more: object = {}): Bundle => ({
  name: 'demo.mcpb',
  manifest: {
    ...node,
    ...more,
    server: {type: 'binary', entry_point: 'server/demo', mcp_config: {command: '${__dirname}/server/demo'}},
  },
  files: [file('server/demo', elf(62))],
  ...fields,
})
const uv = (files: readonly ArchiveFile[]): Bundle => ({
  ...good,
  manifest: {...node, manifest_version: '0.4', server: {type: 'uv', entry_point: 'index.js'}},
  files: [...good.files, ...files],
})
const text = {title: 't', description: 'd'}

test('a bundle without a fault', () => {
  expect(bundleFindings(good)).toEqual([])
  expect(bundleFindings(binary({platform: 'linux/amd64'}))).toEqual([])
  expect(bundleFindings(binary({}, {compatibility: {platforms: ['linux']}}))).toEqual([])
  expect(bundleFindings(uv([file('pyproject.toml')]))).toEqual([])
  expect(bundleFindings(manifest({icon: './icon.png'}, [file('icon.png', png(512, 512))]))).toEqual([])
})

test.each<readonly [string, Bundle, readonly string[]]>([
  [
    'a version that is none',
    manifest({version: '1.0'}),
    ['error demo.mcpb: manifest.json: version: "1.0" is not a SemVer'],
  ],
  [
    'an entry that is not there',
    {...good, files: [file('other.js')]},
    [
      'error demo.mcpb: manifest.json: server.entry_point: "index.js" is not in',
      'error demo.mcpb: manifest.json: mcp_config.args: "${__dirname}/index.js" is not in',
    ],
  ],
  [
    'a command of one machine',
    config({command: '/usr/bin/node'}),
    ['error demo.mcpb: manifest.json: mcp_config.command: "/usr/bin/node" is a path of one machine'],
  ],
  [
    'a command that is fetched',
    config({command: 'npx'}),
    ['warning demo.mcpb: manifest.json: mcp_config.command: "npx" fetches the server'],
  ],
  [
    'a command that users must have',
    config({command: 'deno'}),
    ['warning demo.mcpb: manifest.json: mcp_config.command: "deno" has to be installed'],
  ],
  [
    'a folder that the server makes',
    config({args: ['${__dirname}/data']}),
    ['warning demo.mcpb: manifest.json: mcp_config.args: "${__dirname}/data" is not in'],
  ],
  [
    'a variable that nobody knows',
    config({env: {A: '${APPDATA}'}}),
    ['error demo.mcpb: manifest.json: no client replaces ${APPDATA}'],
  ],
  [
    'an option that nobody declared',
    config({env: {A: '${user_config.key}'}}),
    ['error demo.mcpb: manifest.json: ${user_config.key} is used, but user_config has no key'],
  ],
  [
    'an option that nobody uses',
    manifest({user_config: {key: {type: 'string', ...text}}}),
    ['warning demo.mcpb: manifest.json: user_config.key is asked for'],
  ],
  [
    'a command that is not in the bundle',
    binary({files: [file('server/other', elf(62))]}, {compatibility: {platforms: ['linux']}}),
    [
      'error demo.mcpb: manifest.json: server.entry_point: "server/demo" is not in',
      'error demo.mcpb: manifest.json: mcp_config.command: "${__dirname}/server/demo" is not in',
    ],
  ],
  [
    'a binary for another processor',
    binary({platform: 'linux/arm64'}),
    [
      'error demo.mcpb: manifest.json: mcp_config.command: "${__dirname}/server/demo" is made for linux/amd64, the bundle for linux/arm64',
    ],
  ],
  [
    'a binary for one system in a bundle for two',
    binary({}, {compatibility: {platforms: ['linux', 'darwin']}}),
    [
      'error demo.mcpb: manifest.json: mcp_config.command: "${__dirname}/server/demo" is made for linux/amd64, but the manifest says that the bundle runs on darwin',
    ],
  ],
  [
    'an icon that is not there',
    manifest({icon: 'icon.png'}),
    ['error demo.mcpb: manifest.json: icon: "icon.png" is not in'],
  ],
  [
    'an icon that is not a PNG',
    manifest({icon: 'icon.png'}, [file('icon.png', 'GIF89a')]),
    ['error demo.mcpb: manifest.json: icon: "icon.png" is not a PNG'],
  ],
  [
    'an icon that is not square',
    manifest({icon: 'icon.png'}, [file('icon.png', png(512, 256))]),
    ['error demo.mcpb: manifest.json: icon: "icon.png" has 512x256 pixels; an icon is square'],
  ],
  [
    'a small icon',
    manifest({icon: 'icon.png'}, [file('icon.png', png(16, 16))]),
    ['warning demo.mcpb: manifest.json: icon: "icon.png" has only 16x16'],
  ],
  [
    'an icon with another size',
    manifest({icons: [{src: 'i.png', size: '32x32'}]}, [file('i.png', png(16, 16))]),
    ['error demo.mcpb: manifest.json: icons[0].src: "i.png" has 16x16 pixels, but size says 32x32'],
  ],
  [
    'an icon on the web',
    manifest({icon: 'https://example.org/i.png'}),
    ['warning demo.mcpb: manifest.json: icon: "https://example.org/i.png" is on the web'],
  ],
  [
    'compiled parts for one platform',
    manifest({}, [file('node_modules/x/x.node', elf(62))]),
    ['error demo.mcpb: holds compiled parts for linux/amd64 only (node_modules/x/x.node)'],
  ],
  ['a secret', manifest({}, [file('.npmrc', '//r/:_authToken=abc')]), ['error demo.mcpb: .npmrc holds a credential']],
  [
    'dependencies that are not there',
    manifest({}, [file('package.json', '{"dependencies": {"zod": "4"}}')]),
    ['warning demo.mcpb: package.json has dependencies that are not in node_modules: zod'],
  ],
  ['uv without pyproject.toml', uv([]), ['error demo.mcpb: has no pyproject.toml']],
  [
    'uv with dependencies inside',
    uv([file('pyproject.toml'), file('server/lib/x.py')]),
    ['error demo.mcpb: holds server/lib/x.py'],
  ],
])('%s is found', (_, bundle, expected) => {
  const found = bundleFindings(bundle).map(({level, text: said}) => `${level} ${said}`)
  expect(found).toHaveLength(expected.length)
  for (const [at, start] of expected.entries()) expect(found[at]).toContain(start)
})

test('a sensitive option is for env, and has no default', () => {
  const options = {user_config: {key: {type: 'string', ...text, sensitive: true, default: 'abc'}}}
  const bundle = config({args: ['${__dirname}/index.js', '${user_config.key}']})
  const found = bundleFindings({...bundle, manifest: {...bundle.manifest, ...options} as BundleManifest})
  expect(found.map(({level}) => level)).toEqual(['warning', 'error'])
})

// The input `targets` of a release is for Go and Rust.
test('compiled parts for one platform are told with what helps in a release and what the action alone can do', () => {
  const [finding] = bundleFindings(manifest({}, [file('node_modules/x/x.node', elf(62))]))
  expect(finding?.text.split('\n').slice(1)).toEqual([
    'Use a dependency without compiled parts, or make no bundle: in a release with bundles: never in .github/mcp-release.yml. The action mcpb-bundle alone makes one for each platform that its input targets names.',
  ])
})
