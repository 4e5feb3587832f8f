import {isObject, type JsonObject} from './message'
import {printable} from './printable'
import {isTooDeep} from './schema-validation'
import type {Era} from './wire/results'

/** A tool as the server lists it. */
export interface Tool {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly inputSchema: JsonObject
  readonly outputSchema?: JsonObject
  readonly annotations?: JsonObject
}

// https://modelcontextprotocol.io/specification/2025-11-25/server/tools#tool-names; the SDKs check the same.
const plainName = /^[A-Za-z0-9_.-]{1,128}$/

/** Tools as they were read, and what stands against them. */
export interface ReadTools {
  readonly tools: readonly Tool[]
  readonly problems: readonly string[]
  readonly concerns: readonly string[]
  /** Where that was found, as paths such as `3.inputSchema`. */
  readonly places: ReadonlySet<string>
}

/** Reads listed tools; what no client could use is a problem, what some clients refuse is a concern. */
export function readTools(items: readonly JsonObject[], era: Era): ReadTools {
  const problems: string[] = []
  const places = new Set<string>()
  const concerns: string[] = []
  const tools: Tool[] = []
  const names = new Set<string>()
  items.forEach((item, at) => {
    const told = (place: string, problem: string) => {
      places.add(`${at}.${place}`)
      problems.push(problem)
    }
    const tool = readTool(item, {at, era, told})
    if (tool === undefined) return
    const name = `"${printable(tool.name)}"`
    if (names.has(tool.name)) problems.push(`the tool name ${name} is there twice`)
    if (!plainName.test(tool.name)) concerns.push(`the tool name ${name} is not 1 to 128 of A-Z a-z 0-9 _ - .`)
    names.add(tool.name)
    tools.push(tool)
  })
  if (items.length === 0) concerns.push('declares tools, but lists none')
  return {tools, problems, concerns, places}
}

interface Reading {
  readonly at: number
  readonly era: Era
  readonly told: (place: string, problem: string) => void
}

function readTool(item: JsonObject, {at, era, told}: Reading): Tool | undefined {
  const {name, title, description, inputSchema, outputSchema, annotations} = item
  if (typeof name !== 'string' || name.trim() === '') {
    told('name', `tool ${at + 1} has no name`)
    return undefined
  }
  const label = `the tool "${printable(name)}"`
  if (isTooDeep(item)) {
    told('inputSchema', `${label} is nested too deeply`)
    return undefined
  }
  const input = objectSchema(inputSchema, era)
  if (input === undefined) told('inputSchema', `${label} has no inputSchema of type object`)
  // Since 2026-07-28 a result may be of any type.
  if (era === 'legacy' && outputSchema !== undefined && objectSchema(outputSchema, era) === undefined) {
    told('outputSchema', `${label} has an outputSchema that is not of type object`)
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

function objectSchema(value: unknown, era: Era): JsonObject | undefined {
  if (!isObject(value) || value['type'] !== 'object') return undefined
  const {properties, required} = value
  // What else a schema may hold is the business of JSON Schema, see schemasCheck.
  if (era === 'modern') return value
  if (properties !== undefined && !isObject(properties)) return undefined
  if (required !== undefined && !(Array.isArray(required) && required.every(each => typeof each === 'string'))) {
    return undefined
  }
  return value
}
