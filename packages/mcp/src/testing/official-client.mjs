// @ts-check
// Tells what the official TypeScript clients make of a server over stdio: that of version 1, which speaks with
// `initialize`, and that of version 2, which also speaks protocol 2026-07-28.
import process from 'node:process'
import {Client as Client1} from '@modelcontextprotocol/sdk/client/index.js'
import {StdioClientTransport as Transport1} from '@modelcontextprotocol/sdk/client/stdio.js'
import {Client as Client2} from '@modelcontextprotocol/client'
import {StdioClientTransport as Transport2} from '@modelcontextprotocol/client/stdio'

const info = {name: 'judge', version: '1.0.0'}
const timeout = 3000

/**
 * What a client refuses, in its words; `undefined` when it can use all that the server offers.
 *
 * @param {readonly string[]} argv @param {{version: 1 | 2, calls?: readonly string[]}} how
 * @returns {Promise<string | undefined>}
 */
export async function officialVerdict([command = '', ...args], {version, calls = []}) {
  const start = {
    command,
    args: [...args],
    stderr: /** @type {const} */ ('ignore'),
    env: {PATH: process.env['PATH'] ?? ''},
  }
  const probe = {timeoutMs: timeout}
  const options = {versionNegotiation: {mode: /** @type {const} */ ('auto'), probe}}
  // Both have the methods that are used here.
  const client = /** @type {Client1} */ (
    version === 1 ? new Client1(info) : /** @type {unknown} */ (new Client2(info, options))
  )
  const transport = /** @type {Transport1} */ (
    version === 1 ? new Transport1(start) : /** @type {unknown} */ (new Transport2(start))
  )
  let step = 'connect'
  try {
    await client.connect(transport, {timeout})
    const {tools, resources, prompts} = client.getServerCapabilities() ?? {}
    const listed = /** @type {const} */ ([
      ['tools/list', tools, () => client.listTools(undefined, {timeout})],
      ['resources/list', resources, () => client.listResources(undefined, {timeout})],
      ['resources/templates/list', resources, () => client.listResourceTemplates(undefined, {timeout})],
      ['prompts/list', prompts, () => client.listPrompts(undefined, {timeout})],
    ])
    for (const [method, capability, list] of listed) {
      step = method
      if (capability !== undefined) await list()
    }
    for (const name of calls) {
      step = `tools/call ${name}`
      const result = await client.callTool({name, arguments: {a: 1}}, undefined, {timeout})
      if (result.isError === true) return `${step}: answered with an error`
    }
    return undefined
  } catch (error) {
    return `${step}: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    await client.close().catch(() => undefined)
  }
}
