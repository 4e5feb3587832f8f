import {type Launch, type Launcher, type Read, type Reading, isLaunch, own} from './launch-kinds'
import {script} from './launch-npm'
import {type Options, skipOptions, valuesOf} from './options'
import {requirementOf, requirementsIn} from './requirement'
import {type StartTarget, baseName, isForDevelopers, isOwnCommand, isPublished, isSameProgram, sameName} from './target'

/** Those of uv and uvx, before and behind `run` (https://docs.astral.sh/uv/reference/cli/), and of `pipx run`. */
export const uvOptions: Options = {
  valued:
    '--from --with -w --with-editable --with-requirements --python -p --index-url -i --index --default-index --extra-index-url --directory --project --env-file --extra --group --package --refresh-package --spec --pip-args --constraints -c --build-constraints -b --overrides --prerelease --prerelease-package --python-preference --python-platform --torch-backend --cache-dir --config-file --find-links -f --link-mode --resolution --only-group --no-group --no-extra --exclude-newer --exclude-newer-package --index-strategy --keyring-provider --upgrade-package -P --upgrade-group --no-editable-package --no-sources-package --reinstall-package --config-setting -C --config-settings-package --no-build-isolation-package --no-build-package --no-binary-package --color --allow-insecure-host --suffix --fetch-python --backend'.split(
      ' ',
    ),
}

/** uvx and `pipx run`: `PACKAGE`, or `--from PACKAGE COMMAND` (https://docs.astral.sh/uv/guides/tools/). */
export const pythonTool: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, uvOptions)
  const [from] = valuesOf(given, '--from', '--spec')
  const [command = '', ...args] = rest
  if (command === '') return undefined
  const {name, extras} = requirementOf(from ?? command)
  const beside = besides(given, target)
  if (target.ecosystem !== 'pypi') return name === undefined ? undefined : ofOther(name, args, target)
  const isOwn = name === undefined ? from !== undefined || target.alone : sameName(name, target.name)
  if (!isOwn) {
    const ran = ranBy(name ?? '', args, {target, read})
    if (ran !== undefined) return {...ran, ...beside}
    return name === undefined || isPublished('pypi', name, target) ? undefined : {fetches: 'pypi', name}
  }
  const installed = withBesides({extras}, beside)
  if (from === undefined) return own(args, installed)
  if (isOwnCommand(command, target)) return own(args, installed)
  const inner = read(rest, target)
  if (isLaunch(inner)) return {...inner, ...installed}
  return name === undefined || target.executables.length === 0
    ? undefined
    : {fetches: 'pypi', name: target.name, command}
}

/** A program of another language from a package of PyPI: what the repository publishes there, or a wrapper of its program. */
function ofOther(name: string, args: readonly string[], target: StartTarget): Reading {
  const related: Launch = {args, env: {}, by: 'related'}
  if (isPublished('pypi', name, target)) return isSameProgram(name, target) ? related : undefined
  const wraps = target.ecosystem === 'go' || target.ecosystem === 'cargo'
  return wraps && isSameProgram(name, target) ? related : {fetches: 'pypi', name}
}

// A name, extras and versions: what an index has, and nothing that an installer takes for an option.
const plainRequirement = /^[A-Za-z0-9][\w.-]*\s*(?:\[[\w., -]*\])?\s*(?:[<>=!~][\w.<>=!~,*+\s]*)?$/

type Beside = Pick<Launch, 'extras' | 'with'>

/** What `--with` and `--extra` add: extras of the package itself, and other requirements. */
function besides(given: readonly (readonly [string, string])[], target: StartTarget): Beside {
  const all = valuesOf(given, '--with', '-w').flatMap(requirementsIn)
  const isOwn = (text: string) => sameName(requirementOf(text).name ?? '', target.name)
  const every = given.some(([name]) => name === '--all-extras') ? (target.extras ?? []) : []
  const extras = [
    ...valuesOf(given, '--extra'),
    ...every,
    ...all.filter(isOwn).flatMap(text => requirementOf(text).extras),
  ]
  // A folder or an address is nothing that a registry has; in instructions it is the project itself.
  const others = all.filter(text => !isOwn(text) && plainRequirement.test(text))
  return {
    ...(extras.length === 0 ? {} : {extras: [...new Set(extras)]}),
    ...(others.length === 0 ? {} : {with: [...new Set(others)]}),
  }
}

function withBesides({extras}: {readonly extras: readonly string[]}, beside: Beside): Beside {
  const all = [...new Set([...extras, ...(beside.extras ?? [])])]
  return {...beside, ...(all.length === 0 ? {} : {extras: all})}
}

/** https://docs.astral.sh/uv/reference/cli/#uv */
export const uv: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, uvOptions)
  const [verb, ...behind] = rest
  if (verb === 'tool' && behind[0] === 'run') return pythonTool([...before(given), ...behind.slice(1)], target, read)
  return verb === 'run' ? uvRun([...before(given), ...behind], target, read) : undefined
}

// Options of uv may stand before `run`.
function before(given: readonly (readonly [string, string])[]): readonly string[] {
  return given.map(([name, value]) => (value === '' ? name : `${name}=${value}`))
}

const uvRun: Launcher = (words, target, read) => {
  const {rest, given} = skipOptions(words, {
    valued: [...uvOptions.valued, '-m', '--module'],
    // Everything behind the module is an argument of it.
    last: ['-m', '--module'],
  })
  if (target.ecosystem !== 'pypi') return undefined
  const [member] = valuesOf(given, '--package')
  if (member !== undefined && !sameName(member, target.name)) return undefined
  const [module] = valuesOf(given, '-m', '--module')
  const reading = module === undefined ? project(rest, target, read) : python(['-m', module, ...rest], target, read)
  return isLaunch(reading) ? {...reading, ...besides(given, target)} : reading
}

/** What stands behind `uv run`, `poetry run` and their like: a script, a command, a file, or any other program. */
export const project: Launcher = (words, target, read) => {
  const [command = '', ...args] = words
  if (target.ecosystem !== 'pypi' || command === '') return undefined
  if (/\.pyw?$/.test(command)) return python(words, target, read)
  // hatch names the environment before the script: https://hatch.pypa.io/latest/environment/#scripts
  const name = command.replace(/^[\w.+-]{2,}:/, '')
  if (Object.hasOwn(target.scripts ?? {}, name)) {
    const found = script(name, args, {target, read})
    if (isLaunch(found)) return found
  }
  if (isOwnCommand(name, target)) return own(args)
  const ran = ranBy(baseName(name), args, {target, read})
  return ran ?? (sameName(name, baseName('uv')) ? undefined : read([name, ...args], target))
}

/** Runners of projects: where `run` stands, and which options take a value. */
const projects: Readonly<Record<string, readonly string[]>> = {
  // https://python-poetry.org/docs/cli/#run
  poetry: ['-C', '--directory', '-P', '--project'],
  // https://hatch.pypa.io/latest/cli/reference/
  hatch: ['-e', '--env', '-p', '--project', '--data-dir', '--cache-dir', '--config'],
  // https://pdm-project.org/latest/reference/cli/#run
  pdm: ['-c', '--config', '-p', '--project', '--venv'],
  // https://pixi.sh/latest/reference/cli/pixi/run/
  pixi: ['-e', '--environment', '--manifest-path', '-m', '--color', '--platform', '-p', '--auth-file'],
  rye: ['--pyproject'],
  pipenv: ['--python', '--pypi-mirror'],
  // https://docs.conda.io/projects/conda/en/latest/commands/run.html
  conda: ['-n', '--name', '-p', '--prefix', '--cwd'],
  mamba: ['-n', '--name', '-p', '--prefix', '--cwd'],
  micromamba: ['-n', '--name', '-p', '--prefix', '--cwd', '-r', '--root-prefix', '-a', '--attach', '-e', '--env'],
}

/** `poetry run`, `hatch run`, `pdm run`, `pixi run`, `conda run` and their like. */
export const projectRunners: Readonly<Record<string, Launcher>> = Object.fromEntries(
  Object.entries(projects).map(([name, valued]) => [name, behindRun(valued)]),
)

function behindRun(valued: readonly string[]): Launcher {
  return (words, target, read) => {
    const {rest} = skipOptions(words, {valued})
    if (rest[0] !== 'run') return undefined
    const inner = skipOptions(rest.slice(1), {valued}).rest
    // Whatever its language, it is started in an environment that the runner chose.
    return project(inner, target, read) ?? read(inner, target)
  }
}

/** `fastmcp run FILE`, `mcp run FILE` (https://gofastmcp.com/deployment/running-server): the file of the project, over stdio. */
function ranBy(
  program: string,
  [verb = '', ...words]: readonly string[],
  {target}: {readonly target: StartTarget; readonly read: Read},
): Launch | undefined {
  if (!/^(?:fastmcp|mcp)$/.test(program) || (verb !== 'run' && verb !== 'dev') || !target.alone) return undefined
  const cut = words.indexOf('--')
  const before = cut < 0 ? words : words.slice(0, cut)
  const isFile = before.some(word => /\.py(?::\w+)?$/.test(word))
  const speaksHttp = before.some(word => /^(?:(?:--transport|-t)=)?(?:http|sse|streamable-http)$/.test(word))
  return isFile && !speaksHttp ? own(cut < 0 ? [] : words.slice(cut + 1)) : undefined
}

/** Whether a program is an interpreter of Python. */
export function isPython(program: string): boolean {
  return /^(?:python(?:[23](?:\.\d+)?)?w?|pyw?|pypy3?)$/.test(program)
}

/** https://docs.python.org/3/using/cmdline.html: a module, a file or a folder of the project. */
export const python: Launcher = (words, target) => {
  const glued = words.map(word => (/^-m[A-Za-z_]/.test(word) ? `-m=${word.slice(2)}` : word))
  const {rest, given} = skipOptions(glued, {
    valued: ['-m', '-W', '-X', '-c', '--check-hash-based-pycs'],
    last: ['-m', '-c'],
  })
  if (target.ecosystem !== 'pypi' || given.some(([name]) => name === '-c')) return undefined
  const [module] = valuesOf(given, '-m')
  if (module !== undefined) return isOwnModule(module, target) ? own(rest, {module}) : undefined
  const [file = '', ...args] = rest
  const plain = file.replaceAll('\\', '/').replace(/\/+$/, '')
  if (/\.pyw?$/.test(plain)) return isOwnScript(plain, target) ? own(args, {file: plain}) : undefined
  const folder = baseName(plain)
  return plain.includes('/') && target.modules?.includes(folder) === true ? own(args, {module: folder}) : undefined
}

function isOwnModule(module: string, {name, entries = [], modules = []}: StartTarget): boolean {
  const [top = ''] = module.split('.')
  return (
    sameName(module, name) ||
    modules.includes(top) ||
    entries.some(entry => entry === module || entry.startsWith(`${module}.`) || module.startsWith(`${entry}.`))
  )
}

// Of several packages, only a file that a command or a module's folder leads to is surely of this one.
function isOwnScript(file: string, {alone, path, modules = [], entries = []}: StartTarget): boolean {
  if (alone) return !isForDevelopers(file)
  const folders = [...modules, ...(path === '.' ? [] : [path])]
  const files = entries.map(entry => `/${entry.replaceAll('.', '/')}.py`)
  return folders.some(each => `/${file}`.includes(`/${each}/`)) || files.some(each => `/${file}`.endsWith(each))
}
