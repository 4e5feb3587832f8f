import type {BuiltPackage} from './built-package'
import {firstMcpName} from './mcp-name'
import {currentSchema} from './schema'
import type {ReleaseFacts} from './stamp'

/** Where the code lives. */
export interface Origin {
  /** `owner/name` on GitHub. */
  readonly repository?: string
}

/**
 * A server.json for a repository that has none, from what was built: the name that the packages already carry, the first
 * description that fits, and an entry for each package. What is still missing shows when it is checked.
 */
export function generate(facts: ReleaseFacts, {repository}: Origin): unknown {
  const built = facts.built.filter(({isPart}) => isPart !== true)
  const description = built
    .map(({summary}) => summary)
    .find(each => each !== undefined && Array.from(each).length <= 100)
  const name = built.map(carriedName).find(each => each !== undefined) ?? nameFor(repository)
  const images = facts.pushed.map(identifier => ({registryType: 'oci', identifier, transport: stdio}))
  return {
    $schema: currentSchema,
    ...(name === undefined ? {} : {name}),
    ...(description === undefined ? {} : {description}),
    ...(repository === undefined ? {} : {repository: {url: `https://github.com/${repository}`, source: 'github'}}),
    version: facts.version,
    packages: [...unique(built.map(entryFor)), ...images],
  }
}

const stdio = {type: 'stdio'}
const hints: Readonly<Record<string, string>> = {npm: 'npx', pypi: 'uvx'}

// Images have a reference only once they are pushed, and files that nobody can install by name have no entry.
function entryFor({type, name}: BuiltPackage): Readonly<Record<string, unknown>> | undefined {
  if (type === 'oci') return undefined
  const runtimeHint = hints[type]
  return {registryType: type, identifier: name, ...(runtimeHint === undefined ? {} : {runtimeHint}), transport: stdio}
}

function carriedName({proof}: BuiltPackage): string | undefined {
  if (proof.in === 'package.json') return proof.name
  if (proof.in === 'readme') return firstMcpName(proof.text)
  return proof.in === 'labels' ? [...proof.names.values()].find(each => each !== undefined) : undefined
}

function nameFor(repository: string | undefined): string | undefined {
  return repository === undefined ? undefined : `io.github.${repository}`
}

// A wheel and its sdist are one package.
function unique<T>(values: readonly (T | undefined)[]): readonly T[] {
  const seen = new Map<string, T>()
  for (const value of values) if (value !== undefined) seen.set(JSON.stringify(value), value)
  return [...seen.values()]
}
