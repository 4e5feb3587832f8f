import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import {type Hints, places, startValueOf} from './answers'

/** How a server is started, as the texts have it. */
export interface PlainStart {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly source: string
  /** HTTP: the port that an image opens, or that an address has. */
  readonly port?: number
  readonly path?: string
  /** Python: what is installed with and beside the package. */
  readonly extras?: readonly string[]
  readonly with?: readonly string[]
  readonly hintsOf?: (text: string) => Hints | undefined
}

/** A recipe from plain texts: what each user replaces is asked for. */
export function recipeOf({args, env, source, port, path, hintsOf, ...more}: PlainStart): StartRecipe {
  const values = args.map((arg, index): StartValue => {
    const before = args[index - 1]
    const flag = before !== undefined && /^--?[A-Za-z][\w-]*$/.test(before) ? before : undefined
    // A flag is what everybody writes; only what follows it differs.
    if (/^--?[A-Za-z][\w-]*$/.test(arg)) return {value: arg, origin: 'fixed'}
    return startValueOf(arg, {...(flag === undefined || isSwitch(flag) ? {} : {name: flag}), ...hintsOf?.(arg)})
  })
  const variables = Object.entries(env).map(([name, value]) => [name, startValueOf(value, {name, ...hintsOf?.(value)})])
  const recipe = {
    args: values,
    env: Object.fromEntries(variables) as Record<string, StartValue>,
    ...(more.extras === undefined ? {} : {extras: [...more.extras]}),
    ...(more.with === undefined ? {} : {with: [...more.with]}),
    source,
  }
  return withTransport(recipe, {...(port === undefined ? {} : {port}), ...(path === undefined ? {} : {path})})
}

// What follows such a flag is an argument of its own.
function isSwitch(flag: string): boolean {
  return /^--?(?:stdio|http|sse|read-only|read-write|verbose|debug|quiet|v|y|yes)$/i.test(flag)
}

/** Sees from arguments and variables how a server is spoken to, and gives one that listens a free port. */
export function withTransport(
  recipe: Omit<StartRecipe, 'transport'>,
  {port, path}: {readonly port?: number; readonly path?: string} = {},
): StartRecipe {
  const args = recipe.args.map(({value}) => value)
  // What opens a port of its own image, and nothing says otherwise, listens there.
  const opens = port !== undefined && args.some((arg, index) => isPortAt(args, index) && arg.endsWith(String(port)))
  const speech = transportOf(args, recipe.env) ?? (opens ? 'http' : 'stdio')
  if (speech === 'stdio') return {...recipe, transport: 'stdio'}
  const values = recipe.args.map((each, index) => (isPortAt(args, index) ? freePort(each) : each))
  const env = Object.fromEntries(
    Object.entries(recipe.env).map(([name, each]) => [name, /(?:^|_)PORT$/.test(name) ? freePort(each) : each]),
  )
  const free = [...values, ...Object.values(env)].some(({value}) => value.includes(places.port))
  const told = path ?? pathOf(args)
  return {
    ...recipe,
    args: values,
    env,
    transport: 'http',
    ...(told === undefined ? {} : {path: told}),
    ...(free || port === undefined ? {} : {port}),
  }
}

const listening = /^(?:streamable[-_]?http|http|sse|http-stream|httpstream|streamable)$/i

// `HTTP_STREAMABLE_SERVER=true`, `ENABLE_HTTP=1`
const httpSwitch = /^(?:\w+_)?(?:HTTP|SSE|STREAMABLE)(?:_(?:STREAMABLE|SERVER|MODE|ENABLED?|LOCAL|TRANSPORT))*$/i

function transportOf(args: readonly string[], env: StartRecipe['env']): 'stdio' | 'http' | undefined {
  const named = args.findIndex(arg => /^--?(?:transport|transport-type|mode|protocol|t)(?:=|$)/.test(arg))
  const given = named < 0 ? undefined : (args[named]?.split('=')[1] ?? args[named + 1])
  if (given !== undefined) return listening.test(given) ? 'http' : 'stdio'
  if (args.some(arg => arg === '--stdio' || arg === 'stdio')) return 'stdio'
  if (args.some(arg => /^--(?:http|sse|streamable-?http|http-mode)$/i.test(arg)) || listening.test(args[0] ?? ''))
    return 'http'
  const variable = Object.entries(env).find(([name]) =>
    /(?:^|_)(?:TRANSPORT|TRANSPORT_+TYPE|TRANSPORT_+MODE)$/i.test(name),
  )
  if (variable !== undefined) return listening.test(variable[1].value) ? 'http' : 'stdio'
  return Object.entries(env).some(([name, {value}]) => httpSwitch.test(name) && /^(?:true|1|yes|on)$/i.test(value))
    ? 'http'
    : undefined
}

function isPortAt(args: readonly string[], index: number): boolean {
  const arg = args[index] ?? ''
  return (
    /^--?(?:[\w-]*-)?port=\d+$/.test(arg) ||
    /^:\d+$/.test(arg) ||
    (/^--?(?:[\w-]*-)?(?:port|p)$/.test(args[index - 1] ?? '') && /^\d+$/.test(arg)) ||
    /^(?:--?[\w-]+=)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0)?:\d+$/.test(arg)
  )
}

function freePort(each: StartValue): StartValue {
  return {...each, value: each.value.replace(/\d+$/, places.port)}
}

function pathOf(args: readonly string[]): string | undefined {
  const at = args.findIndex(arg => /^--?(?:path|endpoint|http-path|endpoint-path|mcp-path)(?:=|$)/.test(arg))
  const path = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1])
  return path?.startsWith('/') === true ? path : undefined
}

/** Whether two recipes start a server in the same way. */
export function sameStart(one: StartRecipe, other: StartRecipe): boolean {
  const key = ({args, env, transport, extras = [], with: beside = []}: StartRecipe) =>
    JSON.stringify([
      extras,
      beside,
      args.map(({value}) => value),
      Object.entries(env)
        .map(([name, {value}]) => [name, value])
        .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
      transport,
    ])
  return key(one) === key(other)
}

/** Whether two recipes give a server the same arguments. */
export function sameArguments(one: StartRecipe, other: StartRecipe): boolean {
  const key = ({args}: StartRecipe) => JSON.stringify(args.map(({value}) => value))
  return key(one) === key(other)
}
