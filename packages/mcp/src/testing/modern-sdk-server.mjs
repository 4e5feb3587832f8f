// @ts-check
// A server written with the official SDK for protocol 2026-07-28, which also answers older clients unless told otherwise.
import process from 'node:process'
import {McpServer} from '@modelcontextprotocol/server'
import {serveStdio} from '@modelcontextprotocol/server/stdio'

const legacy = process.argv[2] === 'modern-only' ? 'reject' : 'serve'
serveStdio(
  () => {
    const server = new McpServer({name: 'modern-sdk-server', version: '3.0.0-rc.1'})
    server.registerTool('now', {description: 'The time'}, () => ({content: [{type: 'text', text: '12:00'}]}))
    return server
  },
  {legacy},
)
