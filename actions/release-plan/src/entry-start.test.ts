import {expect, test} from '@jest/globals'
import type {ReleaseSettings} from '@mcp-release/release-model'
import {withStart} from './start'
import {detect, npm} from './testing/detect'

const sdk = {dependencies: {'@modelcontextprotocol/sdk': '^1.20.0'}}
const client = (command: string, ...args: readonly string[]) =>
  `\`\`\`json\n${JSON.stringify({mcpServers: {notes: {command, args}}})}\n\`\`\`\n`

const planned = (texts: Record<string, string>, settings: ReleaseSettings = {}) => {
  const found = detect(texts, {settings})
  const {packages} = withStart(found.packages, {
    tree: {files: Object.keys(texts).sort(), texts},
    settings,
    all: found.packages,
  })
  return {
    roles: found.packages.map(({role, entry, roleReason}) => [role, entry, roleReason]),
    args: packages[0]?.start?.args.map(({value}) => value),
    findings: found.findings ?? [],
  }
}
const roles = (texts: Record<string, string>, settings: ReleaseSettings = {}) => planned(texts, settings).roles

// https://nodejs.org/api/packages.html#package-entry-points, https://docs.npmjs.com/cli/using-npm/scripts#npm-start
test.each<[string, Record<string, string>, readonly unknown[]]>([
  [
    'a README that has clients run a file of its build',
    {'package.json': npm(sdk), 'README.md': client('node', '/path/to/notes/dist/index.js', '--stdio')},
    ['server', 'dist/index.js', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a README with a path of Windows',
    {'package.json': npm(sdk), 'README.md': client('node', 'C:\\src\\notes\\build\\src\\server.js')},
    ['server', 'build/src/server.js', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a README that has clients run a source in JavaScript',
    {'package.json': npm(sdk), 'server.mjs': '', 'README.md': client('node', '/path/to/server.mjs')},
    ['server', 'server.mjs', 'README.md, line 2 tells clients to start it'],
  ],
  [
    'a line to type',
    {'package.json': npm(sdk), 'README.md': '```sh\nnode dist/index.js\n```\n'},
    ['server', 'dist/index.js', 'README.md, line 2 tells users to start it'],
  ],
  [
    'a start script',
    {'package.json': npm({...sdk, scripts: {start: 'npm run build && node ./dist/server.js --stdio'}})},
    ['server', 'dist/server.js', 'depends on @modelcontextprotocol/sdk, and its script start starts it'],
  ],
  [
    'a start script for the folder',
    {'package.json': npm({...sdk, main: './build/main', scripts: {start: 'node --enable-source-maps .'}})},
    ['server', 'build/main.js', 'depends on @modelcontextprotocol/sdk, and its script start starts it'],
  ],
  [
    'a start script for the sources, and a main',
    {'package.json': npm({...sdk, main: 'dist/index.js', scripts: {start: 'tsx src/index.ts'}})},
    ['server', 'dist/index.js', 'depends on @modelcontextprotocol/sdk, and its script start starts it'],
  ],
  [
    'a server.json and a main',
    {
      'package.json': npm({...sdk, main: 'dist/index.js'}),
      'server.json': JSON.stringify({packages: [{registryType: 'npm', identifier: 'notes'}]}),
    },
    ['server', 'dist/index.js', 'server.json lists it'],
  ],
  [
    'a manifest of a bundle',
    {
      'package.json': npm(sdk),
      'manifest.json': JSON.stringify({
        manifest_version: '0.3',
        server: {type: 'node', entry_point: 'server/index.js', mcp_config: {}},
      }),
      'server/index.js': '',
    },
    ['server', 'server/index.js', 'manifest.json makes an MCP bundle of it'],
  ],
])('with %s, an npm package without bin is a server', (_, texts, expected) => {
  expect(roles(texts)).toEqual([expected])
})

test.each<[string, Record<string, string>]>([
  ['an SDK and a main alone', {'package.json': npm({...sdk, main: 'dist/index.js'})}],
  ['a start script alone', {'package.json': npm({scripts: {start: 'node dist/index.js'}})}],
  ['a start script for an example', {'package.json': npm({...sdk, scripts: {start: 'node examples/server.js'}})}],
  ['a start script that bundles', {'package.json': npm({...sdk, scripts: {start: 'vite'}})}],
  [
    'sources in TypeScript alone',
    {'package.json': npm({...sdk, main: 'src/index.ts', scripts: {start: 'tsx src/index.ts'}})},
  ],
  ['a name of a client', {'package.json': npm({name: 'notes-client', ...sdk, scripts: {start: 'node dist/index.js'}})}],
  ['a framework', {'package.json': npm({name: 'fastmcp', ...sdk, scripts: {start: 'node dist/index.js'}})}],
  [
    'a README that imports it',
    {'package.json': npm({...sdk, main: 'dist/index.js'}), 'README.md': '```sh\nnpm install notes\n```\n'},
  ],
  [
    'files for one platform',
    {'package.json': npm({...sdk, main: 'index.js', os: ['linux'], cpu: ['x64'], scripts: {start: 'node index.js'}})},
  ],
])('with %s, it is a library', (_, texts) => {
  expect(roles(texts)).toEqual([['library', undefined, 'installs no command']])
})

test('of several packages, the one is the server whose folder the README names', () => {
  const texts = {
    'packages/tools/package.json': npm({name: '@octo/tools', ...sdk, main: 'dist/index.js'}),
    'packages/server/package.json': npm({name: '@octo/server', ...sdk}),
    'README.md': client('node', '/path/to/repo/packages/server/dist/index.js'),
  }
  expect(roles(texts)).toEqual([
    ['server', 'dist/index.js', 'README.md, line 2 tells clients to start it'],
    ['library', undefined, 'installs no command'],
  ])
})

test('it is started as instructions say, and the plan names the line that gives it a command', () => {
  const texts = {
    'package.json': npm({name: '@octo/notes', ...sdk}),
    'README.md': client('node', '/x/dist/index.js', '--stdio'),
  }
  const {args, findings} = planned(texts)
  expect(args).toEqual(['--stdio'])
  expect(findings).toEqual([
    {
      level: 'warning',
      subject: 'package.json',
      text: '`npx @octo/notes` finds no command: it is started by `node` with its file dist/index.js alone',
      hint: 'Add to package.json:\n"bin": {"notes": "dist/index.js"}\nand begin that file, in the source as well, with the line #!/usr/bin/env node',
    },
  ])
})

test('the settings make a server of what has a main, and are told where nothing can be started', () => {
  const settings = (role: 'server' | 'program') => ({servers: {notes: {role}}})
  expect(roles({'package.json': npm({main: 'lib/app.js'})}, settings('server'))).toEqual([
    ['server', 'lib/app.js', 'the settings say so'],
  ])
  const without = planned({'package.json': npm(sdk)}, settings('server'))
  expect(without.roles).toEqual([['library', undefined, 'installs no command']])
  expect(without.findings).toMatchObject([
    {
      text: 'the settings give notes the role server, and it has no "bin" and no "main": nothing of it can be started, so that it is released as a library, unverified',
      hint: expect.stringContaining('"bin": {"notes": "FILE"}'),
    },
  ])
  const python = {
    'pyproject.toml': '[project]\nname = "notes"\nversion = "1.0.0"\n[build-system]\nrequires = ["hatchling"]\n',
  }
  expect(planned(python, settings('server')).findings).toMatchObject([
    {text: expect.stringContaining('and it installs no command'), hint: expect.stringContaining('[project.scripts]')},
  ])
})
