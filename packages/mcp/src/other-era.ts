import type {Check} from '@mcp-release/release-model'
import type {Channel} from './channel'
import {type Listing, listAll} from './listing'
import {printable} from './printable'
import {type HandshakeFailure, type Session, initialize, modernProtocol} from './session'
import type {Tool} from './tool'
import {toolsCheck} from './tool-checks'
import {sortedKeys} from './tools-file'

/** What a server of protocol 2026-07-28 is to older clients. */
export interface OtherEra {
  readonly outcome: Session | HandshakeFailure | 'modern'
  /** Present where it declares tools. */
  readonly listing?: Listing
}

const name = 'both-eras'
const listingFactor = 5

/** Opens a session as older clients do, on a process or connection of its own, and lists the tools that they get. */
export async function askAsOlder(channel: Channel, milliseconds: number): Promise<OtherEra> {
  const outcome = await initialize(channel, milliseconds)
  if (outcome === 'modern' || 'problem' in outcome || !('tools' in outcome.capabilities)) return {outcome}
  const until = performance.now() + listingFactor * milliseconds
  return {outcome, listing: await listAll(outcome, 'tools', {milliseconds, until})}
}

/** Tells an older server who can use it. */
export function olderCheck({protocol}: Session): Check {
  return {name, status: 'ok', detail: `protocol ${protocol}; newer clients use it if they fall back to initialize`}
}

/** Compares what older clients get from a server of protocol 2026-07-28 with what newer ones get. */
export function bothErasCheck(
  {server, capabilities, channel}: Session,
  tools: readonly Tool[],
  {outcome, listing}: OtherEra,
): Check {
  if (outcome === 'modern') return onlyNewer(`it refuses initialize as too old`)
  if ('problem' in outcome) {
    const [problem = ''] = outcome.problem.split('\n')
    // What it answers with a result, it claims to understand.
    if (outcome.answered === true) return {name, status: 'failed', detail: `older clients fail: ${problem}`}
    return onlyNewer(problem.replace(/; its last words:$/, ''))
  }
  const overHttp = channel.transport === 'http'
  const {check, tools: older} = toolsCheck(listing, {era: 'legacy', overHttp})
  const protocol = `with initialize (${outcome.protocol})`
  if (check.status === 'failed') return {name, status: 'failed', detail: `${protocol}: ${check.detail ?? ''}`}
  const differences = [
    ...members(server, outcome.server),
    ...['tools', 'resources', 'prompts'].flatMap(each => declared(each, capabilities, outcome.capabilities)),
    ...toolDifferences(tools, older),
  ]
  if (differences.length === 0)
    return {name, status: 'ok', detail: `${modernProtocol} and ${outcome.protocol}, the same tools`}
  const more = differences.length > 10 ? `; and ${differences.length - 10} more` : ''
  return {name, status: 'warning', detail: `${protocol} it differs: ${differences.slice(0, 10).join('; ')}${more}`}
}

function onlyNewer(why: string): Check {
  return {name, status: 'ok', detail: `only clients of protocol ${modernProtocol} can use it: ${why}`}
}

function members(newer: Session['server'], older: Session['server']): readonly string[] {
  if (newer === undefined || older === undefined) return []
  return (['name', 'version'] as const).flatMap(key =>
    newer[key] === older[key]
      ? []
      : [`its ${key} is ${JSON.stringify(older[key])}, otherwise ${JSON.stringify(newer[key])}`],
  )
}

function declared(kind: string, newer: Session['capabilities'], older: Session['capabilities']): readonly string[] {
  if (kind in newer === kind in older) return []
  return [kind in newer ? `it declares no ${kind}` : `it declares ${kind}, and otherwise not`]
}

function toolDifferences(newer: readonly Tool[], older: readonly Tool[]): readonly string[] {
  const [now, then] = [byName(newer), byName(older)]
  const lacks = [...now.keys()].filter(each => !then.has(each)).map(each => `it lacks the tool ${printable(each, 60)}`)
  const has = [...then.keys()].filter(each => !now.has(each)).map(each => `it has the tool ${printable(each, 60)} more`)
  const differ = [...now].flatMap(([key, {inputSchema}]) => {
    const other = then.get(key)
    return other === undefined || text(inputSchema) === text(other.inputSchema)
      ? []
      : [`the tool ${printable(key, 60)} has another inputSchema`]
  })
  return [...lacks, ...has, ...differ]
}

function byName(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  return new Map(tools.map(tool => [tool.name, tool]))
}

function text(value: unknown): string {
  return JSON.stringify(sortedKeys(value))
}
