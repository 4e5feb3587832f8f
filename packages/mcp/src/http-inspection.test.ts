import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {expect, test} from '@jest/globals'
import {ServerProcess} from './server-process'
import {type Inspection, type InspectionOptions, freePort, inspectHttpServer, inspectUrl, parseToolCall} from './index'
import {type ServerScript, serverScript} from './testing'

const env = {PATH: process.env['PATH'] ?? ''}
const defaults: InspectionOptions = {
  timeoutMilliseconds: 8000,
  version: '1.0.0',
  versionMismatch: 'error',
  expectTools: [],
  graceMilliseconds: 500,
}

const command = (script: ServerScript, args: readonly string[]) => ({
  argv: [process.execPath, serverScript(script), ...args],
  cwd: tmpdir(),
  env,
})

async function inspect(
  script: ServerScript,
  args: readonly string[],
  options: Partial<InspectionOptions> = {},
): Promise<Inspection> {
  const port = await freePort()
  const url = `http://localhost:${port}/mcp`
  return inspectHttpServer({command: command(script, [String(port), ...args]), url}, {...defaults, ...options})
}

const bad = ({checks}: Inspection) => checks.filter(({status}) => status === 'failed' || status === 'warning')
const detail = ({checks}: Inspection, name: string) => checks.find(each => each.name === name)?.detail
const calls = (...lines: string[]) => lines.map(parseToolCall).filter(call => call !== undefined)

test.each([
  ['sessions', 'sse'],
  ['sessions', 'json'],
  ['stateless', 'sse'],
  ['stateless', 'json'],
])('a server of the official SDK for older protocols passes: %s, %s', async (mode, form) => {
  const options = {version: '2.1.0', expectTools: ['now'], calls: calls('now => 12:00')}
  const found = await inspect('http-sdk-server', [mode, form], options)
  expect(bad(found)).toEqual([])
  expect(found).toMatchObject({transport: 'http', era: 'legacy', protocol: '2025-11-25', server: {version: '2.1.0'}})
  expect(found.startMilliseconds).toBeGreaterThan(10)
  if (process.platform === 'linux') expect(found.peakMemoryKilobytes).toBeGreaterThan(10_000)
})

test.each([[['modern-only']], [[]]])('a server of the official SDK for 2026-07-28 passes: %j', async args => {
  const options = {version: '3.0.0rc1', calls: calls('grüße {"name": "Ada"} => Hello, Ada')}
  const found = await inspect('http-modern-sdk-server', args, options)
  // Its name cannot stand in a header as it is, which the call must cope with.
  expect(bad(found).map(({name}) => name)).toEqual(['tools-valid'])
  expect(found).toMatchObject({era: 'modern', protocol: '2026-07-28', server: {name: 'http-modern-sdk-server'}})
})

test('events in any form, requests of the server and redirects to itself are understood', async () => {
  expect(bad(await inspect('http-fixture-server', ['asks-back']))).toEqual([])
  expect(bad(await inspect('http-fixture-server', ['redirects']))).toEqual([])
})

test.each([
  ['web-page', 'initialize: HTTP 200 OK without an answer in JSON-RPC: <html>Welcome</html>'],
  ['unauthorized', 'initialize: HTTP 401 Unauthorized: log in first'],
  ['redirects-away', 'initialize: redirects to http://127.0.0.1:9'],
  ['floods', 'initialize: answers with more than 16 MiB'],
  ['exits', /^ended with exit code 4 before it listened on port \d+; its last words:\n {2}no database$/],
])('a server that %s fails in words', async (how, words) => {
  const found = await inspect('http-fixture-server', [how])
  expect(detail(found, 'handshake')).toMatch(words)
  expect(found.checks.find(({name}) => name === 'handshake')?.status).toBe('failed')
})

test('a server that hangs or never listens fails in time', async () => {
  const options = {timeoutMilliseconds: 1200}
  const [hangs, never] = await Promise.all([
    inspect('http-fixture-server', ['hangs'], options),
    inspect('http-fixture-server', ['never-listens'], options),
  ])
  expect(detail(hangs, 'handshake')).toContain('no answer to initialize within 1.2 s')
  expect(detail(never, 'handshake')).toMatch(/did not listen on port \d+ within 1.2 s/)
})

// https://modelcontextprotocol.io/specification/2026-07-28/server/tools#x-mcp-header
test('a tool that clients drop because of its headers fails over HTTP, where older clients get it', async () => {
  const found = await inspect('http-fixture-server', ['wants-a-number-in-a-header'], {versionMismatch: 'warning'})
  expect(found.era).toBe('modern')
  expect(bad(found).map(({name, status}) => `${name} ${status}`)).toEqual([
    'server-version warning',
    'tools-valid failed',
  ])
  expect(detail(found, 'tools-valid')).toContain('clients over HTTP drop the tool "add": x-mcp-header of a')
  expect(detail(found, 'both-eras')).toBe('2026-07-28 and 2025-11-25, the same tools')
})

test('over HTTP, SIGTERM must end a server', async () => {
  expect(bad(await inspect('http-fixture-server', ['ignores-sigterm']))).toEqual([
    {name: 'sigterm-exit', status: 'failed', detail: 'still running after SIGTERM; it was killed'},
  ])
})

test('a running server is reached by its URL, with headers, and left running', async () => {
  const port = await freePort()
  const server = new ServerProcess(command('http-fixture-server', [String(port), 'unauthorized']))
  const url = `http://127.0.0.1:${port}/mcp`
  try {
    for (let tries = 0; tries < 100; tries++) {
      if (
        await fetch(url, {method: 'POST'}).then(
          () => true,
          () => false,
        )
      )
        break
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    const found = await inspectUrl({url, headers: {Authorization: 'Bearer secret'}}, defaults)
    expect(bad(found)).toEqual([])
    expect(detail(found, 'clean-exit')).toBe('a running server is not started or ended here')
    expect(detail(await inspectUrl({url}, defaults), 'handshake')).toContain('HTTP 401')
    expect(server.hasExited).toBe(false)
  } finally {
    await server.stop({by: 'SIGTERM', graceMilliseconds: 1000})
  }
  expect(detail(await inspectUrl({url}, defaults), 'handshake')).toContain('ECONNREFUSED')
})

test('a port that somebody else uses is said to be so', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => other.once('listening', resolve))
  const {port} = other.address() as AddressInfo
  const url = `http://localhost:${port}/mcp`
  const found = await inspectHttpServer({command: command('http-fixture-server', [String(port)]), url}, defaults)
  expect(detail(found, 'handshake')).toBe(`port ${port} is in use by another program`)
  await new Promise(resolve => other.close(resolve))
})
