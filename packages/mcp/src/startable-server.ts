import {isObject, type JsonObject} from './message'

/** A value that a package needs, as server.json describes it (schema 2025-12-11, `Input` and what extends it). */
export interface StartableInput {
  readonly name?: string
  readonly valueHint?: string
  readonly description?: string
  readonly isRequired: boolean
  readonly format?: string
  readonly value?: string
  readonly default?: string
  readonly placeholder?: string
  readonly choices: readonly string[]
  readonly variables: Readonly<Record<string, StartableInput>>
}

/** A package, as far as it says how it is started. */
export interface StartablePackage {
  readonly registryType: string
  readonly identifier: string
  /** The program that fetches and starts it, such as `npx`; clients have one of their own for each registry. */
  readonly runtimeHint?: string
  /** The texts of the arguments for that program. */
  readonly runtimeArguments?: readonly string[]
  readonly transport?: {readonly type: string; readonly url?: string}
  readonly packageArguments: readonly (StartableInput & {readonly type: string})[]
  readonly environmentVariables: readonly (StartableInput & {readonly name: string})[]
}

/** What is read of a server.json to start its packages. */
export interface StartableServer {
  readonly name: string
  readonly title?: string
  readonly packages: readonly StartablePackage[]
}

/**
 * Reads from the text of a server.json what it takes to start its packages; what has another shape is passed over, as
 * publishing is what checks it. `undefined` when it is no JSON object with a name.
 */
export function readStartableServer(text: string): StartableServer | undefined {
  const server = parsed(text)
  if (!isObject(server) || typeof server['name'] !== 'string') return undefined
  return {name: server['name'], ...texts(server, ['title']), packages: objects(server['packages']).map(readPackage)}
}

function readPackage(each: JsonObject): StartablePackage {
  const {transport} = each
  const type = isObject(transport) ? textOf(transport['type']) : undefined
  const variables = objects(each['environmentVariables']).map(readInput)
  return {
    registryType: textOf(each['registryType']) ?? '',
    identifier: textOf(each['identifier']) ?? '',
    ...texts(each, ['runtimeHint']),
    ...runtimeArguments(each),
    ...(isObject(transport) && type !== undefined ? {transport: {type, ...texts(transport, ['url'])}} : {}),
    packageArguments: objects(each['packageArguments']).map(argument => ({
      ...readInput(argument),
      type: textOf(argument['type']) ?? '',
    })),
    environmentVariables: variables.flatMap(each => (each.name === undefined ? [] : [{...each, name: each.name}])),
  }
}

function runtimeArguments(each: JsonObject): Pick<StartablePackage, 'runtimeArguments'> {
  const found = objects(each['runtimeArguments']).flatMap(({name, value}) => [textOf(name), textOf(value)])
  const texts = found.filter(text => text !== undefined)
  return texts.length === 0 ? {} : {runtimeArguments: texts}
}

function readInput(each: JsonObject): StartableInput {
  const {variables, choices} = each
  const named = isObject(variables) ? Object.entries(variables) : []
  return {
    ...texts(each, ['name', 'valueHint', 'description', 'format', 'value', 'default', 'placeholder']),
    isRequired: each['isRequired'] === true,
    choices: Array.isArray(choices) ? choices.map(textOf).filter(choice => choice !== undefined) : [],
    variables: Object.fromEntries(
      named.flatMap(([name, input]) => (isObject(input) ? [[name, readInput(input)]] : [])),
    ),
  }
}

function texts<K extends string>(from: JsonObject, keys: readonly K[]): {readonly [key in K]?: string} {
  const entries = keys.flatMap(key => {
    const value = textOf(from[key])
    return value === undefined ? [] : [[key, value]]
  })
  return Object.fromEntries(entries) as {readonly [key in K]?: string}
}

// All values are texts, but people write numbers and booleans, which mean the same here.
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
