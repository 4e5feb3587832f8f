import type {Inspection, StartFailure} from '@mcp-release/mcp'
import {answerFor} from '@mcp-release/start-recipes'
import type {StartOption} from './start-options'
import {type MissingValues, missingValues} from './words/missing-values'

/** A way to start a server that was tried. */
export interface Attempt {
  /** With what it was started in the end. */
  readonly option: StartOption
  /** The variables, options and arguments that the server asked for and got made-up values. */
  readonly madeUp: readonly string[]
  readonly inspection: Inspection
}

/** How attempts are made. */
export interface Attempting {
  readonly start: (option: StartOption) => Promise<Inspection>
  /** Whether what a server asks for is given to it. */
  readonly makesUp: boolean
  /** The package's name, with which some servers begin the names of their variables. */
  readonly name: string
}

const maximumRounds = 4
const maximumOptions = 4

/** Tries the ways to start a server until one comes up; the last attempt is that one, or none did. */
export async function attempts(options: readonly StartOption[], how: Attempting): Promise<readonly Attempt[]> {
  const made: Attempt[] = []
  for (const option of options.slice(0, maximumOptions)) {
    const tried = await attempt(option, how)
    made.push(tried)
    if (tried.inspection.failure === undefined) break
  }
  return made
}

// What the server says is missing is made up, as long as each round brings something new.
async function attempt(option: StartOption, how: Attempting): Promise<Attempt> {
  let tried: Attempt = {option, madeUp: [], inspection: await how.start(option)}
  for (let round = 0; round < maximumRounds; round++) {
    const {failure} = tried.inspection
    if (!how.makesUp || failure === undefined) return tried
    const more = supplied(tried.option, wordsOf(failure), how.name)
    if (more === undefined) return tried
    tried = {
      option: more.option,
      madeUp: [...tried.madeUp, ...more.names],
      inspection: await how.start(more.option),
    }
  }
  return tried
}

/** All that a failed program printed. */
export function wordsOf({stdout, stderr}: StartFailure): string {
  return `${stdout}\n${stderr}`
}

/** An option with dummies for what words say is missing; `undefined` when they say nothing new. */
export function supplied(
  option: StartOption,
  text: string,
  name: string,
): {readonly option: StartOption; readonly names: readonly string[]} | undefined {
  const missing = missingFor(option, text, name)
  const {variables, options, positionals} = missing
  if (variables.length + options.length + positionals.length === 0) return undefined
  const {args, env} = dummies(missing)
  return {
    option: {...option, env: {...option.env, ...env}, args: [...option.args, ...args]},
    names: [...variables, ...options, ...positionals.map(each => `<${each}>`)],
  }
}

/** Arguments and variables with made-up values for what is missing. */
export function dummies({variables, options, positionals}: MissingValues): Pick<StartOption, 'args' | 'env'> {
  return {
    args: [
      ...options.flatMap(each => [each, answerFor('', {name: each.replace(/^-+/, '')}).value]),
      ...positionals.map(each => answerFor(`<${each}>`, {name: each}).value),
    ],
    env: Object.fromEntries(variables.map(each => [each, answerFor('', {name: each}).value])),
  }
}

/** What words say is missing, without what is given already. */
export function missingFor({args, env}: Pick<StartOption, 'args' | 'env'>, text: string, name: string): MissingValues {
  const {variables, options, positionals} = missingValues(text)
  const isGiven = (flag: string) => args.some(each => each === flag || each.startsWith(`${flag}=`))
  return {
    variables: variables.flatMap(
      each => spellings(each, {name, text}).find(spelling => env[spelling] === undefined) ?? [],
    ),
    options: options.filter(each => !isGiven(each)),
    positionals: args.length > 0 ? [] : positionals,
  }
}

// A field of pydantic-settings may have the name of its package before it (`env_prefix`), which its words do not tell:
// with `weather-mcp`, `api_key` is API_KEY, WEATHER_API_KEY or WEATHER_MCP_API_KEY.
function spellings(variable: string, {name, text}: {readonly name: string; readonly text: string}): readonly string[] {
  if (variable.includes('_') && !/^\s*Field required/m.test(text)) return [variable]
  const parts = name
    .replace(/^.*\//, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
  const plain = parts.filter(part => !['MCP', 'SERVER'].includes(part))
  const prefixes = [plain, parts].map(each => each.join('_')).filter(each => each !== '')
  return [...new Set([variable, ...prefixes.map(prefix => `${prefix}_${variable}`)])]
}
