import {dockerRun} from './launch-docker'
import {type Options, skipOptions} from './options'
import {type StartTarget, baseName, isOwnCommand, sameName} from './target'

/** What stands behind the server's own command, and how near the way of starting is to the package's own. */
export interface Launch {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** `own`: the package itself. `related`: the same program from another package. `image`: a container of it. */
  readonly by: 'own' | 'related' | 'image'
}

interface Start {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** What a command gives to a package's server when it is what the command starts; `undefined` when it starts something else. */
export function launchOf(argv: readonly string[], target: StartTarget): Launch | undefined {
  const {argv: inner, env} = unwrapped({argv, env: {}})
  const [command = '', ...rest] = inner
  const program = baseName(command)
  const launch = launchers[program]?.(rest, target)
  if (launch !== undefined) return {...launch, env: {...env, ...launch.env}}
  if (/^python(?:[23](?:\.\d+)?)?$|^py$/.test(program)) return withEnv(python(rest, target), env)
  return isOwnCommand(command, target) ? {args: rest, env, by: 'own'} : undefined
}

function withEnv(launch: Launch | undefined, env: Launch['env']): Launch | undefined {
  return launch === undefined ? undefined : {...launch, env: {...env, ...launch.env}}
}

// Shells and wrappers around a command, one inside another at most a few times.
function unwrapped(start: Start): Start {
  let {argv, env} = start
  for (let round = 0; round < 4; round++) {
    const inner = inside(argv)
    if (inner === undefined) break
    argv = inner.argv
    env = {...env, ...inner.env}
  }
  return {argv, env}
}

function inside(argv: readonly string[]): Start | undefined {
  const [command = '', ...rest] = argv
  const program = baseName(command)
  if (program === 'cmd' && /^\/[ck]$/i.test(rest[0] ?? '')) return {argv: rest.slice(1), env: {}}
  if (/^(?:ba|z|da)?sh$/.test(program) && /^-l?c$/.test(rest[0] ?? ''))
    return {
      argv: (rest[1] ?? '')
        .trim()
        .replace(/^exec /, '')
        .split(/\s+/),
      env: {},
    }
  if (program === 'wsl' || program === 'sudo' || program === 'nohup' || program === 'tini' || program === 'dumb-init')
    return {argv: rest.filter((_, index) => index > 0 || rest[0] !== '--'), env: {}}
  if (program === 'env') return environment(rest)
  if (program === 'npx' || program === 'bunx') {
    const at = rest.findIndex(word => !word.startsWith('-'))
    if (/^@modelcontextprotocol\/inspector(?:@.*)?$/.test(rest[at] ?? '')) return inspected(rest.slice(at + 1))
  }
  return undefined
}

function environment(words: readonly string[]): Start {
  const at = words.findIndex(word => !/^\w+=/.test(word) && !word.startsWith('-'))
  const env = words.slice(0, at < 0 ? words.length : at).flatMap(word => {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/s.exec(word) ?? []
    return name === '' ? [] : [[name, value] as const]
  })
  return {argv: at < 0 ? [] : words.slice(at), env: Object.fromEntries(env)}
}

// https://github.com/modelcontextprotocol/inspector: options, then the command.
function inspected(words: readonly string[]): Start {
  const {rest, given} = skipOptions(words, {valued: ['-e', '--config', '--server']})
  return {argv: rest, env: Object.fromEntries(given.filter(([name]) => name === '-e').map(([, text]) => split(text)))}
}

function split(text: string): readonly [string, string] {
  const cut = text.indexOf('=')
  return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)]
}

type Launcher = (words: readonly string[], target: StartTarget) => Launch | undefined

/** Those of npx, and of `npm exec`. */
export const npmOptions: Options = {
  valued: ['-p', '--package', '--registry', '-c', '--prefix', '--cache', '--userconfig', '-w', '--workspace'],
}
/** Those of uv and uvx, before and behind `run`. */
export const uvOptions: Options = {
  valued:
    '--from --with --with-editable --with-requirements --python -p --index-url --index --default-index --extra-index-url --directory --project --env-file --extra --group --package --refresh-package --spec --pip-args --constraints --overrides --prerelease --python-preference --cache-dir --config-file --find-links --link-mode --resolution --only-group --no-group --no-extra --exclude-newer'.split(
      ' ',
    ),
}

const launchers: Readonly<Record<string, Launcher>> = {
  npx: npmPackage,
  bunx: npmPackage,
  pnpx: npmPackage,
  npm: (words, target) => {
    const [verb, ...rest] = skipOptions(words, npmOptions).rest
    if (verb === 'exec' || verb === 'x') return npmPackage(rest, target)
    return verb === 'start' || verb === 'run' ? script(verb === 'run' ? rest.slice(1) : rest, target) : undefined
  },
  pnpm: (words, target) => runner(words, target),
  yarn: (words, target) => runner(words, target),
  bun: (words, target) => runner(words, target) ?? node(words[0] === 'run' ? words.slice(1) : words, target),
  deno: (words, target) => {
    const [, ...rest] = words
    return npmPackage(skipOptions(rest, {valued: []}).rest, target)
  },
  node,
  nodejs: node,
  tsx: node,
  uvx: pythonTool,
  uv: (words, target) => {
    const {
      rest: [verb, ...rest],
      given: _,
    } = skipOptions(words, uvOptions)
    if (verb === 'tool' && rest[0] === 'run') return pythonTool(rest.slice(1), target)
    return verb === 'run' ? uvRun(rest, target) : undefined
  },
  pipx: (words, target) => (words[0] === 'run' ? pythonTool(words.slice(1), target) : undefined),
  go: (words, target) => (words[0] === 'run' ? goRun(words.slice(1), target) : undefined),
  cargo: (words, target) => (words[0] === 'run' ? cargoRun(words.slice(1), target) : undefined),
  docker: dockerRun,
  podman: dockerRun,
  nerdctl: dockerRun,
  container: dockerRun,
}

function npmPackage(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest, given} = skipOptions(words, npmOptions)
  const [first = '', ...behind] = rest
  // What separates the options of npm is not passed on.
  const args = behind[0] === '--' ? behind.slice(1) : behind
  const asked = given.find(([name]) => name === '-p' || name === '--package')?.[1]
  const spec = (asked ?? first).replace(/^npm:/, '').replace(/(?<=.)@[^/@]*$/, '')
  return packageLaunch(spec, args, {target, ecosystem: 'npm', same: spec === target.name})
}

function packageLaunch(
  spec: string,
  args: readonly string[],
  {target, ecosystem, same}: {readonly target: StartTarget; readonly ecosystem: string; readonly same: boolean},
): Launch | undefined {
  if (spec === '' || spec.startsWith('-')) return undefined
  if (target.ecosystem === ecosystem) {
    if (same || (isOwnCommand(spec, target) && !spec.includes('/'))) return {args, env: {}, by: 'own'}
    return target.alone && /^(?:github:|git\+|https:)/.test(spec) ? {args, env: {}, by: 'own'} : undefined
  }
  return isOwnCommand(spec, target) || sameName(spec.replace(/^.*\//, ''), target.name.replace(/^.*\//, ''))
    ? {args, env: {}, by: 'related'}
    : undefined
}

// `pnpm dlx`, `yarn dlx`, `bun x`, and scripts of package.json.
function runner(words: readonly string[], target: StartTarget): Launch | undefined {
  const [verb, ...rest] = skipOptions(words, {valued: ['--dir', '-C', '--prefix', '--filter', '--cwd']}).rest
  if (verb === 'dlx' || verb === 'x' || verb === 'exec') return npmPackage(rest, target)
  return verb === 'start' ? script(rest, target) : undefined
}

function script(words: readonly string[], target: StartTarget): Launch | undefined {
  if (target.ecosystem !== 'npm' || !target.alone) return undefined
  return {args: words[0] === '--' ? words.slice(1) : words, env: {}, by: 'own'}
}

function node(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest} = skipOptions(words, {valued: ['-r', '--require', '--import', '--loader', '--env-file']})
  const [file = '', ...args] = rest
  if (target.ecosystem !== 'npm' || !/\.[cm]?[jt]s$/.test(file)) return undefined
  const plain = file.replaceAll('\\', '/')
  const own = (target.entries ?? []).some(entry => plain === entry || plain.endsWith(`/${entry.replace(/^\.\//, '')}`))
  const built = target.alone && /(?:^|\/)(?:dist|build|lib|out|src|bin|index)(?:\/|\.[cm]?[jt]s$)/.test(plain)
  return own || built ? {args, env: {}, by: 'own'} : undefined
}

function pythonTool(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest, given} = skipOptions(words, uvOptions)
  const from = given.find(([name]) => name === '--from' || name === '--spec')?.[1]
  const [command = '', ...args] = rest
  const spec = requirementName(from ?? command)
  if (from !== undefined && target.ecosystem === 'pypi' && command !== '' && isOwnCommand(command, target))
    return {args, env: {}, by: 'own'}
  return packageLaunch(spec, args, {target, ecosystem: 'pypi', same: sameName(spec, target.name)})
}

// Without what follows a name: extras, a version, a marker.
function requirementName(spec: string): string {
  return /^(?:git\+|https?:|\.|\/)/.test(spec) ? spec : spec.replace(/(?:\[|@|[<>=!~]=|[<>;]).*$/s, '')
}

function uvRun(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest, given} = skipOptions(words, {
    ...uvOptions,
    valued: [...uvOptions.valued, '-m', '--module', '-s', '--script'],
    // Everything behind the module is an argument of it.
    last: ['-m', '--module'],
  })
  const module = given.find(([name]) => name === '-m' || name === '--module')?.[1]
  if (module !== undefined) return python(['-m', module, ...rest], target)
  const [command = '', ...args] = rest
  if (baseName(command).startsWith('python')) return python(args, target)
  if (command.endsWith('.py')) return python(rest, target)
  return target.ecosystem === 'pypi' && isOwnCommand(command, target) ? {args, env: {}, by: 'own'} : undefined
}

function python(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest, given} = skipOptions(words, {valued: ['-m', '-W', '-X'], last: ['-m']})
  if (target.ecosystem !== 'pypi') return undefined
  const module = given.find(([name]) => name === '-m')?.[1]
  if (module !== undefined) {
    const own =
      sameName(module, target.name) ||
      (target.entries ?? []).some(
        entry => entry === module || entry.startsWith(`${module}.`) || module.startsWith(`${entry}.`),
      )
    return own ? {args: rest, env: {}, by: 'own'} : undefined
  }
  const [file = '', ...args] = rest
  return target.alone && file.endsWith('.py') ? {args, env: {}, by: 'own'} : undefined
}

function goRun(words: readonly string[], target: StartTarget): Launch | undefined {
  const {rest} = skipOptions(words, {valued: ['-tags', '-ldflags', '-C', '-mod']})
  const [place = '', ...args] = rest
  if (target.ecosystem !== 'go') return undefined
  const path = place.replace(/@.*$/, '').replace(/\/main\.go$|^main\.go$/, '')
  const own = path === target.importPath || isOwnCommand(path, target) || (target.alone && /^\.?(?:\/|$)/.test(path))
  return own ? {args: args.filter(word => !/^\S+\.go$/.test(word)), env: {}, by: 'own'} : undefined
}

function cargoRun(words: readonly string[], target: StartTarget): Launch | undefined {
  const {given} = skipOptions(words, {
    valued: ['--bin', '-p', '--package', '--manifest-path', '--features', '-F', '--target', '--profile'],
  })
  const named = given.find(([name]) => name === '--bin')?.[1]
  if (target.ecosystem !== 'cargo' || !(named === undefined ? target.alone : isOwnCommand(named, target)))
    return undefined
  const cut = words.indexOf('--')
  return {args: cut < 0 ? [] : words.slice(cut + 1), env: {}, by: 'own'}
}
