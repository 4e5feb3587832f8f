// @ts-check
// A server over streamable HTTP, written with the official SDK for protocols up to 2025-11-25.
// Arguments: port; `sessions` or `stateless`; `sse` or `json`.
import {randomUUID} from 'node:crypto'
import {createServer} from 'node:http'
import process from 'node:process'
import {McpServer} from '@modelcontextprotocol/sdk/server/mcp.js'
import {StreamableHTTPServerTransport} from '@modelcontextprotocol/sdk/server/streamableHttp.js'

const [port, mode, form] = process.argv.slice(2)
const sessions = new Map()

/** @returns {Promise<StreamableHTTPServerTransport>} */
async function open() {
  const transport = new StreamableHTTPServerTransport({
    ...(mode === 'sessions' ? {sessionIdGenerator: () => randomUUID()} : {}),
    enableJsonResponse: form === 'json',
    onsessioninitialized: id => {
      sessions.set(id, transport)
    },
    onsessionclosed: id => {
      console.error(`closed ${sessions.delete(id)}`)
    },
  })
  const server = new McpServer({name: 'http-sdk-server', version: '2.1.0'})
  server.registerTool('now', {description: 'The time'}, () => ({content: [{type: 'text', text: '12:00'}]}))
  await server.connect(/** @type {import('@modelcontextprotocol/sdk/shared/transport.js').Transport} */ (transport))
  return transport
}

createServer((request, response) => {
  void (async () => {
    if (request.url !== '/mcp') return response.writeHead(404).end()
    const id = request.headers['mcp-session-id']
    const transport = mode === 'sessions' && id !== undefined ? sessions.get(id) : await open()
    if (transport === undefined) return response.writeHead(404).end()
    return transport.handleRequest(request, response)
  })()
}).listen(Number(port), '127.0.0.1')
