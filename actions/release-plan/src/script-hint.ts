import {type Detected, type Tree, below} from './detected'

/** The line of `[project.scripts]` for a module (https://packaging.python.org/en/latest/specifications/entry-points/). */
export function scriptHint({name, path}: Pick<Detected, 'name' | 'path'>, module: string, tree: Tree): string {
  const {target, remark} = targetOf(sourceOf(module, path, tree))
  const line = `${name} = ${JSON.stringify(target)}`
  const remarks = remark === undefined ? [] : [remark]
  return [`Add to ${below(path, 'pyproject.toml')}:`, '[project.scripts]', line, ...remarks].join('\n')
}

interface Source {
  /** The module whose code is run: that of a package is its `__main__`. */
  readonly module: string
  /** The package in which its relative imports are looked for. */
  readonly package: string
  readonly text: string
}

function sourceOf(module: string, path: string, {texts}: Tree): Source {
  const inner = module.replace(/\.__main__$/, '').replaceAll('.', '/')
  const parent = module.split('.').slice(0, -1).join('.')
  for (const root of ['src/', '']) {
    const main = texts[below(path, `${root}${inner}/__main__.py`)]
    const plain = module.replace(/\.__main__$/, '')
    if (main !== undefined) return {module: `${plain}.__main__`, package: plain, text: main}
    const text = texts[below(path, `${root}${inner}.py`)]
    if (text !== undefined) return {module, package: parent, text}
  }
  return {module, package: parent, text: ''}
}

const unknown = 'where main is the function that starts the server.'
const needsFunction =
  'where main is a function of that module that is not async, such as one that calls asyncio.run(…).'

/** What a module calls when it is run: a function of its own, an imported one, or a method. */
function targetOf({module, package: inside, text}: Source): {readonly target: string; readonly remark?: string} {
  const guarded = /^if[ \t]+__name__\b[^\n]*:([\s\S]*)/m.exec(text)?.[1]
  const run = guarded ?? text
  const isAsync = /\b(?:asyncio|anyio|trio)\.run\(/.test(run)
  if (isAsync) return {target: `${module}:main`, remark: needsFunction}
  // Without the usual guard, what is indented belongs to functions.
  const called =
    /^([ \t]*)(?:(?:sys\.exit|exit|raise SystemExit)\(\s*)?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\(\s*(?:transport\s*=\s*["']stdio["']\s*)?\)/gm
  const calls = [...run.matchAll(called)].filter(([, lead]) => guarded !== undefined || lead === '')
  const names = calls.map(([, , found = '']) => found)
  const name = names.find(each => !/^(?:print|super|logging\.basicConfig|load_dotenv|dotenv\.load_dotenv)$/.test(each))
  if (name === undefined) return {target: `${module}:main`, remark: unknown}
  const [first = ''] = name.split('.')
  return {target: importOf(first, {inside, text, rest: name.slice(first.length)}) ?? `${module}:${name}`}
}

// A module that runs when it is imported must not be the one that a script imports.
function importOf(
  first: string,
  {inside, text, rest}: {readonly inside: string; readonly text: string; readonly rest: string},
): string | undefined {
  const plain = text.replace(/\(([^()]*)\)/g, (_, inner: string) => inner.replace(/\s+/g, ' '))
  for (const [, from = '', names = ''] of plain.matchAll(/^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+([^\n#]+)/gm)) {
    for (const each of names.split(',')) {
      const [original = '', as, alias] = each.trim().split(/\s+/)
      if ((as === 'as' ? alias : original) !== first) continue
      const place = absolute(from, inside)
      return place === '' ? undefined : `${place}:${original}${rest}`
    }
  }
  return undefined
}

// https://docs.python.org/3/reference/import.html#package-relative-imports
function absolute(from: string, inside: string): string {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0
  if (dots === 0) return from
  const parts = inside.split('.')
  const base = parts.slice(0, parts.length - (dots - 1))
  return [...base, ...from.slice(dots).split('.')].filter(part => part !== '').join('.')
}
