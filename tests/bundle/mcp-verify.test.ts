import {execFileSync} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from '@jest/globals'
import {runBundle, temporaryFolder} from './run-bundle'

const server = (greeting: string) => `#!/usr/bin/env node
import {createInterface} from 'node:readline'
${greeting}
const tools = [{name: 'upper', description: 'Upper case', inputSchema: {type: 'object'}}]
for await (const line of createInterface({input: process.stdin})) {
  const {id, method, params} = JSON.parse(line)
  const results = {
    initialize: () => ({
      protocolVersion: params.protocolVersion,
      capabilities: {tools: {}},
      serverInfo: {name: 'demo', version: '1.2.3'},
    }),
    'tools/list': () => ({tools}),
  }
  if (id === undefined) continue
  const answer = method in results ? {result: results[method]()} : {error: {code: -32601, message: 'Method not found'}}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
}
`

// A tarball by the real npm.
function pack(workspace: string, name: string, greeting = ''): void {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({name, version: '1.2.3', bin: 'server.mjs', type: 'module'}),
  )
  writeFileSync(join(folder, 'server.mjs'), server(greeting))
  mkdirSync(join(workspace, 'built'), {recursive: true})
  execFileSync('npm', ['pack', '--silent', '--pack-destination', join(workspace, 'built')], {
    cwd: folder,
    stdio: 'pipe',
  })
}

const stable = (text: string) => text.replaceAll(/\b\d+ (ms|MiB)\b/g, '<n> $1')

test('mcp-verify starts an npm tarball and reports what it found', async () => {
  const workspace = temporaryFolder()
  pack(workspace, 'demo')
  writeFileSync(join(workspace, 'built/demo.spdx.json'), '{}')
  const inputs = {
    files: 'built/*',
    version: 'v1.2.3',
    'expect-tools': 'upper',
    report: 'report.json',
    tools: 'tools.json',
    network: 'on',
  }
  const {exitCode, stdout, outputs, summary} = await runBundle('mcp-verify', {workspace, inputs})
  expect(stable(stdout)).toBe(`1 of 2 files may be servers
verified  demo-1.2.3.tgz: demo 1.2.3, protocol 2025-11-25, 1 tool, answered after <n> ms
`)
  expect(exitCode).toBe(0)
  expect(outputs).toMatchObject({report: join(workspace, 'report.json'), verified: '1', skipped: '0'})
  expect(JSON.parse(outputs['servers'] ?? '')).toMatchObject([
    {file: 'demo-1.2.3.tgz', name: 'demo', version: '1.2.3', tools: ['upper'], checks: {'expected-tools': 'ok'}},
  ])
  expect(stable(summary)).toBe(`### MCP servers

| file | server | protocol | tools | start | memory | network | result |
| --- | --- | --- | --- | --- | --- | --- | --- |
| demo-1.2.3.tgz | demo 1.2.3 | 2025-11-25, stdio | 1 | <n> ms | <n> MiB | on | verified |

`)
  expect(readFileSync(join(workspace, 'tools.json'), 'utf8')).toBe(`{
  "schemaVersion": 1,
  "servers": [
    {
      "name": "demo",
      "version": "1.2.3",
      "tools": [
        {
          "description": "Upper case",
          "inputSchema": {
            "type": "object"
          },
          "name": "upper"
        }
      ]
    }
  ]
}
`)
}, 60_000)

test('mcp-verify fails for a server that logs on stdout, and says where', async () => {
  const workspace = temporaryFolder()
  pack(workspace, 'chatty', `console.log('::warning::listening')`)
  const {exitCode, stdout, outputs} = await runBundle('mcp-verify', {
    workspace,
    inputs: {files: 'built/*.tgz', network: 'on'},
  })
  expect(stdout).toBe(
    [
      '1 of 1 files may be servers',
      'FAILED    chatty-1.2.3.tgz',
      '::warning::chatty-1.2.3.tgz: server-name: the server says "demo", the release is "chatty"',
      '::error::mcp-verify [VERIFY]:%0A- chatty-1.2.3.tgz: stdout-purity: stdout holds what is no JSON-RPC message: line 1: : :warning::listening%0Astdout-purity: stdout carries the protocol alone: write logs to stderr (console.error, logging to sys.stderr, eprintln!, log.SetOutput(os.Stderr)).\n',
    ].join('\n'),
  )
  expect(exitCode).toBe(1)
  expect(outputs).toEqual({})
}, 60_000)
