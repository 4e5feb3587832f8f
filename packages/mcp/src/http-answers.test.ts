import {type IncomingMessage, type ServerResponse, createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, test} from '@jest/globals'
import {Client as Client2, StreamableHTTPClientTransport as Transport2} from '@modelcontextprotocol/client'
import {Client as Client1} from '@modelcontextprotocol/sdk/client/index.js'
import {StreamableHTTPClientTransport as Transport1} from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {inspectUrl} from './index'

interface Asked {
  readonly id?: number
  readonly method: string
}
type Reply = (response: ServerResponse, asked: Asked) => void

const results: Readonly<Record<string, object>> = {
  initialize: {protocolVersion: '2025-11-25', capabilities: {tools: {}}, serverInfo: {name: 'demo', version: '1.0.0'}},
  'tools/list': {tools: [{name: 'greet', inputSchema: {type: 'object'}}]},
}

function body({id, method}: Asked): string {
  const {[method]: result} = results
  const rest = result === undefined ? {error: {code: -32601, message: 'no such method'}} : {result}
  return JSON.stringify({jsonrpc: '2.0', id, ...rest})
}

const send =
  (type: string, text: (asked: Asked) => string, status = 200): Reply =>
  (response, asked) => {
    response.writeHead(status, type === '' ? {} : {'content-type': type}).end(text(asked))
  }
const empty = (status: number): Reply => send('', () => '', status)
const stream = (text: (data: string) => string) => send('text/event-stream', asked => text(body(asked)))
const withId = (id: unknown) => (asked: Asked) => JSON.stringify({...JSON.parse(body(asked)), id})

/** How a server differs from a usual one: in its answers, after a notification, or to the first request of newer clients. */
interface Behaviour {
  readonly answer?: Reply
  readonly notified?: Reply
  readonly discover?: Reply
}

async function serve({answer, notified, discover}: Behaviour) {
  const choose = ({id, method}: Asked): Reply => {
    if (id === undefined) return notified ?? empty(202)
    return (method === 'server/discover' ? discover : undefined) ?? answer ?? send('application/json', body)
  }
  const read = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked
    choose(asked)(response, asked)
  }
  const server = createServer((request, response) => void read(request, response))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const {port} = server.address() as AddressInfo
  return {url: `http://127.0.0.1:${port}/mcp`, server}
}

const limit = {timeout: 1500}

/** Whether the official clients can use a server: that of version 1, and that of version 2, which asks as newer clients do. */
async function official(url: string): Promise<readonly boolean[]> {
  const info = {name: 'judge', version: '1.0.0'}
  const negotiation = {versionNegotiation: {mode: 'auto' as const, probe: {timeoutMs: 1500}}}
  const [one, two] = [new Client1(info), new Client2(info, negotiation)]
  const uses = async (use: () => Promise<unknown>, end: () => Promise<unknown>) => {
    const isUsed = await use().then(
      () => true,
      () => false,
    )
    await end().catch(() => undefined)
    return isUsed
  }
  return [
    await uses(
      async () => {
        await one.connect(new Transport1(new URL(url)), limit)
        return one.listTools(undefined, limit)
      },
      () => one.close(),
    ),
    await uses(
      async () => {
        await two.connect(new Transport2(new URL(url)), limit)
        return two.listTools(undefined, limit)
      },
      () => two.close(),
    ),
  ]
}

// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#sending-messages-to-the-server
test.each<[string, Behaviour, 'ok' | 'warning' | 'failed', string?]>([
  ['JSON', {}, 'ok'],
  ['JSON with a character set', {answer: send('Application/JSON; charset=utf-8', body)}, 'ok'],
  ['JSON with 201', {answer: send('application/json', body, 201)}, 'ok'],
  ['the id as a text', {answer: send('application/json', asked => withId(String(asked.id))(asked))}, 'ok'],
  ['another id', {answer: send('application/json', withId(999))}, 'failed', 'without an answer in JSON-RPC'],
  ['a text', {answer: send('text/plain', body)}, 'failed', 'with the content type text/plain: clients read'],
  [
    'a kind of JSON',
    {answer: send('application/json-rpc', body)},
    'failed',
    'with the content type application/json-rpc',
  ],
  ['no content type', {answer: send('', body)}, 'failed', 'HTTP 200 OK without a content type'],
  ['a result with 202', {answer: send('application/json', body, 202)}, 'failed', 'HTTP 202 Accepted with a result'],
  ['a result with 400', {answer: send('application/json', body, 400)}, 'failed', 'HTTP 400 Bad Request with a result'],
  ['a result with 500', {answer: send('application/json', body, 500)}, 'failed', 'HTTP 500 Internal Server Error with'],
  ['an event', {answer: stream(data => `event: message\r\nid: 1\r\ndata: ${data}\r\n\r\n`)}, 'ok'],
  ['an event without a name', {answer: stream(data => `: hello\n\nretry: 9\n\ndata: ${data}\n\n`)}, 'ok'],
  [
    'another event before',
    {answer: stream(data => `event: ping\ndata: {"at":1}\n\nevent: message\ndata: ${data}\n\n`)},
    'ok',
  ],
  [
    'an event of another name',
    {answer: stream(data => `event: response\ndata: ${data}\n\n`)},
    'failed',
    'clients do not read events that are called "response"',
  ],
  ['notifications with 200', {notified: send('application/json', () => 'null')}, 'ok'],
  ['notifications with 204', {notified: empty(204)}, 'ok'],
  [
    'notifications with 400',
    {notified: empty(400)},
    'failed',
    'notifications/initialized: HTTP 400 Bad Request, at which',
  ],
  ['notifications with 404', {notified: empty(404)}, 'failed', 'notifications/initialized: HTTP 404 Not Found'],
  ['notifications with 500', {notified: empty(500)}, 'failed', 'notifications/initialized: HTTP 500'],
  ['discovery with 400', {discover: empty(400)}, 'ok'],
  ['discovery with 404', {discover: send('text/html', () => '<html>', 404)}, 'ok'],
  ['discovery with 422', {discover: send('application/json', () => '{"detail":[]}', 422)}, 'ok'],
  [
    'discovery with 401',
    {discover: empty(401)},
    'warning',
    'server/discover is answered with HTTP 401, at which newer',
  ],
  ['discovery with 403', {discover: empty(403)}, 'warning', 'server/discover is answered with HTTP 403'],
  ['discovery with 500', {discover: send('application/json', body, 500)}, 'warning', 'is answered with HTTP 500'],
  ['discovery with 503', {discover: empty(503)}, 'warning', 'is answered with HTTP 503'],
  [
    'discovery that is cut off',
    {discover: response => response.destroy()},
    'warning',
    'is answered with nothing that can be read (',
  ],
  ['discovery without an end', {discover: response => response.flushHeaders()}, 'warning', 'with nothing for 1.5 s'],
  ['discovery with a page', {discover: send('text/html', () => '<html>')}, 'warning', 'something else than JSON-RPC'],
])('%s over HTTP, as official clients take it', async (_, behaviour, status, words = '') => {
  const {url, server} = await serve(behaviour)
  const {checks} = await inspectUrl({url}, {timeoutMilliseconds: 3000, versionMismatch: 'warning', expectTools: []})
  const handshake = checks.find(({name}) => name === 'handshake')
  expect(handshake).toMatchObject({status, detail: expect.stringContaining(words)})
  const others = checks.filter(each => each.status === 'failed' && each.name !== 'handshake')
  expect(others).toEqual([])
  // What both take is right; what only newer clients stop at is a warning, since the server speaks to older ones.
  const taken = {ok: [true, true], warning: [true, false], failed: [false, false]}[status]
  const verdicts = await official(url)
  expect(verdicts[0]).toBe(taken[0])
  expect(verdicts[1]).toBe(taken[1])
  server.closeAllConnections()
  server.close()
})
