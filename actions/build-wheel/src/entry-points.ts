import type {Finding, Host} from '@mcp-release/action-kit'
import {findingsOf, malformedScript, scriptTarget} from '@mcp-release/package-rules'
import {normalizedPythonName} from '@mcp-release/release-model'
import type {PythonTools} from '@mcp-release/tools'
import type {Sdist} from './sdist'
import {entryPointsQuestion, namesQuestion} from './python-questions'
import type {Wheel} from './wheel'

/** A script of a wheel, and what it calls. */
interface Script {
  readonly name: string
  readonly module: string
  readonly attribute: string
}

const error = (text: string): Finding => ({level: 'error', text})
const warning = (text: string): Finding => ({level: 'warning', text})

/**
 * Whether what the scripts of a wheel call is in it (https://packaging.python.org/en/latest/specifications/entry-points/).
 * A module that may come from a dependency is not judged.
 */
export async function entryPointFindings(
  host: Host,
  tools: PythonTools,
  {wheel, sdist}: {readonly wheel: Wheel; readonly sdist: Sdist},
): Promise<readonly Finding[]> {
  const read = wheel.scripts.map(({name, target}) => ({name, target, script: scriptOf(name, target)}))
  const malformed = read.flatMap(({name, target, script}) =>
    script === undefined ? findingsOf(`${wheel.file.name}:`, [malformedScript(name, target)]) : [],
  )
  const scripts = read.flatMap(({script}) => (script === undefined ? [] : [script]))
  const found = scripts.map(script => ({script, source: sourceOf(wheel, script.module)}))
  const absent = found.filter(({script, source}) => source === undefined && isOwn(script.module, {wheel, sdist}))
  const known = found.flatMap(({script, source}) => (source === undefined ? [] : [{script, source}]))
  return [
    ...moduleFindings(wheel, {own: absent.length > 0, scripts}),
    ...(await unreadable(host, tools, wheel)),
    ...malformed,
    ...absent.map(({script}) => missing(wheel, script)),
    ...(await unbound(host, tools, {wheel, known})),
  ]
}

function scriptOf(name: string, target: string): Script | undefined {
  const found = scriptTarget(target)
  return found === undefined ? undefined : {name, ...found}
}

function missing({file}: Wheel, {name, module, attribute}: Script): Finding {
  const top = module.split('.')[0] ?? ''
  return error(
    `${file.name}: the command ${name} calls ${module}:${attribute}, and the module ${module} is not in the wheel\n` +
      `Correct it below [project.scripts], or let the build backend take the package ${top}: packages = ["src/${top}"] below [tool.hatch.build.targets.wheel], [tool.setuptools.packages.find], and the like.`,
  )
}

const code = /\.(?:py|pyc|so|pyd)$/

/** The files of a wheel as they lie when it is installed. */
function installed({entries}: Wheel): ReadonlyMap<string, Uint8Array> {
  return new Map(
    entries.flatMap(({name, content}) => {
      const plain = name.replace(/^[^/]+\.data\/(?:purelib|platlib)\//, '')
      return /^[^/]+\.(?:dist-info|data)\//.test(plain) ? [] : [[plain, content] as const]
    }),
  )
}

function moduleFindings(wheel: Wheel, {own, scripts}: {readonly own: boolean; readonly scripts: readonly Script[]}) {
  const {file, entries, metadata} = wheel
  const carries = entries.some(({name}) => /^[^/]+\.data\/scripts\//.test(name))
  if (carries || [...installed(wheel).keys()].some(name => code.test(name))) return strangers(wheel)
  const said = `${file.name}: holds no module, so that nothing of it can be imported`
  const remedy =
    'Let the build backend take the package, for example by packages = ["src/NAME"] below [tool.hatch.build.targets.wheel].'
  const brings = metadata.field('requires-dist').length > 0
  // A package of dependencies alone may be meant so.
  if (own || !brings) return [error(`${said}\n${remedy}`)]
  const named = scripts.length === 0 ? 'it only brings its dependencies' : 'its commands are those of its dependencies'
  return [warning(`${said}; ${named}`)]
}

const strange = new Set(['tests', 'test', 'docs', 'examples', 'scripts', 'benchmarks', 'src', 'conftest', 'setup'])

// Each installation has one folder for all packages: what is called so overwrites that of others.
function strangers(wheel: Wheel): readonly Finding[] {
  const own = normalizedPythonName(wheel.metadata.name)
  const tops = [...installed(wheel).keys()].flatMap(name => {
    const [, top = ''] = /^([^/.]+)(?:\.py$|\/)/.exec(name) ?? []
    return strange.has(top) && top !== own ? [top] : []
  })
  return [...new Set(tops)]
    .sort()
    .map(top =>
      warning(
        `${wheel.file.name}: installs ${top} at the top level, where other packages install theirs of that name\n` +
          'Exclude it from the wheel in pyproject.toml, or move it into the package.',
      ),
    )
}

/** The source of a module; `null` for a compiled one, of which nothing is known. */
function sourceOf(wheel: Wheel, module: string): string | null | undefined {
  const path = module.replaceAll('.', '/')
  const files = installed(wheel)
  const text = files.get(`${path}.py`) ?? files.get(`${path}/__init__.py`)
  if (text !== undefined) return Buffer.from(text).toString('utf8')
  const compiled = [...files.keys()].some(name => {
    const rest = name.startsWith(path) ? name.slice(path.length) : undefined
    return rest !== undefined && /^(?:\/__init__)?(?:\.[^/]+)?\.(?:so|pyd|pyc)$/.test(rest)
  })
  return compiled ? null : undefined
}

/** Whether a module that is not in the wheel cannot come from a dependency. */
function isOwn(module: string, {wheel, sdist}: {readonly wheel: Wheel; readonly sdist: Sdist}): boolean {
  if (wheel.metadata.field('requires-dist').length === 0) return true
  const top = module.split('.')[0] ?? ''
  const files = installed(wheel)
  const opening = files.get(`${top}/__init__.py`)
  // A namespace is filled by several packages.
  if (opening !== undefined) return !/extend_path|declare_namespace/.test(Buffer.from(opening).toString('utf8'))
  if (files.has(`${top}.py`)) return true
  if (normalizedPythonName(top) === normalizedPythonName(wheel.metadata.name)) return true
  const names = [`${top}.py`, `${top}/__init__.py`]
  const inSources = (name: string) =>
    names.some(each => [each, `src/${each}`].includes(name.slice(sdist.folder.length + 1)))
  return sdist.entries.some(({name}) => inSources(name))
}

async function unreadable(host: Host, tools: PythonTools, wheel: Wheel): Promise<readonly Finding[]> {
  const entry = wheel.entries.find(({name}) => name === `${wheel.infoFolder}/entry_points.txt`)
  if (entry === undefined) return []
  const input = JSON.stringify(Buffer.from(entry.content).toString('utf8'))
  const {stdout} = await host.exec([tools.python, '-I', '-c', entryPointsQuestion], {input, quiet: true})
  const problems: unknown = JSON.parse(stdout)
  return (Array.isArray(problems) ? problems : []).map(problem =>
    error(
      `${wheel.file.name}: entry_points.txt: ${String(problem)}, which PyPI refuses\n` +
        'Correct the names below [project.scripts], [project.gui-scripts] and [project.entry-points] in pyproject.toml.',
    ),
  )
}

interface Known {
  readonly script: Script
  readonly source: string | null
}

async function unbound(
  host: Host,
  tools: PythonTools,
  {wheel, known}: {readonly wheel: Wheel; readonly known: readonly Known[]},
): Promise<readonly Finding[]> {
  if (known.length === 0) return []
  const argv = [tools.python, '-I', '-c', namesQuestion]
  const {stdout} = await host.exec(argv, {input: JSON.stringify(known.map(({source}) => source ?? '')), quiet: true})
  const bound: unknown = JSON.parse(stdout)
  return known.flatMap(({script: {name, module, attribute}, source}, at) => {
    const [first = ''] = attribute.split('.')
    const names: unknown = Array.isArray(bound) ? bound[at] : null
    // A compiled module tells nothing, and a module below is there when somebody has imported it.
    if (source === null || !Array.isArray(names) || names.includes(first)) return []
    if (sourceOf(wheel, `${module}.${first}`) !== undefined) return []
    return [
      error(
        `${wheel.file.name}: the command ${name} calls ${module}:${attribute}, and ${module} has no ${first}\n` +
          'Correct it below [project.scripts] in pyproject.toml, or give the module that function.',
      ),
    ]
  })
}
