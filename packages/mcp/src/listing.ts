import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {type Session, describeAnswer} from './session'
import {type Finding, omissions, refusalWords, refusals} from './wire/results'

/** All items of a list, or why there are none. */
export type Listing =
  | {
      readonly items: readonly JsonObject[]
      /** What clients refuse in the pages; the numbers in the paths are those of `items`. */
      readonly refused: readonly Finding[]
      /** What the schema forbids besides, and some clients refuse. */
      readonly doubtful: readonly Finding[]
      readonly problem?: undefined
    }
  | {
      readonly items?: undefined
      readonly refused?: readonly Finding[]
      readonly problem: string
      /** The server does not know the method. */ readonly unknown: boolean
    }

const maximumPages = 200
const maximumItems = 20_000
const methodNotFound = -32601
const methods = {
  tools: 'tools/list',
  resources: 'resources/list',
  resourceTemplates: 'resources/templates/list',
  prompts: 'prompts/list',
} as const

/** A list by its name in results. */
export type ListKind = keyof typeof methods

/** How long lists may take: each answer, and a time (of `performance.now()`) when all of them must be there. */
export interface ListingLimits {
  readonly milliseconds: number
  readonly until: number
}

/** Asks for all pages of `tools/list` and its like; a server whose pages never end is stopped. */
export async function listAll(
  session: Session,
  kind: ListKind,
  {milliseconds, until}: ListingLimits,
): Promise<Listing> {
  const method = methods[kind]
  const failed = (problem: string, unknown = false) => ({problem, unknown})
  const items: JsonObject[] = []
  const [refused, doubtful]: [Finding[], Finding[]] = [[], []]
  const seen = new Set<string>()
  let params: JsonObject = {}
  while (seen.size < maximumPages && items.length < maximumItems) {
    const left = Math.floor(until - performance.now())
    if (left <= 0) return failed(`${method}: no end after ${seen.size} pages; the time for all lists is over`)
    const answer = await session.request(method, params, Math.min(milliseconds, left))
    if (answer.kind !== 'result') {
      const unknown = answer.kind === 'error' && answer.error.code === methodNotFound
      return failed(describeAnswer(method, answer, session.channel), unknown)
    }
    const {[kind]: page, nextCursor: cursor} = isObject(answer.result) ? answer.result : {}
    const found = refusals(session.era, method, answer.result)
    if (!Array.isArray(page) || !page.every(isObject)) {
      const words = refusalWords(found).join('; ')
      return {...failed(`${method} answered without a list of ${kind} (${words})`), refused: found}
    }
    const here = (each: Finding) => ({...each, path: moved(each.path, items.length)})
    refused.push(...found.map(here))
    if (found.length === 0) doubtful.push(...omissions(session.era, method, answer.result).map(here))
    items.push(...page)
    // What is no text was told with what clients refuse.
    if (typeof cursor !== 'string') return {items, refused, doubtful}
    if (seen.has(cursor)) return failed(`${method}: the cursor "${printable(cursor)}" came twice`)
    seen.add(cursor)
    params = {cursor}
  }
  return failed(`${method}: no end after ${seen.size} pages and ${items.length} ${kind}`)
}

// The path of an item of a page as one of the whole list.
function moved([kind, at, ...rest]: readonly PropertyKey[], before: number): readonly PropertyKey[] {
  return kind === undefined
    ? []
    : [kind, ...(at === undefined ? [] : [typeof at === 'number' ? at + before : at]), ...rest]
}

const capabilityOf: Readonly<Record<ListKind, string>> = {
  tools: 'tools',
  resources: 'resources',
  resourceTemplates: 'resources',
  prompts: 'prompts',
}
// All lists together may take as long as that many answers, however many pages there are.
const listingFactor = 5

/** Asks for all lists that a server declares. */
export async function listDeclared(
  session: Session,
  milliseconds: number,
): Promise<Readonly<Partial<Record<ListKind, Listing>>>> {
  const until = performance.now() + listingFactor * milliseconds
  const listings: Partial<Record<ListKind, Listing>> = {}
  for (const kind of Object.keys(methods) as ListKind[]) {
    if (capabilityOf[kind] in session.capabilities) listings[kind] = await listAll(session, kind, {milliseconds, until})
  }
  return listings
}
