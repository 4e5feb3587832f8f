import {normalizedPythonName, serverCommand} from '@mcp-release/release-model'

/** A choice that could not be made, and the remedy. */
export interface NoChoice {
  readonly problem: string
  readonly hint?: string
}

/** An entry of server.json, as far as it says who fetches and starts its package. */
export interface RegistryEntry {
  readonly registryType: string
  readonly identifier: string
  /** The program that does it; clients have one of their own for each registry. */
  readonly runtimeHint?: string
  /** The texts of the arguments for that program. */
  readonly runtimeArguments?: readonly string[]
}

/** Who says which of a package's commands is the server. */
export interface Wish {
  readonly name: string
  /** The settings or an input. */
  readonly executable?: string
  /** The command that instructions for users name, as in `npx -p PACKAGE COMMAND` and `uvx --from PACKAGE COMMAND`. */
  readonly told?: string
  /** What server.json says of the package: clients start the command that the tool in `runtimeHint` chooses. */
  readonly entry?: RegistryEntry
}

/**
 * The command of an npm package that is the server: the one that somebody names, else the one that `npx PACKAGE` chooses.
 * What server.json has clients run must find a command as well, and the same.
 */
export function chooseBin(bins: Readonly<Record<string, string>>, wish: Wish): string | NoChoice {
  const {name, entry} = wish
  const found = npxCommand(name, bins)
  const commands = Object.keys(bins)
  const unscoped = name.replace(/^@[^/]+\//, '')
  const hint =
    `Name one of "bin" in package.json ${JSON.stringify(unscoped)}, or leave only one.\n` + otherCommand(name, 'npx -p')
  const none = {
    problem: `npx ${name} "could not determine executable to run": of ${listed(commands)}, none is named ${JSON.stringify(unscoped)}`,
    hint,
  }
  if (isRunBy(entry, 'npx') && found === undefined) return bySource(none)
  const chosen = named(commands, wish) ?? found ?? none
  if (typeof chosen !== 'string' || found === undefined || !isRunBy(entry, 'npx')) return chosen
  return bins[chosen] === bins[found] ? chosen : otherThanRegistry({name, chosen, found, tool: 'npx'})
}

/**
 * The command of an npm package that `npx PACKAGE` starts: all bins are one file, or one is named like the package without
 * its scope (https://github.com/npm/cli/blob/latest/workspaces/libnpmexec/lib/get-bin-from-manifest.js).
 */
export function npxCommand(name: string, bins: Readonly<Record<string, string>>): string | undefined {
  if (new Set(Object.values(bins)).size === 1) return Object.keys(bins)[0]
  const unscoped = name.replace(/^@[^/]+\//, '')
  return Object.hasOwn(bins, unscoped) ? unscoped : undefined
}

/**
 * The script of a wheel that is the server: the one that somebody names, else the one that `uvx NAME` chooses. `pipx run`
 * also takes the only one, whatever its name.
 */
export function chooseScript(targets: Readonly<Record<string, string>>, wish: Wish): string | NoChoice {
  const {name, entry} = wish
  const scripts = Object.keys(targets)
  const found = scripts.find(script => sameName(script, name))
  const hint =
    `Add a script of that name to [project.scripts] in pyproject.toml: ${name} = "…".\n` +
    otherCommand(name, 'uvx --from')
  const none = {problem: `uvx ${name} finds no command of that name: it has ${listed(scripts)}`, hint}
  const identifier = entry?.identifier ?? name
  if (isRunBy(entry, 'uvx') && !scripts.includes(identifier)) {
    return bySource(found === undefined ? none : spelledOtherwise(identifier, found))
  }
  // pipx compares the name in the normal form of PEP 503 with the scripts as they are spelled.
  const normal = normalizedPythonName(name).replaceAll('_', '-')
  if (isRunBy(entry, 'pipx') && !scripts.includes(normal)) {
    const [only, ...more] = scripts
    return only !== undefined && more.length === 0
      ? only
      : bySource({...none, problem: `pipx run ${name} finds no command ${normal}: it has ${listed(scripts)}`})
  }
  const chosen = named(scripts, wish) ?? found ?? none
  if (typeof chosen !== 'string' || found === undefined || targets[chosen] === targets[found]) return chosen
  return isRunBy(entry, 'uvx') ? otherThanRegistry({name: identifier, chosen, found, tool: 'uvx'}) : chosen
}

function named(commands: readonly string[], {name, executable, told}: Wish): string | NoChoice | undefined {
  if (executable === undefined) return told !== undefined && commands.includes(told) ? told : undefined
  const chosen = serverCommand(commands, {name, asked: executable})
  return chosen ?? {problem: `has no command ${JSON.stringify(executable)}; it has ${listed(commands)}`}
}

// Clients take npx for packages of npm and uvx for those of PyPI where nothing else is said.
function isRunBy(entry: RegistryEntry | undefined, tool: 'npx' | 'uvx' | 'pipx'): boolean {
  // Who says `-p` or `--from` chooses both the package and the command.
  if (entry === undefined || entry.runtimeArguments?.some(text => choosing.test(text)) === true) return false
  const usual = entry.registryType === 'npm' ? 'npx' : 'uvx'
  return (entry.runtimeHint ?? usual) === tool
}

const choosing = /^(?:-p|-c|--package|--call|--from|--spec)(?:$|[= ])/

function otherCommand(name: string, start: string): string {
  return `If users start another command (${start} ${name} COMMAND), say which: servers: {${JSON.stringify(name)}: {executable: COMMAND}} in .github/mcp-release.yml, or the input executable.`
}

function spelledOtherwise(identifier: string, found: string): NoChoice {
  return {
    problem: `uvx ${identifier} looks for a command of just that spelling, and it has ${JSON.stringify(found)}`,
    hint: `Write ${JSON.stringify(found)} as the identifier in server.json, which is the same package, or name the script ${JSON.stringify(identifier)} in [project.scripts].`,
  }
}

function bySource({problem, hint}: NoChoice): NoChoice {
  const [first = ''] = (hint ?? '').split('\n')
  return {problem: `server.json has clients start it by that name: ${problem}`, hint: first}
}

function otherThanRegistry({
  name,
  chosen,
  found,
  tool,
}: Readonly<Record<'name' | 'chosen' | 'found' | 'tool', string>>): NoChoice {
  return {
    problem: `server.json has clients run ${tool} ${name}, which starts ${found}; the server is ${chosen}`,
    hint: `Let the command ${found} be the server, or publish the server as a package of its own: clients cannot choose ${chosen}.`,
  }
}

function sameName(one: string, other: string): boolean {
  return normalizedPythonName(one) === normalizedPythonName(other)
}

function listed(commands: readonly string[]): string {
  return commands.length === 0 ? 'none' : [...commands].sort().join(', ')
}
