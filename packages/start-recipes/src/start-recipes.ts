import type {ServerSettings, StartRecipe} from '@mcp-release/release-model'
import {containerRecipes} from './container-source'
import {type Texts, documentConfigurations, readmeConfigurations} from './documents'
import {manifestRecipes} from './manifest-source'
import {readmeRecipes} from './readme-source'
import {sameArguments, sameStart} from './recipe'
import {serverJsonRecipes} from './server-json-source'
import {withSettings} from './settings-source'
import {smitheryRecipes} from './smithery-source'
import type {StartTarget} from './target'

const mostAlternatives = 8

/** Where nothing is said, most servers speak MCP when they are just run. */
function bare({ecosystem, name, executables, module, entry, manifest}: StartTarget): StartRecipe {
  const [command] = executables
  const what =
    command !== undefined
      ? `the command ${command}`
      : module !== undefined
        ? `the module ${module}`
        : entry !== undefined
          ? `the file ${entry}`
          : `the ${ecosystem === 'oci' ? 'image' : 'command'} ${name}`
  const place = manifest === undefined ? '' : ` of ${manifest}`
  return {args: [], env: {}, transport: 'stdio', source: `${what}${place}; nothing says what it is given`}
}

/**
 * How a package's server is started, the best source first and the bare command last. What the settings say holds for
 * all of them; what they say of the arguments leaves no choice.
 */
export function startRecipes(
  target: StartTarget,
  texts: Texts,
  settings: Partial<ServerSettings> = {},
): readonly StartRecipe[] {
  const told = instructions(target, texts)
  const image = fromContainer(target, texts)
  // A container has to listen; what users start themselves speaks stdio where it can. With the same arguments, a README
  // tells besides which variables users set.
  const early = image.filter(
    recipe =>
      target.ecosystem === 'oci' || (recipe.transport === 'stdio' && !told.some(each => sameArguments(each, recipe))),
  )
  const files = written(target, texts)
  // A file that asks for nothing only repeats that there is a command; instructions tell more.
  const isLate = (recipe: StartRecipe) => target.ecosystem !== 'oci' && isEmpty(recipe)
  const isEarly = (recipe: StartRecipe) => !isLate(recipe)
  const learnt = [
    ...[...files, ...early].filter(isEarly),
    ...told,
    ...image.filter(isEarly),
    ...[...files, ...image].filter(isLate),
    bare(target),
  ]
  const found = learnt.map(recipe => withSettings(recipe, settings))
  const different = found.filter((recipe, index) => !found.slice(0, index).some(each => sameStart(each, recipe)))
  if (settings.args !== undefined) return different.slice(0, 1)
  const last = different.at(-1)
  return different.length <= mostAlternatives || last === undefined
    ? different
    : [...different.slice(0, mostAlternatives - 1), last]
}

function isEmpty({args, env, transport, extras, with: beside}: StartRecipe): boolean {
  if (extras !== undefined || beside !== undefined) return false
  return args.length === 0 && Object.keys(env).length === 0 && transport === 'stdio'
}

/** What a README tells; where it tells nothing of the package, what other documents do. */
function instructions(target: StartTarget, texts: Texts): readonly StartRecipe[] {
  const told = readmeRecipes(readmeConfigurations(target.path, texts), target)
  return told.length > 0 ? told : readmeRecipes(documentConfigurations(target.path, texts), target)
}

/** What files written for programs say. */
function written(target: StartTarget, texts: Texts): readonly StartRecipe[] {
  const named = (...names: string[]) => filesNamed(names, target, texts)
  // The server.json of the root may describe packages of every folder.
  const servers = [
    ...new Set([...named('server.json'), ...(Object.hasOwn(texts, 'server.json') ? ['server.json'] : [])]),
  ]
  const manifests = target.ecosystem === 'oci' ? [] : named(...manifestNames)
  return [
    ...servers.flatMap(file => serverJsonRecipes(file, texts[file], target)),
    ...manifests.flatMap(file => manifestRecipes(file, texts[file])),
    ...named('smithery.yaml').flatMap(file => smitheryRecipes(file, texts[file] ?? '', target)),
  ]
}

const manifestNames = ['manifest.json', 'mcpb/manifest.json', 'dxt/manifest.json', 'desktop-extension/manifest.json']

function fromContainer(target: StartTarget, texts: Texts): readonly StartRecipe[] {
  const {containerfile} = target
  const files =
    containerfile === undefined ? filesNamed(['Containerfile', 'Dockerfile'], target, texts) : [containerfile]
  return files.flatMap(file => containerRecipes(file, texts[file] ?? '', target))
}

// What lies at the root speaks of a package in a folder when that is the only server.
function filesNamed(names: readonly string[], {path, alone}: StartTarget, texts: Texts): readonly string[] {
  const folders = path === '.' ? ['.'] : [path, ...(alone ? ['.'] : [])]
  const files = folders.flatMap(folder => names.map(name => (folder === '.' ? name : `${folder}/${name}`)))
  return files.filter(file => Object.hasOwn(texts, file))
}
