import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {type Session, describeAnswer} from './session'

/** All items of a list, or why there are none. */
export type Listing =
  | {readonly items: readonly JsonObject[]; readonly problem?: undefined}
  | {readonly items?: undefined; readonly problem: string}

const maximumPages = 200
const maximumItems = 20_000

/** Asks for all pages of `tools/list` and its like; a server whose pages never end is stopped. */
export async function listAll(
  session: Session,
  kind: 'tools' | 'resources' | 'prompts',
  milliseconds: number,
): Promise<Listing> {
  const method = `${kind}/list`
  const items: JsonObject[] = []
  const seen = new Set<string>()
  let params: JsonObject = {}
  while (seen.size < maximumPages && items.length < maximumItems) {
    const answer = await session.request(method, params, milliseconds)
    if (answer.kind !== 'result') return {problem: describeAnswer(method, answer, session.connection)}
    const page = isObject(answer.result) ? answer.result[kind] : undefined
    if (!Array.isArray(page) || !page.every(isObject)) return {problem: `${method} answered without a list of ${kind}`}
    items.push(...page)
    const cursor = isObject(answer.result) ? answer.result['nextCursor'] : undefined
    if (cursor === undefined || cursor === null) return {items}
    if (typeof cursor !== 'string') return {problem: `${method}: nextCursor is no text`}
    if (seen.has(cursor)) return {problem: `${method}: the cursor "${printable(cursor)}" came twice`}
    seen.add(cursor)
    params = {cursor}
  }
  return {problem: `${method}: no end after ${seen.size} pages and ${items.length} ${kind}`}
}
