// @ts-check
// A server for tests. Its only argument is JSON that says how it behaves, see FixtureBehaviour.
import {createInterface} from 'node:readline'
import {openSync, rmSync, writeSync} from 'node:fs'
import process from 'node:process'
import {spawn} from 'node:child_process'

/** @type {import('./index').FixtureBehaviour} */
const how = JSON.parse(process.argv[2] ?? '{}')
const {era = 'legacy', version = '1.0.0', quirk = '', pages = [[{name: 'add', inputSchema: {type: 'object'}}]]} = how
const serverInfo = {name: 'fixture', version}
const capabilities = how.capabilities ?? {tools: {}}
const cached = {ttlMs: 0, cacheScope: 'private'}
let asked = false

/** @param {object} message */
const send = message => process.stdout.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`)
/** @param {{id: number}} request @param {object} result */
const answer = ({id}, result) => {
  const own =
    era === 'modern'
      ? {...cached, resultType: 'complete', _meta: {'io.modelcontextprotocol/serverInfo': serverInfo}}
      : {}
  send({id, result: {...result, ...own}})
}
/** @param {{id: number}} request @param {number} code @param {string} message @param {object} [data] */
const refuse = ({id}, code, message, data) => send({id, error: {code, message, data}})

/** @param {string} text @param {number} [stream] @param {number} [times] */
function flood(text, stream = 1, times = Infinity) {
  for (let at = 0; at < times;) {
    try {
      writeSync(stream, text)
      at++
    } catch (error) {
      // The pipe is full for the moment.
      if (/** @type {{code?: string}} */ (error).code !== 'EAGAIN') throw error
    }
  }
}

if (quirk === 'exits-at-once') {
  console.error('cannot find the settings')
  process.exit(3)
}
if (quirk === 'needs-env' && !process.env['API_TOKEN']) {
  console.error('API_TOKEN is not set')
  process.exit(2)
}
if (quirk === 'prints-env') console.error(JSON.stringify(process.env))
if (quirk === 'logs-on-stdout') console.log('\u001b[32mINFO\u001b[0m server is starting')
if (quirk === 'floods-stdout') flood(`${'x'.repeat(2 ** 16 - 1)}\n`)
if (quirk === 'floods-one-line') flood('x'.repeat(2 ** 16))
// A gigabyte.
if (quirk === 'floods-stderr') flood(`${'x'.repeat(2 ** 16 - 1)}\n`, 2, 2 ** 14)
if (how.lock !== undefined) {
  const {lock} = how
  openSync(lock, 'wx')
  process.on('exit', () => rmSync(lock))
  process.on('SIGTERM', () => process.exit(0))
}
if (quirk === 'ignores-sigterm') process.on('SIGTERM', () => {})
if (quirk === 'talks-on-sigterm') {
  process.on('SIGTERM', () => {
    console.log('shutting down')
    process.exit(0)
  })
}
if (quirk === 'ignores-the-end') {
  process.on('SIGTERM', () => {})
  setInterval(() => {}, 1000)
}
if (quirk === 'needs-sigterm') setInterval(() => {}, 1000)
if (quirk === 'leaves-a-child' || quirk === 'leaves-a-daemon' || quirk === 'forks') {
  for (let at = 0; at < (quirk === 'forks' ? 20 : 1); at++) {
    const options = {stdio: /** @type {const} */ ('ignore'), detached: quirk === 'leaves-a-daemon'}
    spawn('sleep', ['100'], options).unref()
  }
}

for await (const line of createInterface({input: process.stdin})) {
  const message = JSON.parse(line)
  const {method, params = {}} = message
  if (method === undefined || message.id === undefined) {
    if (method === undefined && quirk === 'asks-back') console.error(`client answered ${line}`)
    continue
  }
  if (!asked && quirk === 'dies-on-discover' && method !== 'initialize') process.exit(1)
  asked = true
  if (quirk === 'hangs') continue
  if (method === 'server/discover') {
    if (era === 'modern') answer(message, {supportedVersions: how.supportedVersions ?? ['2026-07-28'], capabilities})
    else if (quirk !== 'silent-on-discover') refuse(message, -32601, 'Method not found')
  } else if (method === 'initialize') {
    if (era === 'modern') refuse(message, -32022, 'Unsupported protocol version', {supported: ['2026-07-28']})
    else answer(message, {protocolVersion: how.protocol ?? params.protocolVersion, capabilities, serverInfo})
    if (quirk === 'asks-back') {
      send({id: 'a', method: 'ping'})
      send({id: 'b', method: 'roots/list'})
    }
  } else if (era === 'modern' && params._meta?.['io.modelcontextprotocol/protocolVersion'] !== '2026-07-28') {
    refuse(message, -32602, 'Invalid _meta')
  } else if (method === 'tools/list') {
    const at = Number(params.cursor ?? 0)
    if (quirk === 'slow-pages') await new Promise(resolve => setTimeout(resolve, 300))
    const next =
      quirk === 'endless-pages' || quirk === 'slow-pages'
        ? `${at + 1}`
        : at + 1 < pages.length
          ? `${at + 1}`
          : undefined
    answer(message, {tools: pages[at] ?? [], nextCursor: quirk === 'same-page' ? '0' : next})
  } else if (method === 'resources/list' && quirk !== 'no-resources') {
    answer(message, {resources: [{uri: 'file:///a', name: 'a'}]})
  } else if (method === 'resources/templates/list' && quirk !== 'no-templates') {
    answer(message, {resourceTemplates: [{uriTemplate: 'file:///{name}', name: 'file'}]})
  } else if (method === 'tools/call') {
    answer(message, how.calls?.[params.name] ?? {content: [{type: 'text', text: JSON.stringify(params.arguments)}]})
  } else if (method === 'prompts/list') {
    answer(message, {prompts: []})
  } else {
    refuse(message, -32601, 'Method not found')
  }
}
if (quirk === 'talks-at-the-end') process.stdout.write('bye')
