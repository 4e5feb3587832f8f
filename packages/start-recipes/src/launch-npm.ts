import {type Launch, type Launcher, type Read, type Reading, isLaunch, own} from './launch-kinds'
import {type Options, skipOptions, valuesOf} from './options'
import {
  type StartTarget,
  baseName,
  isForDevelopers,
  isOwnCommand,
  isPublished,
  isSameProgram,
  lastPart,
  sameName,
} from './target'
import {shellLine} from './wrappers'

/** Those of npx, and of `npm exec` (https://docs.npmjs.com/cli/commands/npx). */
export const npmOptions: Options = {
  valued: ['-p', '--package', '--registry', '-c', '--call', '--prefix', '--cache', '--userconfig', '-w', '--workspace'],
}

/** `npx PACKAGE`, `npx -p PACKAGE COMMAND`, `npx -c LINE`, and those of other package managers. */
export const npmPackage: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, npmOptions)
  const [first = '', ...behind] = rest
  // What separates the options of npm is not passed on.
  const args = behind[0] === '--' ? behind.slice(1) : behind
  const asked = valuesOf(given, '-p', '--package')
  const [line] = valuesOf(given, '-c', '--call')
  const lines = line === undefined ? [[first, ...args]] : shellLine(line).map(({argv}) => argv)
  const runs = lines.map(argv => inPackage(argv, target, read)).find(isLaunch)
  if (asked.length === 0) return line !== undefined || isRunner(first) ? runs : packageReading(first, args, target)
  const readings = asked.map(spec => packageReading(spec, args, target))
  const found = readings.find(isLaunch)
  if (found === undefined) return runs?.by === 'own' && isRunner(first) ? runs : readings[0]
  if (target.ecosystem !== 'npm') return found
  return runs ?? {fetches: 'npm', name: target.name, command: first}
}

// A command of the package, or a program of its environment that runs the package.
function inPackage([command = '', ...args]: readonly string[], target: StartTarget, read: Read): Reading {
  if (isOwnCommand(command, target) && target.ecosystem === 'npm') return own(args)
  return read([command, ...args], target)
}

// https://tsx.is, https://typestrong.org/ts-node: packages that run a file.
function isRunner(spec: string): boolean {
  return /^(?:tsx|ts-node|ts-node-esm|nodemon|bun|node|esrun|vite-node)(?:@[^/]*)?$/.test(spec)
}

/** What a specification of a package means (https://docs.npmjs.com/cli/using-npm/package-spec). */
function packageReading(spec: string, args: readonly string[], target: StartTarget): Reading {
  const plain = spec.replace(/^npm:/, '')
  if (plain === '' || plain.startsWith('-')) return undefined
  if (isElsewhere(plain)) return target.ecosystem === 'npm' && target.alone ? own(args) : undefined
  const name = plain.replace(/(?<=.)@[^/@]*$/, '')
  if (target.ecosystem !== 'npm') return ofOther(name, args, target)
  if (name === target.name) return own(args)
  // Nothing is fetched for a command that is there already (https://docs.npmjs.com/cli/commands/npm-exec).
  if (target.installed === true && target.executables.includes(name)) return own(args)
  return isPublished('npm', name, target) ? undefined : {fetches: 'npm', name}
}

// A folder, an archive, or a repository: `.`, `/x`, `C:\x`, `file:x`, `github:o/r`, `o/r`, `git+https://…`.
function isElsewhere(spec: string): boolean {
  return (
    /^(?:\.{0,2}[\\/]|\.$|~|[A-Za-z]:[\\/]|(?:github|gitlab|bitbucket|gist|file|https?|git|git\+[a-z]+):)/.test(spec) ||
    /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(spec)
  )
}

/** A program of another language from a package of npm: what the repository publishes there, or a wrapper of its program. */
function ofOther(name: string, args: readonly string[], target: StartTarget): Reading {
  const related: Launch = {args, env: {}, by: 'related'}
  if (isPublished('npm', name, target)) return isSameProgram(name, target) ? related : undefined
  // Executables are wrapped into packages while they are released, so that no manifest is there to tell of them.
  const wraps = target.ecosystem === 'go' || target.ecosystem === 'cargo'
  return wraps && isSameProgram(name, target) ? related : {fetches: 'npm', name}
}

const placing = ['--dir', '-C', '--prefix', '--filter', '-F', '--cwd', '-w', '--workspace', '--package', '-p']

/** https://docs.npmjs.com/cli/commands/npm-run: options of npm itself stand before `--`. */
export const npm: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, npmOptions)
  const [verb = '', ...behind] = rest
  if (verb === 'exec' || verb === 'x') return npmPackage([...options(given), ...behind], target, read)
  if (verb === 'start') return script('start', throughNpm(behind), {target, read})
  if (!/^(?:run|run-script|rum|urn)$/.test(verb)) return undefined
  const [name = '', ...args] = skipOptions(behind, npmOptions).rest
  return script(name, throughNpm(args), {target, read})
}

function throughNpm(words: readonly string[]): readonly string[] {
  const cut = words.indexOf('--')
  const before = cut < 0 ? words : words.slice(0, cut)
  return [...before.filter(word => !word.startsWith('-')), ...(cut < 0 ? [] : words.slice(cut + 1))]
}

/** pnpm, yarn and bun: packages of the registry, commands of the project, its scripts. */
export const runner: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, {valued: placing})
  const [verb = '', ...behind] = rest
  if (verb === 'dlx' || verb === 'x')
    return npmPackage([...options(given), ...behind], {...target, installed: false}, read)
  const local = behind[0] === '--' ? behind.slice(1) : behind
  if (verb === 'exec') return inPackage(local, target, read)
  if (verb === 'workspace') return runner(behind.slice(1), target, read)
  const [name = '', ...args] = verb === 'run' ? skipOptions(behind, {valued: placing}).rest : rest
  const plain = args[0] === '--' ? args.slice(1) : args
  if (target.ecosystem === 'npm' && isOwnCommand(name, target)) return own(plain)
  return script(name, plain, {target, read})
}

/** https://bun.com/docs/cli/run: files, scripts and packages. */
export const bun: Launcher = (words, target, read) => {
  const {rest} = skipOptions(words, {valued: [...placing, '--env-file', '--preload', '-r', '--config']})
  const file = node(rest[0] === 'run' ? rest.slice(1) : rest, target, read)
  return file ?? runner(words, target, read)
}

// `pnpm --package=X dlx`, `npm exec`: options before the verb are meant for what is behind it.
function options(given: readonly (readonly [string, string])[]): readonly string[] {
  return given
    .filter(([name]) => name === '-p' || name === '--package' || name === '-c' || name === '--call')
    .map(([name, value]) => `${name}=${value}`)
}

// What instructions start is one of these; other scripts are for developers.
const serving = /^(?:start|serve|server|mcp|stdio|dev)(?:$|[:\-_.])/

/** A script of package.json: what it starts, or the package itself where that cannot be read. */
export function script(
  name: string,
  args: readonly string[],
  {target, read}: {readonly target: StartTarget; readonly read: Read},
): Reading {
  if (name === '') return undefined
  const {scripts = {}} = target
  if (Object.hasOwn(scripts, name)) {
    const found = shellLine(scripts[name] ?? '').map(({argv, env}) => {
      const reading = read([...argv, ...args], target)
      return isLaunch(reading) ? {...reading, env: {...env, ...reading.env}} : reading
    })
    const launch = found.find(isLaunch)
    if (launch !== undefined) return launch
  }
  return target.ecosystem === 'npm' && target.alone && serving.test(name) ? own(args) : undefined
}

const nodeOptions: Options = {
  valued:
    '-r --require --import --loader --experimental-loader --env-file --env-file-if-exists -C --conditions --tsconfig'.split(
      ' ',
    ),
}

/** https://nodejs.org/api/cli.html: a file of the package, or its folder. */
export const node: Launcher = (words, target) => {
  const {rest} = skipOptions(words, nodeOptions)
  const [file = '', ...args] = rest[0] === 'watch' ? skipOptions(rest.slice(1), nodeOptions).rest : rest
  if (target.ecosystem !== 'npm' || file === '') return undefined
  const plain = file.replaceAll('\\', '/').replace(/\/+$/, '')
  const [, installed] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/.][^/]*)(?:\/|$)/.exec(plain) ?? []
  if (installed !== undefined && installed !== target.name) return {fetches: 'npm', name: installed}
  return isOwnFile(plain, target) ? own(args) : undefined
}

function isOwnFile(file: string, {entries = [], path, alone}: StartTarget): boolean {
  const isScript = /\.[cm]?[jt]sx?$/.test(file)
  const ends = (suffix: string) => file === suffix || file.endsWith(`/${suffix}`)
  const isEntry = entries.some(each => {
    const entry = each.replace(/^\.\//, '')
    const names = isScript ? [entry] : [entry.replace(/\/index\.[cm]?js$/, ''), entry.replace(/\.[cm]?js$/, '')]
    // Of several packages, each may have a dist/index.js.
    return names.some(name => ends(alone || path === '.' ? name : `${path}/${name}`))
  })
  if (isEntry) return true
  if (!alone || isForDevelopers(file)) return false
  if (!isScript) return /^(?:\.|dist|build|lib|out)$/.test(file)
  return /(?:^|\/)(?:dist|build|lib|out|src|bin|index|server|main|app)(?:\/|\.[cm]?[jt]sx?$)/.test(file)
}

/** https://docs.deno.com/runtime/reference/cli/run/: a file, a package of npm, or one of JSR. */
export const deno: Launcher = (words, target, read) => {
  const {rest} = skipOptions(words, {valued: ['-c', '--config', '--import-map', '--lock', '--cert', '-L', '--cwd']})
  const [verb = '', ...behind] = rest
  const isVerb = /^(?:run|serve|x|task)$/.test(verb)
  const [what = '', ...args] = isVerb
    ? skipOptions(behind, {valued: ['-c', '--config', '--import-map', '--lock', '--cert', '-L', '--cwd']}).rest
    : rest
  if (verb === 'task') return script(what, args, {target, read})
  if (what.startsWith('npm:') || verb === 'x') return packageReading(what.replace(/^jsr:/, 'npm:'), args, target)
  if (what.startsWith('jsr:')) {
    const name = what.slice(4).replace(/(?<=.)@[^/@]*$/, '')
    const isOwn = target.ecosystem === 'npm' && sameName(lastPart(name), lastPart(target.name))
    return isOwn ? {args, env: {}, by: 'related'} : undefined
  }
  return node([what, ...args], target, read)
}

/** Whether a command line installs a package of npm for those below it: everywhere, or into the folder. */
export function installedByNpm(argv: readonly string[]): readonly string[] {
  const [command = '', ...words] = argv
  const verbs = words.filter(word => !word.startsWith('-'))
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(baseName(command))) return []
  const from = verbs[0] === 'global' ? 1 : 0
  if (!/^(?:i|install|add|isntall)$/.test(verbs[from] ?? '')) return []
  return verbs.slice(from + 1).map(spec => spec.replace(/(?<=.)@[^/@]*$/, ''))
}
