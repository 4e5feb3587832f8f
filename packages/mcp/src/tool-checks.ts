import type {Check} from '@mcp-release/release-model'
import {headerProblems} from './header-parameters'
import type {Listing} from './listing'
import {isObject} from './message'
import {printable} from './printable'
import {checkSchema} from './schema-validation'
import type {Session} from './session'
import {type ReadTools, type Tool, readTools} from './tool'
import {type Finding, refusalWords} from './wire/results'

/** Tools must be usable by a client: as the schema of the protocol has them, named, unique, with an input schema. */
export function toolsCheck(
  listing: Listing | undefined,
  {era, overHttp}: Pick<Session, 'era'> & {readonly overHttp: boolean},
): {readonly check: Check; readonly tools: readonly Tool[]} {
  const name = 'tools-valid'
  if (listing === undefined) return {check: {name, status: 'skipped', detail: 'declares no tools'}, tools: []}
  if (listing.items === undefined) return {check: {name, status: 'failed', detail: listing.problem}, tools: []}
  const read = readTools(listing.items, era)
  const {tools} = read
  const dropped = era === 'legacy' ? [] : tools.flatMap(droppedOverHttp)
  const refused = refusalWords(untold(listing.refused, read))
  const problems = [...read.problems, ...refused, ...(overHttp ? dropped : [])]
  const concerns = [...read.concerns, ...(overHttp ? [] : dropped)]
  if (problems.length > 0) return {check: {name, status: 'failed', detail: problems.join('; ')}, tools}
  if (concerns.length > 0) return {check: {name, status: 'warning', detail: concerns.join('; ')}, tools}
  return {check: {name, status: 'ok', detail: `${tools.length} tools`}, tools}
}

function droppedOverHttp({name, inputSchema}: Tool): readonly string[] {
  const problems = headerProblems(inputSchema)
  if (problems.length === 0) return []
  return [`clients over HTTP drop the tool "${printable(name)}": ${problems.join(', ')}`]
}

// What was told in better words is not told again.
function untold(refused: readonly Finding[], {places}: ReadTools): readonly Finding[] {
  const isTold = (at: unknown, member: unknown) => places.has(`${String(at)}.${String(member)}`)
  return refused.filter(({path: [, at, member]}) => !isTold(at, 'name') && !isTold(at, member))
}

/** A server without anything to use is most likely not the one that was meant; extensions may hold what is not known here. */
export function offerCheck(
  check: Check,
  offered: readonly (Listing | undefined)[],
  {extensions}: Session['capabilities'],
): Check {
  const isEmpty = offered.every(each => each === undefined || each.items?.length === 0)
  const hasMore = isObject(extensions) && Object.keys(extensions).length > 0
  if (!isEmpty || hasMore || check.status === 'failed') return check
  return {...check, status: 'warning', detail: 'offers no tools, no resources and no prompts at all'}
}

/** Schemas must be JSON Schema, or clients refuse the tool or the whole server. */
export function schemasCheck(tools: readonly Tool[]): Check {
  const name = 'schemas-valid'
  const schemas = tools.flatMap(({name: tool, inputSchema, outputSchema}) => [
    {place: `inputSchema of ${JSON.stringify(printable(tool))}`, schema: inputSchema},
    ...(outputSchema === undefined
      ? []
      : [{place: `outputSchema of ${JSON.stringify(printable(tool))}`, schema: outputSchema}]),
  ])
  if (schemas.length === 0) return {name, status: 'skipped', detail: 'there are no schemas'}
  const found = schemas.map(({place, schema}) => ({place, ...checkSchema(schema)}))
  const unknown = found.flatMap(({place, concern}) => (concern === undefined ? [] : [`${place}: ${concern}`]))
  // Clients compare what a tool answers with its outputSchema, and do not call it where they cannot.
  const refused = unknown.filter(each => each.startsWith('outputSchema'))
  const concerns = unknown.filter(each => !refused.includes(each))
  const problems = [
    ...found.flatMap(({place, problems}) => problems.map(problem => `${place}: ${problem}`)),
    ...refused.map(each => `${each}, nor by clients, which refuse to call the tool`),
  ]
  if (problems.length > 0) return {name, status: 'failed', detail: problems.slice(0, 10).join('; ')}
  if (concerns.length > 0) return {name, status: 'warning', detail: concerns.slice(0, 10).join('; ')}
  return {name, status: 'ok', detail: `${schemas.length} schemas`}
}

/** Tools that the caller counts on must be there. */
export function expectedToolsCheck(tools: readonly Tool[], expected: readonly string[]): Check {
  const name = 'expected-tools'
  if (expected.length === 0) return {name, status: 'skipped', detail: 'none were asked for'}
  const missing = expected.filter(wanted => !tools.some(tool => tool.name === wanted))
  if (missing.length === 0) return {name, status: 'ok'}
  const listed = tools.map(tool => printable(tool.name, 60)).join(', ')
  return {
    name,
    status: 'failed',
    detail: `lacks ${missing.join(', ')}; it lists ${listed === '' ? 'none' : printable(listed, 500)}`,
  }
}

/** The tools that the manifest of a bundle declares should be those that the server lists: clients show them before it runs. */
export function declaredToolsCheck(tools: readonly Tool[], declared: readonly string[] | undefined): Check {
  const name = 'declared-tools'
  if (declared === undefined) return {name, status: 'skipped', detail: 'no manifest lists them'}
  const listed = tools.map(tool => tool.name)
  const missing = declared.filter(each => !listed.includes(each))
  const more = listed.filter(each => !declared.includes(each))
  if (missing.length + more.length === 0) return {name, status: 'ok'}
  const words = (names: readonly string[]) => printable(names.join(', '), 500)
  const detail = [
    ...(missing.length === 0 ? [] : [`manifest.json lists ${words(missing)}, which the server has not`]),
    ...(more.length === 0 ? [] : [`the server has ${words(more)}, which manifest.json does not list`]),
  ]
  return {name, status: 'warning', detail: detail.join('; ')}
}
