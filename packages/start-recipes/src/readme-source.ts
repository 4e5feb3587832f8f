import type {StartRecipe} from '@mcp-release/release-model'
import type {Hints} from './answers'
import type {Configuration} from './configuration'
import {type Launch, launchOf} from './launch'
import {asInstalled} from './near-miss'
import {recipeOf} from './recipe'
import type {StartTarget} from './target'

/** What a README tells its users to start, as recipes of one package: the plainest that fits first. */
export function readmeRecipes(configurations: readonly Configuration[], target: StartTarget): readonly StartRecipe[] {
  const told = asInstalled(target, configurations)
  const found = configurations.flatMap((configuration, order) => {
    const launch = configuration.argv.length === 0 ? undefined : launchOf(configuration.argv, told)
    if (launch === undefined || (configuration.form === 'shell' && isTask(launch.args))) return []
    const recipe = recipeOf({
      args: launch.by !== 'own' && target.ecosystem === 'oci' ? [] : launch.args,
      env: ownVariables({...configuration.env, ...launch.env}),
      source: configuration.source,
      ...(launch.extras === undefined ? {} : {extras: launch.extras}),
      ...(launch.with === undefined ? {} : {with: launch.with}),
      hintsOf: text => inputHints(text, configuration),
    })
    return [
      {
        recipe,
        rank: [...rankOf(configuration, launch), recipe.transport === 'stdio' ? 0 : 1, recipe.args.length, order],
      },
    ]
  })
  found.sort((one, other) => compare(one.rank, other.rank))
  return found.map(({recipe}) => recipe)
}

// What a system sets; a made-up value would only keep programs from being found.
const systemVariable =
  /^(?:PATH|HOME|PWD|TMP|TEMP|TMPDIR|SystemRoot|APPDATA|LOCALAPPDATA|USERPROFILE|ComSpec|NODE_PATH|NODE_OPTIONS|PYTHONPATH|VIRTUAL_ENV|GOPATH|GOBIN|LD_LIBRARY_PATH)$/i

function ownVariables(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !systemVariable.test(name)))
}

function rankOf({form}: Configuration, {by}: Launch): readonly number[] {
  return [by === 'own' ? 0 : by === 'related' ? 1 : 2, form === 'client' ? 0 : 1]
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

// What people type once to set something up is not how the server is started.
const tasks =
  /^(?:-h|--help|-v|-V|--version|help|version|init|install|uninstall|setup|login|logout|auth|authenticate|config|configure|doctor|update|upgrade|test|build|generate|list|add|remove|status|inspect|completion|docs?)$/

/** Whether arguments ask for something else than serving. */
export function isTask(args: readonly string[]): boolean {
  return args.some((arg, index) => (index === 0 || arg.startsWith('-')) && tasks.test(arg))
}

function inputHints(text: string, {inputs}: Configuration): Hints | undefined {
  const id = /\$\{input:([^}]+)\}/.exec(text)?.[1]
  const input = id === undefined || inputs === undefined || !Object.hasOwn(inputs, id) ? undefined : inputs[id]
  return input === undefined
    ? undefined
    : {
        ...(input.description === undefined ? {} : {description: input.description}),
        ...(input.secret ? {secret: true} : {}),
        ...(input.proposal === undefined ? {} : {proposal: input.proposal}),
      }
}
