// @ts-check
// A server over streamable HTTP for protocol 2026-07-28, written with the official SDK. Arguments: port; `modern-only` to refuse older clients.
import {createServer} from 'node:http'
import process from 'node:process'
import {Readable} from 'node:stream'
import {buffer} from 'node:stream/consumers'
import {McpServer, createMcpHandler} from '@modelcontextprotocol/server'
import * as z from 'zod'

const [port, era] = process.argv.slice(2)
const handler = createMcpHandler(
  () => {
    const server = new McpServer({name: 'http-modern-sdk-server', version: '3.0.0-rc.1'})
    const inputSchema = z.object({name: z.string()})
    server.registerTool('grüße', {description: 'Greets', inputSchema}, ({name}) => ({
      content: [{type: 'text', text: `Hello, ${name}`}],
    }))
    return server
  },
  {legacy: era === 'modern-only' ? 'reject' : 'stateless'},
)

createServer((request, response) => {
  void (async () => {
    const {method = 'GET', headers, url = '/'} = request
    const body = method === 'POST' ? await buffer(request) : undefined
    const init = {method, headers: new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]))}
    const target = `http://localhost:${port}${url}`
    const answer = await handler.fetch(new Request(target, body === undefined ? init : {...init, body}))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    if (answer.body === null) response.end()
    else Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (answer.body)).pipe(response)
  })()
}).listen(Number(port), '127.0.0.1')
