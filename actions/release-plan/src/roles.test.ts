import {expect, test} from '@jest/globals'
import {crate, detect, main, mod, npm, released, serving} from './testing/detect'

test('a server is told from the load test, the generator and the client beside it, with the reason', () => {
  const texts = {
    'go.mod': mod,
    'cmd/notes/main.go': 'package main\n\nimport "example.com/octo/notes/internal/app"\n\nfunc main() { app.Run() }\n',
    'internal/app/app.go':
      'package app\n\nimport "github.com/mark3labs/mcp-go/server"\n\nfunc Run() { server.NewMCPServer("a", "b") }\n',
    'cmd/loadtest/main.go': serving('github.com/mark3labs/mcp-go/client', 'client.NewStdioMCPClient("a")'),
    'cmd/probe/main.go': serving('github.com/modelcontextprotocol/go-sdk/mcp', 'mcp.NewClient(nil, nil)'),
    'cmd/gen/main.go': main,
    'cmd/time/main.go': serving('github.com/modelcontextprotocol/go-sdk/mcp', 'mcp.NewServer(nil, nil)'),
  }
  const found = detect(texts)
  expect(found.packages.map(({name, role, roleReason}) => [name, role, roleReason])).toEqual([
    ['notes', 'server', 'serves with github.com/mark3labs/mcp-go'],
    ['time', 'server', 'serves with github.com/modelcontextprotocol/go-sdk'],
  ])
  expect(found.skipped.map(({subject}) => subject)).toEqual([
    'gen (cmd/gen)',
    'loadtest (cmd/loadtest)',
    'probe (cmd/probe)',
  ])
  expect(found.skipped[0]).toEqual({
    subject: 'gen (cmd/gen)',
    reason: 'neither server.json, a manifest or a README nor its code and name say that it is a server',
    hint: 'To release it, name it in the settings: programs: [gen]. If it is a server: servers: {gen: {role: server}}',
  })
  const settings = {programs: ['cmd/gen'], exclude: ['probe']}
  expect(detect(texts, {settings}).packages.map(({name, role}) => `${name}: ${role}`)).toEqual([
    'gen: program',
    'notes: server',
    'probe: program',
    'time: server',
  ])
})

// https://docs.rs/rmcp and https://docs.rs/rust-mcp-sdk have a feature for each side.
test.each<[Record<string, string>, string]>([
  [
    {
      'Cargo.toml': `${crate('')}[dependencies]\nrmcp = {version = "3", default-features = false, features = ["client"]}\n`,
    },
    'program',
  ],
  [
    {
      'Cargo.toml': `${crate('')}[dependencies]\nsdk = {package = "rust-mcp-sdk", version = "1", default-features = false, features = ["client", "stdio"]}\n`,
    },
    'program',
  ],
  [
    {
      'Cargo.toml': `${crate('')}[dependencies]\nrmcp = {version = "3", default-features = false, features = ["client", "server"]}\n`,
    },
    'server',
  ],
  [
    {
      'Cargo.toml': `${crate('')}[dependencies]\nserde_json = {version = "1", default-features = false, features = ["client"]}\n`,
    },
    'server',
  ],
  [
    {'go.mod': mod, 'main.go': serving('github.com/modelcontextprotocol/go-sdk/mcp', 'mcp.NewClient(nil, nil)')},
    'program',
  ],
  [{'go.mod': mod, 'main.go': main}, 'server'],
])('what only calls servers is none, also when it is the only program: %j', (texts, role) => {
  const others = 'Cargo.toml' in texts ? ['src/main.rs'] : []
  expect(detect(texts, {others}).packages.map(each => each.role)).toEqual([role])
  // A proxy is both, and its README says so.
  const readme = {'README.md': '```json\n{"mcpServers": {"n": {"command": "notes"}}}\n```\n'}
  expect(detect({...texts, ...readme}, {others}).packages.map(each => each.role)).toEqual(['server'])
})

// https://modelcontextprotocol.io/specification/2025-06-18/architecture: a host runs clients.
test('a host is no server, although it has servers inside', () => {
  const texts = {
    'go.mod': 'module example.com/octo/mcphost\n',
    'main.go': serving('github.com/mark3labs/mcp-go/server', ''),
  }
  expect(detect(texts, {folder: 'mcphost'}).packages.map(({name, role}) => [name, role])).toEqual([
    ['mcphost', 'program'],
  ])
})

test('a program that users need is released and is no server', () => {
  const texts = {
    'go.mod': mod,
    'main.go': serving('github.com/mark3labs/mcp-go/server', 'server.ServeStdio(nil)'),
    'cmd/notesctl/main.go': main,
    'README.md': 'Run `go install example.com/octo/notes/cmd/notesctl@latest`.\n',
  }
  expect(released(texts)).toEqual(['notesctl', 'notes'])
  expect(detect(texts).packages.find(({name}) => name === 'notesctl')?.role).toBe('program')
  const goreleaser = {
    ...texts,
    'README.md': '',
    '.goreleaser.yaml': 'builds:\n  - main: ./cmd/notesctl\n    binary: notes-ctl\n  - id: a\n    binary: notes-mcp\n',
  }
  expect(released(goreleaser)).toEqual(['notes-ctl', 'notes-mcp'])
})

test('without any evidence, what is named like the repository or module is the server', () => {
  const texts = {'go.mod': mod, 'cmd/notes/main.go': main, 'cmd/other/main.go': main}
  expect(released(texts)).toEqual(['notes'])
  expect(released({'go.mod': mod, 'cmd/a/main.go': main, 'cmd/mcp-server/main.go': main})).toEqual(['mcp-server'])
  expect(released({'go.mod': mod, 'cmd/a/main.go': main, 'cmd/b/main.go': main})).toEqual(['a', 'b'])
})

test('where nothing tells which program serves, all are released and the plan says so', () => {
  const found = detect({'go.mod': mod, 'cmd/a/main.go': main, 'cmd/b/main.go': main})
  expect(found.packages.map(({name, role}) => [name, role])).toEqual([
    ['a', 'program'],
    ['b', 'program'],
  ])
  expect(found.findings).toEqual([
    {
      level: 'warning',
      subject: 'go.mod',
      text: 'nothing tells that a, b are servers: only --version or --help is checked',
      hint: 'For a server, say so in the settings: servers: {a: {role: server}}',
    },
  ])
})

test('what the developers of a server run is no server, whatever it imports', () => {
  const server = serving('github.com/modelcontextprotocol/go-sdk/mcp', 'mcp.NewServer(nil, nil)')
  const texts = {
    'go.mod': mod,
    'cmd/notes/main.go': server,
    'script/diff/main.go': server,
    'internal/x/main.go': server,
  }
  expect(released(texts)).toEqual(['notes'])
  const cargo = {'Cargo.toml': `${crate('')}[dependencies]\nrmcp = "3"\n`}
  expect(released(cargo, {others: ['src/main.rs', 'src/bin/schema.rs', 'src/bin/notes-server.rs']})).toEqual([
    'notes',
    'notes-server',
  ])
})

test('the settings say what is a server', () => {
  const texts = {'go.mod': mod, 'cmd/notes/main.go': main, 'cmd/other/main.go': main}
  const settings = {servers: {other: {role: 'server' as const}, 'cmd/notes': {role: 'program' as const}}}
  expect(detect(texts, {settings}).packages.map(({name, role, roleReason}) => [name, role, roleReason])).toEqual([
    ['notes', 'program', 'the settings say so'],
    ['other', 'server', 'the settings say so'],
  ])
})

test('of several commands, the one that clients are told to start is the server', () => {
  const bin = {notes: 'a.js', 'notes-admin': 'b.js', 'notes-mcp': 'c.js'}
  const executables = (texts: Record<string, string>) => detect(texts).packages[0]?.executables[0]
  expect(executables({'package.json': npm({bin})})).toBe('notes')
  const readme = '```json\n{"command": "npx", "args": ["-y", "-p", "notes", "notes-mcp"]}\n```\n'
  expect(executables({'package.json': npm({bin}), 'README.md': readme})).toBe('notes-mcp')
  expect(executables({'package.json': npm({name: 'suite', bin: {admin: 'a.js', 'suite-mcp-server': 'b.js'}})})).toBe(
    'suite-mcp-server',
  )
})

test('where another command than npx would choose is named is in the plan', () => {
  const source = (readme: string, name = 'notes') =>
    detect({
      'package.json': npm({name, bin: {serve: 'a.js'}}),
      'README.md': `\`\`\`json\n{"command": ${readme}}\n\`\`\`\n`,
    }).packages[0]?.commandSource
  expect(source('"npx", "args": ["-y", "-p", "notes", "serve"]')).toBe('README.md, line 2')
  expect(source('"serve", "args": []')).toBe('README.md, line 2')
  expect(source('"npx", "args": ["-y", "notes", "serve"]')).toBeUndefined()
  expect(source('"npx", "args": ["-p", "serve", "serve"]', 'serve')).toBeUndefined()
})

test('a library with which servers are written is no server, and a client is none either', () => {
  const roles = (content: object) => detect({'package.json': npm(content)}).packages.map(({role}) => role)
  const dependencies = {'@modelcontextprotocol/sdk': '1'}
  expect(roles({name: 'fastmcp', bin: 'a.js', dependencies})).toEqual(['program'])
  expect(roles({name: 'mcp-inspector-cli', bin: 'a.js', dependencies})).toEqual(['server'])
  expect(roles({name: 'notes-inspector', bin: 'a.js', dependencies})).toEqual(['program'])
  expect(roles({name: 'notes-lib', dependencies})).toEqual(['library'])
})

test('a package of npm that brings the server of another language is one', () => {
  const texts = {
    'go.mod': mod,
    'cmd/notes-mcp/main.go': serving('github.com/mark3labs/mcp-go/server', 'server.ServeStdio(nil)'),
    'npm/notes/package.json': npm({name: '@octo/notes', bin: {'notes-mcp': 'index.js'}}),
    'npm/admin/package.json': npm({name: '@octo/admin', bin: 'index.js'}),
  }
  expect(detect(texts).packages.map(({name, role, roleReason}) => [name, role, roleReason])).toEqual([
    [
      '@octo/admin',
      'program',
      'neither server.json, a manifest or a README nor its code and name say that it is a server',
    ],
    ['@octo/notes', 'server', 'installs notes-mcp, the server of go.mod'],
    ['notes-mcp', 'server', 'serves with github.com/mark3labs/mcp-go'],
  ])
})
