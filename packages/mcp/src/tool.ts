import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {isTooDeep} from './schema-validation'

/** A tool as the server lists it. */
export interface Tool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly inputSchema: JsonObject
  readonly outputSchema?: JsonObject
  readonly annotations?: JsonObject
}

// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-names
const plainName = /^[A-Za-z0-9_./-]{1,128}$/

/** Reads listed tools; what no client could use is a problem, what some clients refuse is a concern. */
export function readTools(items: readonly JsonObject[]): {
  readonly tools: readonly Tool[]
  readonly problems: readonly string[]
  readonly concerns: readonly string[]
} {
  const problems: string[] = []
  const concerns: string[] = []
  const tools: Tool[] = []
  const names = new Set<string>()
  items.forEach((item, at) => {
    const tool = readTool(item, `tool ${at + 1}`, problems)
    if (tool === undefined) return
    const name = `"${printable(tool.name)}"`
    if (names.has(tool.name)) problems.push(`the tool name ${name} is there twice`)
    if (!plainName.test(tool.name)) concerns.push(`the tool name ${name} is not 1 to 128 of A-Z a-z 0-9 _ - . /`)
    names.add(tool.name)
    tools.push(tool)
  })
  if (items.length === 0) concerns.push('declares tools, but lists none')
  return {tools, problems, concerns}
}

function readTool(item: JsonObject, place: string, problems: string[]): Tool | undefined {
  const {name, title, description, inputSchema, outputSchema, annotations} = item
  if (typeof name !== 'string' || name.trim() === '') {
    problems.push(`${place} has no name`)
    return undefined
  }
  const label = `the tool "${printable(name)}"`
  if (isTooDeep(item)) {
    problems.push(`${label} is nested too deeply`)
    return undefined
  }
  const input = objectSchema(inputSchema)
  if (input === undefined) problems.push(`${label} has no inputSchema of type object`)
  if (outputSchema !== undefined && objectSchema(outputSchema) === undefined) {
    problems.push(`${label} has an outputSchema that is not of type object`)
  }
  return {
    name,
    ...(typeof title === 'string' ? {title} : {}),
    ...(typeof description === 'string' ? {description} : {}),
    inputSchema: input ?? {},
    ...(isObject(outputSchema) ? {outputSchema} : {}),
    ...(isObject(annotations) ? {annotations} : {}),
  }
}

function objectSchema(value: unknown): JsonObject | undefined {
  if (!isObject(value) || value['type'] !== 'object') return undefined
  const {properties, required} = value
  if (properties !== undefined && !isObject(properties)) return undefined
  if (required !== undefined && !(Array.isArray(required) && required.every(each => typeof each === 'string'))) {
    return undefined
  }
  return value
}
