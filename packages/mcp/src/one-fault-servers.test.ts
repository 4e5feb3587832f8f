import {tmpdir} from 'node:os'
import {expect, test} from '@jest/globals'
import {inspectServer, parseToolCall} from './index'
import {officialVerdict} from './testing/official-client.mjs'
import {oneFaultServers} from './testing/one-fault-servers.mjs'
import {serverScript} from './testing'

// All of them are in `npm run bench -- corpora:one-fault-servers`.
const some = [
  'legacy: nothing, called',
  'legacy: tools/list result tools 0 description = null',
  'legacy: tools/list result tools 0 outputSchema = {"type":"array","items":{"type":"string"}}',
  'legacy: initialize result instructions = 7',
  'legacy: initialize result capabilities tools = true',
  'legacy: resources/list result resources 0 annotations = {"priority":2}',
  'legacy: tools/call result content = [{"type":"image","data":"!!!","mimeType":"image/png"}]',
  'legacy: initialize result serverInfo version = ""',
  'modern: nothing, called',
  'modern: tools/list result ttlMs = left out',
  'modern: tools/list result resultType = left out',
  'modern: tools/list result tools 0 outputSchema = {"type":"array","items":{"type":"string"}}',
  'modern: the call has no type of result',
  'modern: the call goes on with its state',
  'modern: rejected once while offered',
  'modern: rejected always while offered',
  'modern: discover offers only an older one, which works',
]
const all = oneFaultServers()
const chosen = all.filter(({name}) => some.includes(name))

/** What is found out about one of the servers by its name. */
async function inspected(name: string) {
  const script = all.find(each => each.name === name)?.script
  if (script === undefined) throw new Error(`there is no server ${name}`)
  const argv = [process.execPath, serverScript('scripted-server'), JSON.stringify(script)]
  const command = {argv, cwd: tmpdir(), env: {PATH: process.env['PATH'] ?? ''}}
  const {checks} = await inspectServer(command, {
    timeoutMilliseconds: 8000,
    versionMismatch: 'warning',
    expectTools: [],
    graceMilliseconds: 1000,
  })
  return checks
}

test('the chosen servers are all there', () => {
  expect(chosen.map(({name}) => name).sort()).toEqual([...some].sort())
})

// https://github.com/modelcontextprotocol/typescript-sdk, versions 1 and 2
test.each(chosen)('official clients and this one agree: $name', async ({era, script, call = false}) => {
  const argv = [process.execPath, serverScript('scripted-server'), JSON.stringify(script)]
  const calls = call ? ['sum'] : []
  const versions = era === 'legacy' ? ([1, 2] as const) : ([2] as const)
  const verdicts = await Promise.all(versions.map(version => officialVerdict(argv, {version, calls})))
  const {checks} = await inspectServer(
    {argv, cwd: tmpdir(), env: {PATH: process.env['PATH'] ?? ''}},
    {
      timeoutMilliseconds: 8000,
      versionMismatch: 'warning',
      expectTools: [],
      graceMilliseconds: 1000,
      calls: calls.map(name => parseToolCall(`${name} {"a": 1}`)).filter(each => each !== undefined),
    },
  )
  const failed = checks.filter(({status}) => status === 'failed')
  expect({refused: failed.length > 0, failed}).toMatchObject({refused: verdicts.some(each => each !== undefined)})
})

// schema/2025-11-25 and schema/2026-07-28 (`size`: integer, `title`: string, `uri`: format uri), which the official Python
// clients keep to: mcp 1.30 and 2.3.
test.each([
  ['legacy: resources/list result resources 0 size = 1.5', 'resources-listed', 'failed', 'expected a whole number'],
  ['modern: resources/list result resources 0 size = 1.5', 'resources-listed', 'failed', 'expected a whole number'],
  [
    'legacy: prompts/list result prompts 0 arguments = [{"name":"x","title":7}]',
    'prompts-listed',
    'failed',
    'arguments[0] "x".title: expected string, received number',
  ],
  [
    'modern: prompts/list result prompts 0 arguments = [{"name":"x","title":7}]',
    'prompts-listed',
    'failed',
    'arguments[0] "x".title: expected string',
  ],
  [
    'legacy: resources/list result resources 0 uri = "no uri"',
    'resources-listed',
    'warning',
    'resources[0] "a".uri: is not an absolute URI',
  ],
  ['modern: resources/list result resources 0 uri = ""', 'resources-listed', 'warning', 'is not an absolute URI'],
])('what the schema forbids and only some clients take is told: %s', async (name, check, status, words) => {
  expect((await inspected(name)).find(each => each.name === check)).toEqual({
    name: check,
    status,
    detail: expect.stringContaining(words),
  })
})
