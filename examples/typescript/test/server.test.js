import assert from 'node:assert/strict'
import {spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {createInterface} from 'node:readline'
import {test} from 'node:test'
import {fileURLToPath} from 'node:url'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const {name, version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

/** Starts the server, shakes hands, and kills it when the test ends. */
async function start(context) {
  const child = spawn(process.execPath, [cli], {stdio: ['pipe', 'pipe', 'inherit']})
  context.after(() => child.kill('SIGKILL'))
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  const send = message => child.stdin.write(`${JSON.stringify({jsonrpc: '2.0', ...message})}\n`)
  let id = 0
  const ask = async (method, params) => {
    send({id: ++id, method, params})
    return JSON.parse((await lines.next()).value).result
  }
  const clientInfo = {name: 'test', version: '1.0.0'}
  const hello = await ask('initialize', {protocolVersion: '2025-11-25', capabilities: {}, clientInfo})
  send({method: 'notifications/initialized'})
  return {child, ask, hello}
}

test('the server introduces itself as the package', async context => {
  const {hello} = await start(context)
  assert.equal(hello.protocolVersion, '2025-11-25')
  assert.deepEqual([hello.serverInfo.name, hello.serverInfo.version], [name, version])
})

test('the tools are listed with schemas', async context => {
  const {ask} = await start(context)
  const {tools} = await ask('tools/list', {})
  assert.deepEqual(
    tools.map(tool => tool.name),
    ['diff_texts', 'count_text', 'slugify', 'match_pattern'],
  )
  assert.ok(tools.every(tool => tool.inputSchema.type === 'object' && tool.outputSchema.type === 'object'))
})

test('every tool answers with structured content', async context => {
  const {ask} = await start(context)
  const call = async (tool, input) => (await ask('tools/call', {name: tool, arguments: input})).structuredContent
  assert.deepEqual(await call('diff_texts', {before: 'a', after: 'b'}), {equal: false, added: 1, removed: 1, diff: '-a\n+b'})
  assert.equal((await call('count_text', {text: 'naïve'})).bytes, 6)
  assert.deepEqual(await call('slugify', {text: 'Hello, World'}), {slug: 'hello-world'})
  assert.deepEqual(await call('match_pattern', {pattern: 'b+', text: 'abba'}), {matches: [{index: 1, text: 'bb', groups: []}]})
})

test('mistakes of the caller are explained in the result', async context => {
  const {ask} = await start(context)
  const broken = await ask('tools/call', {name: 'match_pattern', arguments: {pattern: '(', text: ''}})
  assert.equal(broken.isError, true)
  assert.match(broken.content[0].text, /^pattern: Invalid regular expression/)
  const incomplete = await ask('tools/call', {name: 'diff_texts', arguments: {before: 'a'}})
  assert.equal(incomplete.isError, true)
  assert.match(incomplete.content[0].text, /after/)
})

test('the server leaves when stdin closes', async context => {
  const {child} = await start(context)
  child.stdin.end()
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('the server leaves on SIGTERM', {skip: process.platform === 'win32'}, async context => {
  const {child} = await start(context)
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('the version is printed, and unknown flags are refused', () => {
  const run = flag => spawnSync(process.execPath, [cli, flag], {encoding: 'utf8'})
  const shown = run('--version')
  assert.deepEqual([shown.status, shown.stdout], [0, `${name} ${version}\n`])
  const refused = run('--verbose')
  assert.deepEqual([refused.status, refused.stdout], [2, ''])
  assert.match(refused.stderr, /unknown arguments: --verbose/)
})
