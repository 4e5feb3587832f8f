import type {StartRecipe} from '@mcp-release/release-model'
import {containerStart} from './containerfile'
import {launchOf} from './launch'
import {isTask} from './readme-source'
import {recipeOf} from './recipe'
import type {StartTarget} from './target'

// What an image sets for its own surroundings says nothing of the server.
const surroundings =
  /^(?:PATH|HOME|LANG|LC_.*|TZ|TERM|SHELL|USER|DEBIAN_FRONTEND|NODE_ENV|NODE_OPTIONS|NODE_VERSION|NPM_.*|npm_.*|PNPM_.*|YARN_.*|COREPACK_.*|PYTHON.*|PIP_.*|UV_.*|POETRY_.*|VIRTUAL_ENV|LD_.*|GO.*|CGO_.*|RUST.*|CARGO_.*|.*_VERSION|CI|DOCKER.*|CONTAINER|.*CHROM.*|PLAYWRIGHT.*)$/

/** What the ENTRYPOINT and CMD of a Containerfile give to a package's server. */
export function containerRecipes(file: string, text: string, target: StartTarget): readonly StartRecipe[] {
  const {argv, env: all, port, line} = containerStart(text)
  const env = Object.fromEntries(Object.entries(all).filter(([name]) => !surroundings.test(name)))
  const source = `${file}, line ${String(line)}`
  const given = {env, source, ...(port === undefined ? {} : {port})}
  if (target.ecosystem === 'oci') {
    // The image brings its arguments and variables itself; only how it is spoken to has to be known.
    const {transport, port: own} = recipeOf({...given, args: argv})
    const speaks = {args: [], env: {}, transport, source}
    return [transport === 'http' ? {...speaks, ...portOf({all, argv, own: own ?? port})} : speaks]
  }
  const launch = argv.length === 0 ? undefined : launchOf(argv, {...target, alone: target.alone})
  if (launch === undefined || isTask(launch.args)) return []
  const {extras, with: beside} = launch
  const recipe = recipeOf({
    ...{...given, args: launch.args, env: {...env, ...launch.env}},
    ...(extras === undefined ? {} : {extras}),
    ...(beside === undefined ? {} : {with: beside}),
  })
  if (recipe.args.length > 0) return [recipe]
  // Variables alone are about the image.
  return Object.keys(recipe.env).length === 0 ? [recipe] : []
}

function portOf({
  all,
  argv,
  own,
}: {
  readonly all: Readonly<Record<string, string>>
  readonly argv: readonly string[]
  readonly own: number | undefined
}) {
  const variable = Object.entries(all).find(([name, value]) => /(?:^|_)PORT$/.test(name) && /^\d+$/.test(value))?.[1]
  const flag = argv
    .map((word, index) => /^--?port=(\d+)$/.exec(word)?.[1] ?? (/^--?port$/.test(word) ? argv[index + 1] : undefined))
    .find(each => each !== undefined)
  const port = Number(flag ?? variable ?? own)
  return Number.isInteger(port) ? {port} : {}
}
