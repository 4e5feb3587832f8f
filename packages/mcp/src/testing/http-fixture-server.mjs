// @ts-check
// A server over HTTP that misbehaves. Arguments: port; how.
import {createServer} from 'node:http'
import process from 'node:process'

const [port, how = ''] = process.argv.slice(2)
const server = createServer((request, response) => {
  let body = ''
  request.on('data', chunk => {
    body += chunk
  })
  request.on('end', () => {
    /** @param {number} status @param {string} text @param {string} [type] */
    const answer = (status, text, type = 'application/json') =>
      response.writeHead(status, {'content-type': type}).end(text)
    if (how === 'unauthorized' && request.headers.authorization !== 'Bearer secret')
      return answer(401, 'log in first', 'text/plain')
    if (how === 'hangs') return undefined
    if (how === 'web-page') return answer(200, '<html>Welcome</html>', 'text/html')
    if (how === 'floods') {
      response.writeHead(200, {'content-type': 'application/json'})
      const more = () => {
        while (response.write('x'.repeat(2 ** 20)));
      }
      response.on('drain', more)
      return more()
    }
    if (how === 'redirects' && request.url === '/mcp') {
      return response.writeHead(307, {location: '/mcp/'}).end()
    }
    if (how === 'redirects-away') return response.writeHead(307, {location: 'http://127.0.0.1:9/mcp'}).end()
    const {id, method, params} = JSON.parse(body)
    if (id === undefined || method === undefined) return response.writeHead(202).end()
    const parameter = {type: 'number', 'x-mcp-header': 'A'}
    const cached = {resultType: 'complete', ttlMs: 0, cacheScope: 'public'}
    const modern = {
      'server/discover': {...cached, supportedVersions: ['2026-07-28'], capabilities: {tools: {}}},
      'tools/list': {
        ...cached,
        tools: [{name: 'add', inputSchema: {type: 'object', properties: {a: parameter}}}],
      },
    }
    const results = {
      initialize: {
        protocolVersion: params.protocolVersion,
        capabilities: {tools: {}},
        serverInfo: {name: 'http-fixture', version: '1.0.0'},
      },
      'tools/list': {tools: [{name: 'add', inputSchema: {type: 'object'}}]},
    }
    const own = how === 'wants-a-number-in-a-header' ? {...results, ...modern} : results
    const result = own[/** @type {keyof typeof results} */ (method)]
    const message = JSON.stringify(
      result === undefined
        ? {jsonrpc: '2.0', id, error: {code: -32601, message: 'Method not found'}}
        : {jsonrpc: '2.0', id, result},
    )
    if (how !== 'asks-back') return answer(200, message)
    response.writeHead(200, {'content-type': 'text/event-stream'})
    const ping = JSON.stringify({jsonrpc: '2.0', id: 'p', method: 'ping'})
    // Lines end in all the ways that the format allows, and one event has several lines.
    response.write(`: hello\r\n\r\nid: 1\ndata: \n\nevent: message\rdata: ${ping}\r\r`)
    return response.end(`data: ${message.replace(',', ',\ndata: ')}\n\n`)
  })
  return undefined
})
if (how === 'exits') {
  console.error('no database')
  process.exit(4)
}
if (how === 'ignores-sigterm') process.on('SIGTERM', () => {})
if (how !== 'never-listens') server.listen(Number(port), 'localhost')
else setInterval(() => {}, 1000)
