import {expect, test} from '@jest/globals'
import type {StartRecipe} from '@mcp-release/release-model'
import {startRecipes} from './start-recipes'
import type {StartTarget} from './target'

const npm: StartTarget = {
  ecosystem: 'npm',
  name: '@octo/notes-mcp',
  path: '.',
  executables: ['notes-mcp'],
  entries: ['dist/index.js'],
  alone: true,
}
const python: StartTarget = {
  ecosystem: 'pypi',
  name: 'notes-mcp',
  path: '.',
  executables: ['notes-mcp'],
  entries: ['notes_mcp.server'],
  alone: true,
}
const go: StartTarget = {
  ecosystem: 'go',
  name: 'notes-mcp',
  path: '.',
  executables: ['notes-mcp'],
  importPath: 'example.com/octo/notes-mcp',
  alone: true,
}
const cargo: StartTarget = {ecosystem: 'cargo', name: 'notes-mcp', path: '.', executables: ['notes-mcp'], alone: true}
const image: StartTarget = {ecosystem: 'oci', name: 'notes-mcp', path: '.', executables: [], alone: true}

const fence = (language: string, text: string) => `# Notes\n\n\`\`\`${language}\n${text}\n\`\`\`\n`
const words = ({args}: StartRecipe) =>
  args.map(({value, origin}) => (origin === 'asked' ? `?${value}` : value)).join(' ')
const first = (target: StartTarget, readme: string) => {
  const [recipe] = startRecipes(target, {'README.md': readme})
  return recipe === undefined ? '' : words(recipe)
}
const client = (command: string, args: readonly string[], more = {}) =>
  fence('json', JSON.stringify({mcpServers: {notes: {command, args, ...more}}}, undefined, 2))

// The ways in which clients and READMEs start servers; each of another real one's shape.
test.each<[StartTarget, string, readonly string[], string]>([
  [npm, 'npx', ['-y', '@octo/notes-mcp@latest', '/path/to/notes'], '?${folder}'],
  [npm, 'npx', ['-y', '-p', '@octo/notes-mcp', 'notes-mcp', '--stdio'], '--stdio'],
  [npm, 'cmd', ['/c', 'npx', '-y', '@octo/notes-mcp', 'C:\\Users\\you\\notes'], '?${folder}'],
  [npm, 'bunx', ['@octo/notes-mcp', '--read-only'], '--read-only'],
  [npm, 'pnpm', ['dlx', '@octo/notes-mcp', 'stdio'], 'stdio'],
  [npm, 'deno', ['run', '-A', 'npm:@octo/notes-mcp@1', 'stdio'], 'stdio'],
  [npm, 'node', ['/absolute/path/to/notes-mcp/dist/index.js', '--vault', '~/notes'], '--vault ?${folder}'],
  [npm, 'bash', ['-c', 'npx -y @octo/notes-mcp stdio'], 'stdio'],
  [npm, 'wsl', ['npx', '@octo/notes-mcp', 'stdio'], 'stdio'],
  [python, 'uvx', ['notes-mcp@latest', '--db-path', '~/test.db'], '--db-path ?${file}'],
  [python, 'uvx', ['--from', 'git+https://example.com/octo/notes', 'notes-mcp', 'stdio'], 'stdio'],
  [python, 'uvx', ['--python', '3.12', 'notes_mcp[cli]>=1', 'serve'], 'serve'],
  [python, 'uv', ['--directory', '/path/to/notes', 'run', 'notes-mcp', '--api-key=<your-key>'], '?--api-key=dummy'],
  [python, 'uv', ['run', '--directory', '/x', 'python', '-m', 'notes_mcp.server', '-v'], '-v'],
  [python, '/x/.venv/bin/python3.12', ['-u', '-m', 'notes_mcp', 'stdio'], 'stdio'],
  [python, 'pipx', ['run', 'notes-mcp', 'stdio'], 'stdio'],
  [go, '/path/to/notes-mcp', ['stdio'], 'stdio'],
  [go, 'C:\\tools\\notes-mcp.exe', ['stdio'], 'stdio'],
  [go, '${workspaceFolder}/bin/notes-mcp-darwin-arm64', ['stdio'], 'stdio'],
  [go, 'go', ['run', 'example.com/octo/notes-mcp@latest', 'stdio'], 'stdio'],
  [go, 'docker', ['run', '-i', '--rm', '-e', 'TOKEN', 'ghcr.io/octo/notes-mcp:1', 'stdio'], 'stdio'],
  [cargo, 'cargo', ['run', '--release', '--bin', 'notes-mcp', '--', '--stdio'], '--stdio'],
  [cargo, './target/release/notes-mcp', ['--stdio'], '--stdio'],
  [image, 'docker', ['run', '-i', '--rm', '-v', '/a:/b', 'ghcr.io/octo/notes-mcp', 'stdio'], 'stdio'],
  // Somebody else's server.
  [npm, 'npx', ['-y', 'mcp-remote', 'https://example.com'], ''],
  [python, 'uv', ['run', '-m', 'notes_mcp', '--verbose'], '--verbose'],
  [python, 'uvx', ['other-mcp', 'stdio'], ''],
  [go, 'docker', ['run', 'redis', 'stdio'], ''],
])('for %o, %s %j gives "%s"', (target, command, args, expected) => {
  expect(first(target, client(command, args))).toBe(expected)
})

test.each([
  ['claude mcp add notes -- npx -y @octo/notes-mcp stdio', 'stdio'],
  ['$ claude mcp add --scope user --transport stdio notes -e A=b -- npx -y @octo/notes-mcp stdio', 'stdio'],
  ['claude mcp add notes npx @octo/notes-mcp stdio', 'stdio'],
  [`claude mcp add-json notes '{"command":"npx","args":["@octo/notes-mcp","stdio"]}'`, 'stdio'],
  [`code --add-mcp '{"name":"notes","command":"npx","args":["@octo/notes-mcp","stdio"]}'`, 'stdio'],
  ['codex mcp add notes --env A=b -- npx -y @octo/notes-mcp stdio', 'stdio'],
  ['droid mcp add notes "npx -y @octo/notes-mcp stdio" --env A=b', 'stdio'],
  ['npx -y @octo/notes-mcp stdio', 'stdio'],
  ['NOTES=1 npx -y @octo/notes-mcp \\\n  --vault "$HOME/my notes"', '--vault ?${folder}'],
  ['npx @modelcontextprotocol/inspector npx @octo/notes-mcp stdio', 'stdio'],
  // What is typed once does not start the server.
  ['npx @octo/notes-mcp --help', ''],
  ['npx @octo/notes-mcp init', ''],
  ['npm install -g @octo/notes-mcp', ''],
])('the line %s gives "%s"', (line, expected) => {
  expect(first(npm, fence('bash', line))).toBe(expected)
})

test.each([
  [
    'jsonc',
    '{\n // yours\n "servers": {"notes": {"command": "npx", "args": ["-y", "@octo/notes-mcp", "stdio",],},}\n}',
  ],
  ['json', '"mcpServers": {\n  "notes": {"command": "npx", "args": ["-y", "@octo/notes-mcp", "stdio"]}\n}'],
  ['json', '{"mcp": {"servers": {"notes": {"command": "npx", "args": ["@octo/notes-mcp", "stdio"]}, ...}}}'],
  ['json', '{"mcpServers": {"notes": {"command": "npx", "args": ["@octo/notes-mcp", "stdio"]}}'],
  ['json', '{"context_servers": {"notes": {"command": {"path": "npx", "args": ["@octo/notes-mcp", "stdio"]}}}}'],
  ['json', '{"mcp": {"notes": {"type": "local", "command": ["npx", "@octo/notes-mcp", "stdio"]}}}'],
  ['toml', '[mcp_servers.notes]\ncommand = "npx"\nargs = ["@octo/notes-mcp", "stdio"]'],
  ['yaml', 'extensions:\n  notes:\n    type: stdio\n    cmd: npx\n    args: ["@octo/notes-mcp", "stdio"]'],
  ['', '{"mcpServers": {"notes": {"command": "npx @octo/notes-mcp stdio"}}}'],
])('a configuration in %s is read: %s', (language, text) => {
  expect(first(npm, fence(language, text))).toBe('stdio')
})

test('a configuration in a list, a quote, reStructuredText or an install link is read', () => {
  const json = '{"command": "npx", "args": ["@octo/notes-mcp", "stdio"]}'
  expect(first(npm, `1. Add:\n\n   ~~~json\n   ${json}\n   ~~~\n`)).toBe('stdio')
  expect(first(npm, `> \`\`\`json\n> ${json}\n> \`\`\`\n`)).toBe('stdio')
  const rst = startRecipes(npm, {'README.rst': `Use::\n\n    ${json}\n\nEnd\n`})
  expect(rst.map(words)).toEqual(['stdio', ''])
  const link = `https://vscode.dev/redirect/mcp/install?name=notes&config=${encodeURIComponent(json)}`
  expect(first(npm, `[Install](${link})`)).toBe('stdio')
  const cursor = `cursor://anysphere.cursor-deeplink/mcp/install?name=n&config=${Buffer.from(json).toString('base64')}`
  expect(first(npm, `[Install](${cursor})`)).toBe('stdio')
})

test('the plainest configuration of its own ecosystem is first, the others follow, the bare command is last', () => {
  const readme = [
    client('docker', ['run', '-i', '--rm', 'octo/notes-mcp', 'serve']),
    client('npx', ['-y', '@octo/notes-mcp', '--root', '/Users/you/x', '--transport', 'stdio']),
    client('npx', ['-y', '@octo/notes-mcp', '--transport', 'http', '--port', '3000']),
    client('npx', ['-y', '@octo/notes-mcp', '--stdio'], {env: {NOTES_API_KEY: 'abc', LOG_LEVEL: 'info'}}),
  ].join('\n')
  const recipes = startRecipes(npm, {'README.md': readme})
  expect(recipes.map(words)).toEqual([
    '--stdio',
    '--root ?${folder} --transport stdio',
    '--transport http --port ${port}',
    'serve',
    '',
  ])
  expect(recipes[0]).toEqual({
    args: [{value: '--stdio', origin: 'fixed'}],
    env: {
      NOTES_API_KEY: {value: 'dummy', origin: 'asked', name: 'NOTES_API_KEY', secret: true},
      LOG_LEVEL: {value: 'info', origin: 'fixed', name: 'LOG_LEVEL'},
    },
    transport: 'stdio',
    source: 'README.md, line 63',
  })
  expect(recipes[2]?.transport).toBe('http')
  expect(recipes.at(-1)?.source).toBe('the command notes-mcp; nothing says what it is given')
})

test("a question of VS Code's gives its answer a description and keeps it secret", () => {
  const json = {
    inputs: [{type: 'promptString', id: 'key', description: 'The key', password: true}],
    servers: {notes: {command: 'npx', args: ['@octo/notes-mcp'], env: {NOTES: '${input:key}'}}},
  }
  expect(startRecipes(npm, {'README.md': fence('json', JSON.stringify(json))})[0]?.env).toEqual({
    NOTES: {value: 'dummy', origin: 'asked', name: 'NOTES', description: 'The key', secret: true},
  })
})

// https://code.visualstudio.com/docs/reference/variables-reference#_input-variables
test("what a question of VS Code's proposes is the answer", () => {
  const json = {
    inputs: [
      {type: 'promptString', id: 'region', default: 'eu-1'},
      {type: 'pickString', id: 'mode', options: ['fast', 'slow']},
      {type: 'pickString', id: 'level', options: [{label: 'Low', value: 'low'}]},
      {type: 'promptString', id: 'vault', default: '/home/me/vault'},
    ],
    servers: {
      notes: {
        command: 'npx',
        args: ['@octo/notes-mcp', '${input:region}', '--mode=${input:mode}', '${input:level}', '${input:vault}'],
      },
    },
  }
  expect(first(npm, fence('json', JSON.stringify(json)))).toBe('?eu-1 ?--mode=fast ?low ?${folder}')
})

test("a package's own README comes before that of the repository", () => {
  const texts = {
    'README.md': client('npx', ['@octo/notes-mcp', 'a']),
    'src/notes/README.md': client('npx', ['@octo/notes-mcp', 'b']),
  }
  expect(startRecipes({...npm, path: 'src/notes'}, texts).map(words)).toEqual(['b', 'a', ''])
})

// Twenty times as much of any of them would take longer than a test may, were the time not linear.
test('hostile texts come to nothing', () => {
  const hostile = [
    '```\n'.repeat(50_000),
    fence('json', '{"a":'.repeat(10_000)),
    fence('json', '"'.repeat(60_000)),
    fence('sh', `${"'".repeat(30_000)}${'"x '.repeat(5000)}`),
    fence('sh', '<'.repeat(60_000)),
    fence('yaml', `a: &a [x]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]`),
    fence(
      'json',
      JSON.stringify({command: 'npx', args: ['@octo/notes-mcp', ...Array<string>(1000).fill('${'.repeat(20))]}),
    ),
    '> '.repeat(100_000),
    fence('sh', `bash -c "${'bash -c \\"'.repeat(6000)}`),
    fence('sh', `sh -c '${'npx x && '.repeat(6000)}'`),
    fence('json', JSON.stringify({command: 'uvx', args: ['--with', 'a[,'.repeat(20_000), '@octo/notes-mcp']})),
    fence(
      'json',
      JSON.stringify({command: 'npx', args: ['@octo/notes-mcp', `${'@'.repeat(30_000)} `, '<a '.repeat(9000)]}),
    ),
    '](x'.repeat(100_000),
    `${'`<'.repeat(100_000)}\n${'['.repeat(100_000)}`,
    `${' '.repeat(100_000)}\`\`\``,
    `?config=${'%7B'.repeat(100_000)}`,
  ]
  for (const text of hostile) expect(startRecipes(npm, {'README.md': text}).at(-1)?.args).toEqual([])
})
