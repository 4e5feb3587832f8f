import {expect, test} from '@jest/globals'
import {codeBlocks} from './code-blocks'
import {codeSpans} from './code-spans'
import {readConfigurations} from './configuration'

// https://spec.commonmark.org/0.31.2/#code-spans
test.each<[string, string, readonly string[]]>([
  [
    'The config is just `{ "mcpServers": { "n": { "command": "notes", "args": ["--agent", "mcp"] } } }`.',
    'line 1',
    ['notes', '--agent', 'mcp'],
  ],
  ['…or, for Claude Code:\n`claude mcp add notes -- notes mcp`, and that is all', 'line 2', ['notes', 'mcp']],
  ['| Claude Code | `claude mcp add notes -- npx -y notes --stdio` |', 'line 1', ['npx', '-y', 'notes', '--stdio']],
  ['With two: `` claude mcp add notes -- notes `x` ``', 'line 1', ['notes', '`x`']],
])('a client may be configured within a sentence: %s', (text, line, argv) => {
  expect(readConfigurations('README.md', text)).toMatchObject([{form: 'client', argv, source: `README.md, ${line}`}])
})

test.each([
  ['A mention of `notes serve` and of `npx notes`.'],
  ['`{"name": "notes"}` is no configuration.'],
  ['An open ` mark, {"command": "notes"}'],
  [`\`${'a'.repeat(5000)} claude mcp add notes -- notes\``],
])('other code within a sentence starts nothing: %.40s', text => {
  expect(readConfigurations('README.md', text)).toEqual([])
})

// Sublime Text, coc.nvim, Helix, Zed and tasks of VS Code, as gopls documents them.
test.each([
  ['{"settings": {"LSP": {"gopls": {"command": ["/path/to/gopls"]}}}}'],
  ['{"clients": {"gopls": {"command": ["gopls"], "enabled": true}}}'],
  ['{"languageserver": {"go": {"command": "gopls", "rootPatterns": ["go.mod"]}}}'],
  ['[language-server.gopls]\ncommand = "gopls"\nargs = ["serve"]\n'],
  ['{"lsp": {"gopls": {"command": "gopls"}}}'],
  ['{"version": "2.0.0", "tasks": [{"label": "build", "command": "go", "args": ["build"]}]}'],
])('what editors start for another purpose is no configuration of an MCP client: %s', text => {
  const language = text.startsWith('[') ? 'toml' : 'json'
  expect(readConfigurations('README.md', `\`\`\`${language}\n${text}\n\`\`\`\n`)).toEqual([])
})

test('what stands in a block is no sentence', () => {
  const text = '```sh\n# `claude mcp add notes -- notes`\n```\n\nSee `claude mcp add other -- other`.\n'
  expect(codeSpans(text, codeBlocks(text)).map(({line}) => line)).toEqual([5])
})
