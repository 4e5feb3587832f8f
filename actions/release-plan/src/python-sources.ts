import {pythonProjectName} from '@mcp-release/release-model'
import {type PackageSources, type Tree, below, folderOf} from './detected'
import {type Table, readToml, table} from './toml-table'

/** What the sources of a Python project say of it besides its commands: its modules, extras and named command lines. */
export function pythonSources(path: string, name: string, tree: Tree): {readonly sources?: PackageSources} {
  const pyproject = readToml(tree.texts[below(path, 'pyproject.toml')] ?? '')
  const extras = [
    ...Object.keys(table(table(pyproject['project'])['optional-dependencies'])),
    ...Object.keys(table(table(table(pyproject['tool'])['poetry'])['extras'])),
  ]
  const scripts = scriptsOf(table(pyproject['tool']))
  const dependencies = dependenciesOf(pyproject)
  const sources = {
    ...modulesOf(path, name, tree),
    ...(extras.length === 0 ? {} : {extras}),
    ...(Object.keys(scripts).length === 0 ? {} : {scripts}),
    ...(dependencies === undefined ? {} : {dependencies}),
  }
  return Object.keys(sources).length === 0 ? {} : {sources}
}

/** What the manifest says that a project depends on, with every extra (https://packaging.python.org/en/latest/specifications/pyproject-toml/). */
function dependenciesOf(pyproject: Table): readonly string[] | undefined {
  const project = table(pyproject['project'])
  const poetry = table(table(pyproject['tool'])['poetry'])
  const {dynamic} = project
  const isDynamic = Array.isArray(dynamic) && dynamic.some(each => /^(?:optional-)?dependencies$/.test(String(each)))
  if (isDynamic || (project['name'] === undefined && poetry['name'] === undefined)) return undefined
  const lists = [project['dependencies'], ...Object.values(table(project['optional-dependencies']))]
  const texts = lists.flatMap(list => (Array.isArray(list) ? list.map(String) : []))
  const names = texts.map(text => /^\s*([A-Za-z0-9][\w.-]*)/.exec(text)?.[1] ?? '')
  return [...new Set([...names, ...Object.keys(table(poetry['dependencies']))].map(pythonProjectName))]
}

const material =
  /^(?:tests?|docs?|examples?|samples?|scripts?|setup|conftest|noxfile|tasks|build|dist|benchmarks?|tools?|hatch_build)$/

function modulesOf(path: string, name: string, {files}: Tree): Pick<PackageSources, 'modules' | 'runnable'> {
  const inner = files
    .filter(file => /(?:^|\/)(?:pyproject\.toml|setup\.cfg|setup\.py)$/.test(file))
    .map(folderOf)
    .filter(folder => folder !== path && (path === '.' || folder.startsWith(`${path}/`)))
  const all = files.filter(
    file => file.endsWith('.py') && isIn(file, path) && !inner.some(folder => isIn(file, folder)),
  )
  // https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
  const source = below(path, 'src')
  const root = all.some(file => file.startsWith(`${source}/`)) ? source : path
  const found = all.filter(file => isIn(file, root)).map(file => ({file, parts: moduleParts(file, root)}))
  const own = found.filter(({parts: [top = '']}) => /^[A-Za-z_]\w*$/.test(top) && !material.test(top))
  const modules = [...new Set(own.map(({parts: [top = '']}) => top))]
  const likely = ({module}: {readonly module: string}) =>
    (pythonProjectName(module) === pythonProjectName(name) ? 0 : 100) + module.split('.').length
  const runnable = own
    .filter(({file, parts}) => file.endsWith('/__main__.py') && parts.every(part => /^[A-Za-z_]\w*$/.test(part)))
    .map(({file, parts}) => ({file, module: parts.join('.')}))
    .sort((one, other) => likely(one) - likely(other))
  return {
    ...(modules.length === 0 ? {} : {modules}),
    ...(runnable.length === 0 ? {} : {runnable}),
  }
}

function isIn(file: string, folder: string): boolean {
  return folder === '.' || file.startsWith(`${folder}/`)
}

function moduleParts(file: string, root: string): readonly string[] {
  const inner = root === '.' ? file : file.slice(root.length + 1)
  return inner.replace(/(?:\/__(?:main|init)__)?\.py$/, '').split('/')
}

/** A file of a project as `python -m` names it; `undefined` when instructions name no file of it. */
export function moduleOfFile(given: string, path: string, {files}: Tree): {module: string; file: string} | undefined {
  const source = below(path, 'src')
  const own = files.filter(file => file.endsWith('.py') && isIn(file, path))
  const inner = (file: string) => (path === '.' ? file : file.slice(path.length + 1))
  const named = own.filter(file => given === inner(file) || given.endsWith(`/${inner(file)}`))
  // Behind `--directory src/notes`, the rest of the path stands alone.
  const shorter = own.filter(file => inner(file).endsWith(`/${given}`))
  const [file] = [...named].sort((one, other) => other.length - one.length)
  const found = file ?? (shorter.length === 1 ? shorter[0] : undefined)
  if (found === undefined) return undefined
  const parts = moduleParts(found, isIn(found, source) ? source : path)
  return parts.every(part => /^[A-Za-z_]\w*$/.test(part)) ? {module: parts.join('.'), file: found} : undefined
}

/** The command lines that project managers keep under names: of pdm, hatch, pixi, rye, poe and taskipy. */
function scriptsOf(tool: Table): Readonly<Record<string, string>> {
  const environments = Object.values(table(table(tool['hatch'])['envs']))
  const features = Object.values(table(table(tool['pixi'])['feature']))
  const tables = [
    table(table(tool['pdm'])['scripts']),
    ...environments.map(each => table(table(each)['scripts'])),
    table(table(tool['pixi'])['tasks']),
    ...features.map(each => table(table(each)['tasks'])),
    table(table(tool['rye'])['scripts']),
    table(table(tool['poe'])['tasks']),
    table(table(tool['taskipy'])['tasks']),
  ]
  const lines = tables.flatMap(each =>
    Object.entries(each).flatMap(([name, value]) => {
      const line = lineOf(value)
      return line === undefined ? [] : [[name, line] as const]
    }),
  )
  return Object.fromEntries(lines)
}

function lineOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  // Of hatch a list of command lines, of rye the words of one.
  if (Array.isArray(value)) return value.map(String).join(value.some(each => /\s/.test(String(each))) ? '\n' : ' ')
  const {cmd, shell, call} = table(value)
  if (Array.isArray(cmd)) return cmd.map(String).join(' ')
  const module = typeof call === 'string' ? call.split(':')[0] : undefined
  return [cmd, shell, module === undefined ? undefined : `python -m ${module}`].find(each => typeof each === 'string')
}
