import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {type Session, describeAnswer} from './session'

/** All items of a list, or why there are none. */
export type Listing =
  | {readonly items: readonly JsonObject[]; readonly problem?: undefined}
  | {
      readonly items?: undefined
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
}

/** How long lists may take: each answer, and a time (of `performance.now()`) when all of them must be there. */
export interface ListingLimits {
  readonly milliseconds: number
  readonly until: number
}

/** Asks for all pages of `tools/list` and its like; a server whose pages never end is stopped. */
export async function listAll(
  session: Session,
  kind: keyof typeof methods,
  {milliseconds, until}: ListingLimits,
): Promise<Listing> {
  const method = methods[kind]
  const failed = (problem: string, unknown = false): Listing => ({problem, unknown})
  const items: JsonObject[] = []
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
    const page = isObject(answer.result) ? answer.result[kind] : undefined
    if (!Array.isArray(page) || !page.every(isObject)) return failed(`${method} answered without a list of ${kind}`)
    items.push(...page)
    const cursor = isObject(answer.result) ? answer.result['nextCursor'] : undefined
    if (cursor === undefined || cursor === null) return {items}
    if (typeof cursor !== 'string') return failed(`${method}: nextCursor is no text`)
    if (seen.has(cursor)) return failed(`${method}: the cursor "${printable(cursor)}" came twice`)
    seen.add(cursor)
    params = {cursor}
  }
  return failed(`${method}: no end after ${seen.size} pages and ${items.length} ${kind}`)
}
