import type {UserOption, UserValue} from '@mcp-release/mcpb'
import type {StartRecipe, StartValue} from '@mcp-release/release-model'
import {answerFor} from '@mcp-release/start-recipes'

/** What a manifest gives to its server, before answers are put in. */
export interface Asking {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly options: Readonly<Record<string, UserOption>>
}

/**
 * Answers to the questions for texts of a manifest, of the shape that the server takes: those that the plan made up for
 * the argument or variable that the answer goes to, else one that fits its name. A default is left alone, and so are
 * folders and files, which have to be there.
 */
export function shapedAnswers(
  {args = [], env = {}, options}: Asking,
  recipes: readonly StartRecipe[],
): Record<string, UserValue> {
  const open = Object.entries(options).filter(([, {type, default: own}]) => type === 'string' && own === undefined)
  return Object.fromEntries(
    open.flatMap(([key, {title, description, sensitive, multiple}]): [string, UserValue][] => {
      const told = recipes
        .map(recipe => toldAnswer(`\${user_config.${key}}`, {args, env}, recipe))
        .find(each => each !== undefined)
      const hints = {name: key, description: `${title} ${description}`}
      const answer = told ?? answerFor('', {...hints, ...(sensitive === true ? {secret: true} : {})}).value
      // What only the start of a process decides cannot be an answer.
      if (answer.includes('${')) return []
      return [[key, multiple === true ? [answer] : answer]]
    }),
  )
}

// The arguments of the recipe are the last ones of the manifest: before them stands what starts the program.
function toldAnswer(
  question: string,
  {args, env}: {readonly args: readonly string[]; readonly env: Readonly<Record<string, string>>},
  recipe: StartRecipe,
): string | undefined {
  const at = args.findIndex(arg => arg.endsWith(question))
  const value = at < 0 ? undefined : recipe.args[at - args.length + recipe.args.length]
  const name = Object.keys(env).find(each => env[each]?.endsWith(question) === true)
  return answerOf(value) ?? answerOf(name === undefined ? undefined : recipe.env[name])
}

function answerOf(value: StartValue | undefined): string | undefined {
  if (value?.origin !== 'asked') return undefined
  const {prefix = ''} = value
  return value.value.startsWith(prefix) ? value.value.slice(prefix.length) : value.value
}
