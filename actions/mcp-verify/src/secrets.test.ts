import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {expect, test} from '@jest/globals'
import {secretsOf, withoutSecrets} from './secrets'
import {workspace} from './testing'

const basic = Buffer.from('me:hidden-word').toString('base64')

test('what headers, variables, arguments and addresses may hold is known in every spelling', () => {
  const headers = {Authorization: 'Bearer abc/123', 'X-Other': `Basic ${basic}`, 'X-Short': 'a'}
  const serverEnv = {
    API_TOKEN: 'token-value',
    LEVEL: 'debug',
    DATABASE_URL: 'postgres://u:pass-word@db/x',
    MY_KEY: '${file}',
  }
  const serverArgs = ['--api-key=key-value', '--password', 'secret-word', '--token', '--level', 'debug']
  const secrets = secretsOf({
    remote: {url: 'https://h.example/mcp?sig=query-value&n=1', headers},
    serverEnv,
    serverArgs,
  })
  const known = [
    'Bearer abc/123',
    'abc/123',
    'abc%2F123',
    basic,
    'hidden-word',
    'query-value',
    'token-value',
    'pass-word',
  ]
  expect(secrets).toEqual(expect.arrayContaining([...known, 'key-value', 'secret-word']))
  for (const plain of ['debug', 'a', '1', '--level', '${file}']) expect(secrets).not.toContain(plain)
})

test('texts, lists and names lose them, the longest first', () => {
  const value = {reason: 'Bearer abc, abc', list: ['abc'], abc: 1, kept: null}
  expect(withoutSecrets(value, ['Bearer abc', 'abc'])).toEqual({
    reason: '***, ***',
    list: ['***'],
    '***': 1,
    kept: null,
  })
})

// A server that says all that it was told: in its name, its tools and its errors.
test('a server that repeats what it was given does not bring it into reports, outputs or messages', async () => {
  const server = createServer((request, response) => {
    const {authorization: said = '', 'x-api-key': key = ''} = request.headers
    const told = `${said} ${String(key)} ${request.url ?? ''}`
    let body = ''
    request.on('data', chunk => (body += String(chunk)))
    request.on('end', () => {
      const {id, method} = JSON.parse(body) as {id?: number; method: string}
      const results: Record<string, unknown> = {
        initialize: {
          ...{protocolVersion: '2025-11-25', capabilities: {tools: {}}},
          serverInfo: {name: told, version: '1.0.0'},
        },
        'tools/list': {tools: [{name: 'greet', description: told, inputSchema: {type: 'object'}}]},
        'tools/call': {content: [{type: 'text', text: told}]},
      }
      if (id === undefined) return response.writeHead(202).end()
      const result = results[method]
      const answer = result === undefined ? {error: {code: -32601, message: told}} : {result}
      return response
        .writeHead(200, {'content-type': 'application/json'})
        .end(JSON.stringify({jsonrpc: '2.0', id, ...answer}))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    const {port} = server.address() as AddressInfo
    const place = await workspace({}, {})
    const given = {
      files: '',
      url: `http://127.0.0.1:${port}/mcp?sig=query-value`,
      'url-headers': 'Authorization: Bearer header-value\nX-API-Key: other-value',
      report: 'report.json',
      tools: 'tools.json',
    }
    const outputs = await place.run(given)
    const error = (await place.run({...given, call: 'greet => nothing'}).catch((caught: unknown) => caught)) as Error
    const files = await Promise.all(['report.json', 'tools.json'].map(file => place.host.files.readText(file)))
    const all = JSON.stringify([outputs, error.message, files, place.fake.lines, place.fake.summaries])
    expect(all).toContain('***')
    expect(error.message).toContain('nothing')
    for (const secret of ['header-value', 'other-value', 'query-value']) expect(all).not.toContain(secret)
    expect(place.fake.secrets).toEqual(expect.arrayContaining(['Bearer header-value', 'header-value', 'other-value']))
  } finally {
    server.close()
  }
}, 20_000)
