import type {Check} from '@mcp-release/release-model'
import {argumentHeaders} from './http-headers'
import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {checkInstance} from './schema-validation'
import {type Session, describeAnswer} from './session'
import type {Tool} from './tool'
import {refusalWords, refusals} from './wire/results'

/** A call of a tool, and what its answer must hold. */
export interface ToolCall {
  readonly tool: string
  readonly arguments: JsonObject
  readonly expected?: {readonly text: string} | {readonly json: unknown}
}

/**
 * Reads `tool`, `tool {"json": "arguments"}` and either with `=> expected` behind it: JSON objects and lists are
 * expected as a part of the structured answer, anything else as a part of the text. `undefined` when it is none of that.
 */
export function parseToolCall(line: string): ToolCall | undefined {
  const [, tool = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line.trim()) ?? []
  if (tool === '' || tool === '=>' || tool.startsWith('{')) return undefined
  const given = rest.startsWith('{') ? readObject(rest) : {value: {}, rest}
  if (given === undefined) return undefined
  const tail = given.rest.trim()
  const call = {tool, arguments: given.value}
  if (tail === '') return call
  if (!tail.startsWith('=>')) return undefined
  const wanted = tail.slice(2).trim()
  if (wanted === '') return undefined
  return {...call, expected: readExpectation(wanted)}
}

/** Calls tools and compares their answers. */
export async function callTools(
  session: Session,
  tools: readonly Tool[],
  {calls, milliseconds}: {readonly calls: readonly ToolCall[]; readonly milliseconds: number},
): Promise<Check> {
  const name = 'tool-calls'
  if (calls.length === 0) return {name, status: 'skipped', detail: 'none were asked for'}
  const problems: string[] = []
  for (const call of calls) {
    const tool = tools.find(each => each.name === call.tool)
    const problem = tool === undefined ? 'is not listed' : await callTool(session, tool, {call, milliseconds})
    if (problem !== undefined) problems.push(`${printable(call.tool)}: ${problem}`)
  }
  if (problems.length > 0) return {name, status: 'failed', detail: problems.join('; ')}
  return {name, status: 'ok', detail: `${calls.length} answered as expected`}
}

// As many as the official clients.
const maximumRounds = 10

async function callTool(
  session: Session,
  {name, inputSchema, outputSchema}: Tool,
  {call, milliseconds}: {readonly call: ToolCall; readonly milliseconds: number},
): Promise<string | undefined> {
  const answer = await answerTo(session, {
    params: {name, arguments: call.arguments},
    milliseconds,
    headers: argumentHeaders(inputSchema, call.arguments),
  })
  if (typeof answer === 'string') return answer
  const {content, structuredContent: structured} = answer
  if (!Array.isArray(content)) return 'answered without a list "content"'
  const refused = refusalWords(refusals(session.era, 'tools/call', answer))
  if (refused.length > 0) return `answered what clients refuse: ${refused.join('; ')}`
  const text = textOf(content)
  if (answer['isError'] === true) return `answered with an error: ${printable(text, 500)}`
  if (outputSchema !== undefined) {
    if (structured === undefined) return 'has an outputSchema, but answered without structuredContent'
    const problems = checkInstance(structured, outputSchema)
    if (problems.length > 0) return `structuredContent does not fit outputSchema: ${problems.join('; ')}`
  }
  return call.expected === undefined ? undefined : compare(call.expected, {text, structured})
}

interface Calling {
  readonly params: JsonObject
  readonly milliseconds: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The result of a call, or what came instead. One that only wants its state back is asked again
 * (https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr); a client without capabilities can give
 * no more than that.
 */
export async function answerTo(
  session: Session,
  {params, milliseconds, headers}: Calling,
): Promise<JsonObject | string> {
  let state: JsonObject = {}
  for (let round = 0; round <= maximumRounds; round++) {
    const answer = await session.request('tools/call', {...params, ...state}, milliseconds, headers)
    if (answer.kind !== 'result') return describeAnswer('tools/call', answer, session.channel)
    const result = isObject(answer.result) ? answer.result : {}
    if (session.era === 'legacy' || result['resultType'] !== 'input_required') return result
    const {requestState, inputRequests} = result
    if (isObject(inputRequests) && Object.keys(inputRequests).length > 0)
      return 'asks for input that only a user could give'
    if (typeof requestState !== 'string') return 'asks for input, but neither says for which nor gives a requestState'
    state = {requestState}
  }
  return `still asks for input after ${maximumRounds} rounds`
}

function compare(
  expected: NonNullable<ToolCall['expected']>,
  {text, structured}: {readonly text: string; readonly structured: unknown},
): string | undefined {
  if ('text' in expected) {
    if (text.includes(expected.text)) return undefined
    return `expected the text ${printable(JSON.stringify(expected.text))}, got ${printable(JSON.stringify(text), 500)}`
  }
  const got = structured ?? parsed(text)
  if (holds(got, expected.json)) return undefined
  const shown = got === undefined ? printable(JSON.stringify(text), 500) : printable(JSON.stringify(got), 500)
  return `expected ${printable(JSON.stringify(expected.json))}, got ${shown}`
}

/** Whether a value has all that is expected: objects may have more members, lists may not have more items. */
export function holds(value: unknown, expected: unknown): boolean {
  if (isObject(expected)) {
    return isObject(value) && Object.entries(expected).every(([key, each]) => holds(value[key], each))
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(value) && value.length === expected.length && expected.every((each, at) => holds(value[at], each))
    )
  }
  return value === expected
}

/** The text of what a tool answered. */
export function textOf(content: unknown): string {
  const blocks = Array.isArray(content) ? (content as readonly unknown[]) : []
  const texts = blocks.map(block => (isObject(block) && typeof block['text'] === 'string' ? block['text'] : ''))
  return texts.filter(text => text !== '').join('\n')
}

function readExpectation(wanted: string): NonNullable<ToolCall['expected']> {
  const json = /^[{[]/.test(wanted) ? parsed(wanted) : undefined
  return json === undefined ? {text: wanted} : {json}
}

// The shortest beginning that is a JSON object; braces inside of strings make the first ones fail.
function readObject(text: string): {readonly value: JsonObject; readonly rest: string} | undefined {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    const value = parsed(text.slice(0, end + 1))
    if (isObject(value)) return {value, rest: text.slice(end + 1)}
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
