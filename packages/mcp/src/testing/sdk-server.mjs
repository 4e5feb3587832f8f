// @ts-check
// A server written with the official SDK for protocols up to 2025-11-25.
import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js'
import {StdioServerTransport} from '@modelcontextprotocol/sdk/server/stdio.js'

const server = new McpServer({name: 'sdk-server', version: '2.1.0'})
server.registerTool('now', {description: 'The time'}, () => ({content: [{type: 'text', text: '12:00'}]}))
server.registerResource('about', 'about:this', {}, uri => ({contents: [{uri: uri.href, text: 'a server'}]}))
await server.connect(new StdioServerTransport())
