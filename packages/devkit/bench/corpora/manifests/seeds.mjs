// @ts-check
// Manifests with everything that each version has, and values that are nearly right.

const server = {
  type: 'node',
  entry_point: 'server/index.js',
  mcp_config: {
    command: 'node',
    args: ['${__dirname}/server/index.js', '${user_config.key}'],
    env: {KEY: '${user_config.key}'},
    platform_overrides: {win32: {command: 'node.exe', args: ['a'], env: {A: 'b'}}, darwin: {}},
  },
}
const option = {type: 'string', title: 'Key', description: 'The key'}
const full = {
  $schema: 'https://example.org/schema.json',
  name: 'demo',
  display_name: 'Demo',
  version: '1.0.0',
  description: 'A demo',
  long_description: 'Long',
  author: {name: 'A', email: 'a@example.org', url: 'https://example.org'},
  repository: {type: 'git', url: 'https://example.org/r'},
  homepage: 'https://example.org',
  documentation: 'https://example.org/docs',
  support: 'https://example.org/issues',
  icon: 'icon.png',
  screenshots: ['a.png'],
  server,
  tools: [{name: 'a', description: 'b'}, {name: 'c'}],
  tools_generated: true,
  prompts: [{name: 'p', description: 'd', arguments: ['x'], text: 'Say ${arguments.x}'}],
  prompts_generated: false,
  keywords: ['a'],
  license: 'MIT',
  compatibility: {
    claude_desktop: '>=1.0.0',
    platforms: ['darwin', 'win32', 'linux'],
    runtimes: {node: '>=20', python: '>=3.10'},
  },
  user_config: {
    key: {...option, sensitive: true, required: true, default: 'x'},
    many: {...option, type: 'directory', multiple: true, default: ['a']},
    count: {...option, type: 'number', min: 1, max: 9, default: 2},
    on: {...option, type: 'boolean', default: true},
  },
}
const since02 = {privacy_policies: ['https://example.org/privacy']}
const since03 = {
  icons: [{src: 'icon.png', size: '16x16', theme: 'dark'}],
  localization: {resources: 'l/${locale}.json', default_locale: 'en-US'},
  _meta: {'com.example': {a: 1}},
}
const uv = {type: 'uv', entry_point: 'src/server.py', mcp_config: {command: 'uv', args: ['run', 'src/server.py']}}

/** @type {readonly object[]} */
export const seeds = ['0.1', '0.2', '0.3', '0.4'].flatMap(version =>
  [{manifest_version: version}, {dxt_version: version}, {manifest_version: version, dxt_version: version}].flatMap(
    said => [
      {...said, name: 'demo', version: '1.0.0', description: 'd', author: {name: 'a'}, server},
      {...said, ...full, ...(version === '0.1' ? {} : since02), ...(version < '0.3' ? {} : since03)},
      {...said, ...full, server: {...server, type: 'python'}},
      {...said, ...full, server: uv},
    ],
  ),
)

/** @type {readonly unknown[]} */
export const values = [
  ...[
    '',
    'x',
    ' ',
    '0.1',
    '0.2',
    '0.3',
    '0.4',
    '0.9',
    '1',
    'node',
    'uv',
    'binary',
    'rust',
    'linux',
    'windows',
    'string',
    'file',
    'integer',
  ],
  ...[
    'http://a',
    'https://',
    'https:/a',
    'a.b',
    'mailto:a@b',
    'file:///a',
    'ftp://a/b',
    '//a',
    'http://[::1]:80/',
    'https://ä.example',
    'git@a:b.git',
  ],
  ...['a@b', 'a@b.c', 'a@b.co', 'a.b+c@d.example', 'a b@c.de', '.a@b.de', 'a..b@c.de', "o'neil@b.de", '"a"@b.de'],
  ...[
    '16x16',
    '16X16',
    'x',
    '1x',
    '16x16 ',
    'l/${LOCALE}.json',
    'l/locale.json',
    'e',
    'en',
    'en_US',
    'zh-Hans-CN',
    'en-',
    'abcdefghi',
  ],
  ...[
    0,
    1,
    -1,
    1.5,
    true,
    false,
    null,
    [],
    {},
    ['x'],
    [1],
    [null],
    {x: 'y'},
    {x: 1},
    {x: {}},
    {name: 'x'},
    {name: 'x', text: 'y'},
  ],
]
