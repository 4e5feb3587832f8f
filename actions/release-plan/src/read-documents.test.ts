import {expect, test} from '@jest/globals'
import {detectPackages} from './detect-packages'
import {documentsAmong} from './read-documents'
import {withStart} from './start'
import {npm} from './testing/detect'

const client = (command: string, ...args: readonly string[]) =>
  `\`\`\`json\n${JSON.stringify({mcpServers: {weather: {command, args}}})}\n\`\`\`\n`

test('documents are those that READMEs link to, then those of docs folders, installation first', () => {
  const all = [
    'README.md',
    'CHANGELOG.md',
    'docs/about.md',
    'docs/CHANGELOG.md',
    'docs/deep/mcp.md',
    'docs/image.png',
    'docs/installation.md',
    'guide/README.md',
    'guide/clients.md',
    'guide/other.md',
    'node_modules/x/docs/mcp.md',
    'packages/a/docs/usage.rst',
    'packages/a/package.json',
    'src/docs/notes.md',
    '.github/docs/mcp.md',
  ]
  const readme = [
    '[Clients](guide/clients.md#vs-code "title"), [more](./guide/), [out](../x.md), [web](https://example.com/docs/about.md)',
    '[ref]: <guide/missing.md>',
    '<a href="https://github.com/acme/weather/blob/main/docs/about.md">About</a>',
  ].join('\n')
  const texts = {'README.md': readme, 'CHANGELOG.md': '', 'packages/a/package.json': '{}'}
  expect(documentsAmong(all, texts)).toEqual([
    'guide/clients.md',
    'guide/README.md',
    'docs/about.md',
    'docs/installation.md',
    'docs/deep/mcp.md',
    'packages/a/docs/usage.rst',
  ])
})

test('of many documents, a bounded number is read', () => {
  const all = Array.from({length: 5000}, (_, index) => `docs/page-${String(index)}.md`)
  expect(documentsAmong(all, {})).toHaveLength(60)
})

const started = (texts: Record<string, string>) => {
  const tree = {
    files: Object.keys(texts).sort(),
    texts: {'package.json': npm({name: 'weather', bin: 'a.js'}), ...texts},
  }
  const {packages} = detectPackages(
    {...tree, files: Object.keys(tree.texts)},
    {folder: 'weather', image: 'never', settings: {}},
  )
  const [first] = withStart(packages, {tree, settings: {}}).packages
  return [first?.start?.args.map(({value}) => value).join(' '), first?.start?.source, first?.roleReason]
}

// What a README tells wins; where it tells nothing of the package, documents do.
test.each([
  [
    {'README.md': 'See docs.\n', 'docs/mcp.md': client('npx', 'weather', 'stdio')},
    ['stdio', 'docs/mcp.md, line 2', 'docs/mcp.md, line 2 tells clients to start it'],
  ],
  [
    {'README.md': client('npx', 'weather', '--readme'), 'docs/mcp.md': client('npx', 'weather', 'stdio')},
    ['--readme', 'README.md, line 2', 'README.md, line 2 tells clients to start it'],
  ],
  [
    {
      'README.md': '[MCP](guide/mcp.md)\n',
      'guide/mcp.md': client('npx', 'weather', '--linked'),
      'docs/mcp.md': client('npx', 'weather', 'stdio'),
    },
    ['--linked', 'guide/mcp.md, line 2', 'guide/mcp.md, line 2 tells clients to start it'],
  ],
  [
    {'README.md': client('npx', 'other'), 'doc/use.md': client('npx', 'weather', 'stdio')},
    ['stdio', 'doc/use.md, line 2', 'doc/use.md, line 2 tells clients to start it'],
  ],
  [
    {'README.md': '', 'packages/x/docs/mcp.md': client('npx', 'weather', 'stdio')},
    ['', expect.anything(), 'installs a command'],
  ],
])('of %j, the start is learnt from the right document', (texts, expected) => {
  expect(started(texts)).toEqual(expected)
})

// https://go.dev/gopls/features/mcp: the README of gopls does not say how its server is started, its documentation does.
test('a program of a nested module is started as the documentation in its own folder says', () => {
  const texts = {
    'go.mod': 'module example.com/tools\n',
    'gopls/go.mod': 'module example.com/tools/gopls\n',
    'gopls/main.go': 'package main\n\nfunc main() {}\n',
    'gopls/README.md': 'See how to [contribute](doc/contributing.md), and the [features](doc/features/README.md).\n',
    'gopls/doc/contributing.md': '```bash\n$ gopls version\ngopls master\n```\n',
    'gopls/doc/command-line.md': '```\ngopls check main.go\n```\n',
    'gopls/doc/features/mcp.md': '```\ngopls serve -mcp.listen=localhost:8092\n```\n\n```\ngopls mcp\n```\n',
  }
  const tree = {files: Object.keys(texts).sort(), texts}
  const {packages} = detectPackages(tree, {folder: 'tools', image: 'never', settings: {}})
  const [first] = withStart(packages, {tree, settings: {}}).packages
  expect([first?.role, first?.start?.args.map(({value}) => value), first?.start?.source]).toEqual([
    'server',
    ['mcp'],
    'gopls/doc/features/mcp.md, line 6',
  ])
})
