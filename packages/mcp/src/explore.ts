import type {Check} from '@mcp-release/release-model'
import {type ToolCall, callTools} from './call'
import {listedCheck, nameCheck, versionCheck} from './checks'
import {type Listing, listDeclared} from './listing'
import type {Session} from './session'
import {compatibilityCheck} from './surface-verdict'
import type {Tool} from './tool'
import {declaredToolsCheck, expectedToolsCheck, offerCheck, schemasCheck, toolsCheck} from './tool-checks'
import type {ToolsFile} from './tools-file'

/** What the things that a server says and offers are measured by. */
export interface Expectations {
  /** For the handshake and for each request after it. */
  readonly timeoutMilliseconds: number
  /** The version that the server should state. */
  readonly version?: string
  /** Any of these names the server should state; `strict`: the user gave it, otherwise it was only derived. */
  readonly names?: {readonly any: readonly string[]; readonly strict: boolean}
  /** What it means when the server states another version or name. */
  readonly versionMismatch: 'warning' | 'error'
  readonly expectTools: readonly string[]
  /** The tools that the file says its server has. */
  readonly declaredTools?: readonly string[]
  readonly calls?: readonly ToolCall[]
  /** What an earlier release offered. */
  readonly previous?: ToolsFile
  /** What it means when something was broken and the version does not say so. */
  readonly breakingChange?: 'warning' | 'error'
}

/** What a server offers, and what stands against it. */
export interface Explored {
  readonly checks: readonly Check[]
  readonly tools: readonly Tool[]
  readonly prompts?: Listing
}

/** Lists and calls what a server offers, and judges it. */
export async function explore(session: Session, expected: Expectations): Promise<Explored> {
  const limit = expected.timeoutMilliseconds
  const listings = await listDeclared(session, limit)
  const {tools: listed, resources, resourceTemplates: templates, prompts} = listings
  const {era, server} = session
  const {check, tools} = toolsCheck(listed, {era, overHttp: session.channel.transport === 'http'})
  const offered = [listed, resources, templates, prompts]
  const {version, names, versionMismatch: mismatch} = expected
  return {
    tools,
    ...(prompts === undefined ? {} : {prompts}),
    checks: [
      nameCheck(server, {...(names === undefined ? {} : {names}), mismatch}),
      versionCheck(server, {...(version === undefined ? {} : {version}), mismatch}),
      offerCheck(check, offered, session.capabilities),
      schemasCheck(tools),
      expectedToolsCheck(tools, expected.expectTools),
      declaredToolsCheck(tools, expected.declaredTools),
      await callTools(session, tools, {calls: expected.calls ?? [], milliseconds: limit}),
      compatibilityCheck({...(server === undefined ? {} : {server}), tools}, expected),
      listedCheck('resources-listed', resources),
      listedCheck('resource-templates-listed', templates),
      listedCheck('prompts-listed', prompts),
    ],
  }
}
