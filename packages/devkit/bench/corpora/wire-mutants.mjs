// @ts-check
// What servers answer, of both eras, with every member in turn left out or replaced, read by the official TypeScript
// clients and here, in one process: what a client refuses must be refused here. `npm run bench -- corpora:wire-mutants`
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {Client as Client2} from '@modelcontextprotocol/client'
import {Client as Client1} from '@modelcontextprotocol/sdk/client/index.js'
import {bundledPackage} from '../../lib/bundled-package.mjs'
import {richScript} from './wire-mutants/scripts.mjs'

/** @typedef {Record<string, any>} Json */
/** @typedef {'legacy' | 'modern'} Era */

const timeout = 400
const info = {name: 'judge', version: '1.0.0'}
const leftOut = Symbol('left out')
const values = [leftOut, null, 7, -1, 1.5, '', 'x', '!!!', true, [], {}, ['x'], [{}], [null], {a: 1}, {a: {}}]

// Where more is asked for than the clients do, and why.
/** @type {readonly (readonly [RegExp, string])[]} */
const stricter = [
  [/tools\/list tools\.\d\.(?:input|output)Schema/, 'it is no JSON Schema, which the specification demands'],
  [/tools\/list tools\.\d\.name = ""/, 'no client can call a tool without a name'],
  [/tools\/list tools\.1/, 'the tool that is called is not there any more'],
  [/legacy tools\/call content = left out/, 'schema/2025-11-25 requires it, and the official Python client'],
  [
    /\.size = 1\.5|arguments\.0\.title = /,
    'the schemas of both eras want another type, and the official Python clients',
  ],
]

/** @param {Pick<import('../../lib/bench-table.mjs').Bench, 'root' | 'scratch'>} bench */
export async function run({root, scratch}) {
  const judge = await inspector(root, scratch)
  const cases = /** @type {Era[]} */ (['legacy', 'modern']).flatMap(mutants)
  /** @type {string[]} */
  const listed = []
  let [refusedByClients, wrong] = [0, 0]
  for (const {name, era, script, call} of cases) {
    const official = await officially(script, {era, call})
    const here = await judge(script, call)
    if (official !== undefined) refusedByClients++
    if ((official === undefined) === (here === undefined)) continue
    const reason = here === undefined ? undefined : stricter.find(([said]) => said.test(name))?.[1]
    if (reason !== undefined) continue
    wrong++
    listed.push(`${name}: ${official ?? 'taken'} there; ${here ?? 'taken'} here`.replaceAll(/\s+/g, ' ').slice(0, 400))
  }
  return {cases: cases.length, refusedByClients, wrong, listed}
}

/** @param {Era} era */
function mutants(era) {
  const healthy = richScript(era)
  return Object.entries(healthy).flatMap(([method, result]) =>
    places(result).flatMap(place =>
      values.flatMap(value => {
        const script = structuredClone(healthy)
        put(script[method], place, value)
        if (JSON.stringify(script) === JSON.stringify(healthy)) return []
        const words = value === leftOut ? 'left out' : JSON.stringify(value)
        const call = method === 'tools/call' || (method === 'tools/list' && place[1] === '1')
        return [{name: `${era} ${method} ${place.join('.')} = ${words}`, era, script, call}]
      }),
    ),
  )
}

/** Every path in a value. @param {unknown} value @param {readonly string[]} [before] @returns {(readonly string[])[]} */
function places(value, before = []) {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => {
    const path = [...before, key]
    return [path, ...places(each, path)]
  })
}

/** @param {Json} result @param {readonly string[]} place @param {unknown} value */
function put(result, place, value) {
  const last = place.at(-1) ?? ''
  /** @type {any} */
  let node = result
  for (const step of place.slice(0, -1)) node = node[step]
  if (value !== leftOut) node[last] = value
  else if (Array.isArray(node)) node.splice(Number(last), 1)
  else delete node[last]
}

/** A pipe to a server that answers by its script. */
class ScriptedTransport {
  /** @type {((message: any) => void) | undefined} */
  onmessage
  /** @type {(() => void) | undefined} */
  onclose

  /** @param {Json} script */
  constructor(script) {
    this.script = script
  }

  start() {
    return Promise.resolve()
  }

  close() {
    this.onclose?.()
    return Promise.resolve()
  }

  /** @param {any} message */
  send({id, method}) {
    if (id === undefined) return Promise.resolve()
    const result = this.script[method]
    const missing = {error: {code: -32601, message: 'Method not found'}}
    const answer = result === undefined ? missing : {result: structuredClone(result)}
    queueMicrotask(() => this.onmessage?.({jsonrpc: '2.0', id, ...answer}))
    return Promise.resolve()
  }
}

/** What an official client refuses. @param {Json} script @param {{era: Era, call: boolean}} how */
async function officially(script, {era, call}) {
  // Clients of version 1 do not speak the new era.
  const versions = /** @type {const} */ (era === 'legacy' ? [1, 2] : [2])
  for (const version of versions) {
    // A client that drops an answer waits for ever, whatever it was told.
    const refused = await Promise.race([used(script, version, call), pause(3000, 'no answer', {ref: false})])
    if (refused !== undefined) return `client ${version}: ${refused}`
  }
  return undefined
}

/** @param {Json} script @param {1 | 2} version @param {boolean} call */
async function used(script, version, call) {
  const negotiation = {versionNegotiation: {mode: /** @type {const} */ ('auto'), probe: {timeoutMs: timeout}}}
  // Both have the methods that are used here.
  const client = /** @type {any} */ (version === 1 ? new Client1(info) : new Client2(info, negotiation))
  const limit = {timeout}
  try {
    await client.connect(new ScriptedTransport(script), limit)
    const {tools, resources, prompts} = client.getServerCapabilities() ?? {}
    if (tools !== undefined) await client.listTools(undefined, limit)
    if (resources !== undefined) await client.listResources(undefined, limit)
    if (resources !== undefined) await client.listResourceTemplates(undefined, limit)
    if (prompts !== undefined) await client.listPrompts(undefined, limit)
    if (!call) return undefined
    const {isError} = await client.callTool({name: 'sum', arguments: {a: 1}}, undefined, limit)
    return isError === true ? 'answered with an error' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    await client.close().catch(() => undefined)
  }
}

/** @param {string} root @param {string} scratch @returns {Promise<(script: Json, call: boolean) => Promise<string | undefined>>} */
async function inspector(root, scratch) {
  const source = join(root, 'packages/mcp/src')
  const {discover, initialize} = await bundledPackage(join(source, 'session.ts'), join(scratch, 'session'))
  const {explore} = await bundledPackage(join(source, 'explore.ts'), join(scratch, 'explore'))
  return async (script, call) => {
    const channel = scriptedChannel(script)
    const modern = await discover(channel, timeout)
    const session = modern !== undefined && 'era' in modern ? modern : await initialize(channel, timeout)
    if (session === 'modern' || 'problem' in session) return `handshake: ${session.problem ?? session}`
    const calls = call ? [{tool: 'sum', arguments: {a: 1}}] : []
    const options = {timeoutMilliseconds: timeout, versionMismatch: 'warning', expectTools: [], calls}
    /** @type {{checks: readonly {name: string, status: string, detail?: string}[]}} */
    const {checks} = await explore(session, options)
    const failed = checks.filter(({status}) => status === 'failed')
    return failed.length === 0 ? undefined : failed.map(({name, detail}) => `${name}: ${detail}`).join('; ')
  }
}

/** @param {Json} script */
function scriptedChannel(script) {
  return {
    ...{transport: 'stdio', stderr: '', milliseconds: 1},
    notify: () => Promise.resolve(),
    request: (/** @type {string} */ method) => {
      const result = script[method]
      const missing = {kind: 'error', error: {code: -32601, message: 'Method not found'}}
      return Promise.resolve(result === undefined ? missing : {kind: 'result', result: structuredClone(result)})
    },
  }
}
