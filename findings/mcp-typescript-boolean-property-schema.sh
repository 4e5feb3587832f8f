#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2: a tool whose inputSchema has a property of the schema `true` (any value, JSON Schema 2020-12, section
# 4.3.2) makes the client refuse the whole list of tools. @modelcontextprotocol/client 2.4.0 takes the same answer under the same
# version of the protocol, 2025-11-25.
#
# Seen: sdk 1.32.2 → refused; client 2.4.0 → [ 'anything' ].
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @modelcontextprotocol/sdk@1.32.2 @modelcontextprotocol/client@2.4.0
cat > server.mjs <<'JS'
import {createInterface} from 'node:readline'
const tools = [{name: 'anything', inputSchema: {type: 'object', properties: {value: true}}}]
const answers = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'demo', version: '1.0.0'}},
  'tools/list': {tools},
}
for await (const line of createInterface({input: process.stdin})) {
  const {id, method} = JSON.parse(line)
  if (id === undefined) continue
  const result = answers[method]
  const body = result === undefined ? {error: {code: -32601, message: 'Method not found'}} : {result}
  console.log(JSON.stringify({jsonrpc: '2.0', id, ...body}))
}
JS
cat > ask.mjs <<'JS'
const [client, stdio] = process.argv.slice(2)
const {Client} = await import(client)
const {StdioClientTransport} = await import(stdio)
const connection = new Client({name: 'finding', version: '1.0.0'})
await connection.connect(new StdioClientTransport({command: process.execPath, args: ['server.mjs']}))
const answer = await connection.listTools().then(({tools}) => tools.map(({name}) => name).join(), () => 'refused')
console.log(answer)
await connection.close()
JS
old=$(node ask.mjs @modelcontextprotocol/sdk/client/index.js @modelcontextprotocol/sdk/client/stdio.js)
new=$(node ask.mjs @modelcontextprotocol/client @modelcontextprotocol/client/stdio)
echo "sdk 1.32.2: $old"
echo "client 2.4.0: $new"
test "$old" = refused
test "$new" = anything
