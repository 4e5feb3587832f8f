import type {Check} from '@mcp-release/release-model'
import type {Channel} from './channel'
import type {Explored} from './explore'
import {type ListKind, type Listing, listDeclared} from './listing'
import {printable} from './printable'
import {type HandshakeFailure, type Session, initialize, modernProtocol} from './session'
import type {Tool} from './tool'
import {toolsCheck} from './tool-checks'
import {sortedKeys} from './tools-file'
import {refusalWords} from './wire/results'

/** What a server of protocol 2026-07-28 is to older clients. */
export interface OtherEra {
  readonly outcome: Session | HandshakeFailure | 'modern'
  readonly listings: Readonly<Partial<Record<ListKind, Listing>>>
}

const name = 'both-eras'

/** Opens a session as older clients do, on a process or connection of its own, and lists what they get. */
export async function askAsOlder(channel: Channel, milliseconds: number): Promise<OtherEra> {
  const outcome = await initialize(channel, milliseconds)
  if (outcome === 'modern' || 'problem' in outcome) return {outcome, listings: {}}
  return {outcome, listings: await listDeclared(outcome, milliseconds)}
}

/** Tells an older server who can use it. */
export function olderCheck({protocol}: Session): Check {
  return {name, status: 'ok', detail: `protocol ${protocol}; newer clients use it if they fall back to initialize`}
}

/** Compares what older clients get from a server of protocol 2026-07-28 with what newer ones get. */
export function bothErasCheck(
  {server, capabilities, channel}: Session,
  {tools, prompts}: Pick<Explored, 'tools' | 'prompts'>,
  {outcome, listings}: OtherEra,
): Check {
  if (outcome === 'modern') return onlyNewer(`it refuses initialize as too old`)
  if ('problem' in outcome) {
    const [problem = ''] = outcome.problem.split('\n')
    // What it answers with a result, it claims to understand.
    if (outcome.answered === true) return {name, status: 'failed', detail: `older clients fail: ${problem}`}
    return onlyNewer(problem.replace(/; its last words:$/, ''))
  }
  const overHttp = channel.transport === 'http'
  const {check, tools: older} = toolsCheck(listings.tools, {era: 'legacy', overHttp})
  const protocol = `with initialize (${outcome.protocol})`
  const others = [listings.resources, listings.resourceTemplates, listings.prompts]
  const refused = refusalWords(others.flatMap(each => each?.refused ?? []))
  const problems = [...(check.status === 'failed' ? [check.detail ?? ''] : []), ...refused]
  if (problems.length > 0) return {name, status: 'failed', detail: `${protocol}: ${problems.join('; ')}`}
  const differences = [
    ...members(server, outcome.server),
    ...['tools', 'resources', 'prompts'].flatMap(each => declared(each, capabilities, outcome.capabilities)),
    // What is not declared is told above.
    ...(listings.tools === undefined ? [] : toolDifferences(tools, older)),
    ...(listings.prompts === undefined
      ? []
      : nameDifferences('prompt', promptNames(prompts), promptNames(listings.prompts))),
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
  const differ = [...now].flatMap(([key, {inputSchema}]) => {
    const other = then.get(key)
    return other === undefined || text(inputSchema) === text(other.inputSchema)
      ? []
      : [`the tool ${printable(key, 60)} has another inputSchema`]
  })
  return [...nameDifferences('tool', [...now.keys()], [...then.keys()]), ...differ]
}

// Resources may be other ones in each process, prompts hardly.
function promptNames(listing: Listing | undefined): readonly string[] {
  return (listing?.items ?? []).map(({name: prompt}) => String(prompt))
}

function nameDifferences(kind: string, newer: readonly string[], older: readonly string[]): readonly string[] {
  const lacks = newer.filter(each => !older.includes(each)).map(each => `it lacks the ${kind} ${printable(each, 60)}`)
  const has = older.filter(each => !newer.includes(each)).map(each => `it has the ${kind} ${printable(each, 60)} more`)
  return [...lacks, ...has]
}

function byName(tools: readonly Tool[]): ReadonlyMap<string, Tool> {
  return new Map(tools.map(tool => [tool.name, tool]))
}

function text(value: unknown): string {
  return JSON.stringify(sortedKeys(value))
}
