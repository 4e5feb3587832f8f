import {posix} from 'node:path'

/** What a file of declarations says that its module exports, as far as its own text tells. */
export interface Declared {
  /** What exists when the program runs; types alone do not. */
  readonly values: ReadonlySet<string>
  readonly hasDefault: boolean
  /** `export =` says what `module.exports` is. */
  readonly hasEquals: boolean
}

/** A reference to another file of the package. */
export interface Reference {
  readonly file: string
  readonly specifier: string
}

type Read = (file: string) => string | undefined

const valueKinds = /^(?:const|let|var|function|class|abstract class|enum|async function)$/
const declaration =
  /^export\s+(?:declare\s+)?(default\b|const enum\b|const\b|let\b|var\b|function\b|async function\b|abstract class\b|class\b|enum\b|namespace\b|module\b|interface\b|type\b)\s*([A-Za-z_$][\w$]*)?/
const local = /^(?:declare\s+)?(?:const|let|var|function|abstract class|class|enum)\s+(?!enum\b)([A-Za-z_$][\w$]*)/

/**
 * Reads declarations as compilers write them (https://www.typescriptlang.org/docs/handbook/declaration-files/by-example.html):
 * statements at the top, one for each export. What comes from elsewhere is followed where it is a file of the package;
 * of everything else it is not known whether it is a value, and it is left out.
 */
export function readDeclarations(file: string, read: Read, known = new Map<string, Declared>()): Declared {
  const done = known.get(file)
  if (done !== undefined) return done
  const values = new Set<string>()
  let [hasDefault, hasEquals] = [false, false]
  // What leads back here, adds nothing.
  known.set(file, {values, hasDefault, hasEquals})
  const statements = topStatements(read(file) ?? '')
  const locals = new Set(statements.flatMap(each => local.exec(each)?.[1] ?? []))
  const follow = (specifier: string) => {
    const next = resolveDeclarations(file, specifier, {read, loose: true})
    return next === undefined ? undefined : readDeclarations(next, read, known)
  }
  for (const statement of statements) {
    if (/^export\s*=/.test(statement)) hasEquals = true
    const [, list, from] = /^export\s*\{([^}]*)\}(?:\s*from\s*["']([^"']+)["'])?/.exec(statement) ?? []
    const [, space, all] = /^export\s*\*(?:\s*as\s+([\w$]+))?\s*from\s*["']([^"']+)["']/.exec(statement) ?? []
    const [, kind = '', name] = declaration.exec(statement) ?? []
    if (list !== undefined) {
      const source = from === undefined ? undefined : follow(from)
      for (const {own, as} of specifiers(list)) {
        const isValue = from === undefined ? locals.has(own) : source?.values.has(own) === true
        const isDefault = own === 'default' && source?.hasDefault === true
        if (as === 'default') hasDefault ||= isValue || isDefault
        else if (isValue || isDefault) values.add(as)
      }
    } else if (space !== undefined) values.add(space)
    else if (all !== undefined) for (const each of follow(all)?.values ?? []) values.add(each)
    else if (kind === 'default') hasDefault ||= isValueDefault(statement, locals)
    else if (name !== undefined && valueKinds.test(kind)) values.add(name)
  }
  const found = {values, hasDefault, hasEquals}
  known.set(file, found)
  return found
}

// `export default function …`, `export default class …`, or a name that was declared as a value.
function isValueDefault(statement: string, locals: ReadonlySet<string>): boolean {
  const [, rest = ''] = /^export\s+default\s+(.*)/s.exec(statement) ?? []
  if (/^(?:async\s+)?function\b|^(?:abstract\s+)?class\b/.test(rest)) return true
  return locals.has(/^([A-Za-z_$][\w$]*)\s*;?\s*$/.exec(rest)?.[1] ?? '')
}

function specifiers(list: string): readonly {readonly own: string; readonly as: string}[] {
  return list.split(',').flatMap(each => {
    const [, own, as = own] = /^\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(each) ?? []
    return own === undefined || as === undefined ? [] : [{own, as}]
  })
}

/** The references of declarations to files of the package that are not there, from one file on. */
export function missingReferences(
  file: string,
  read: Read,
  {isModule}: {readonly isModule: (file: string) => boolean},
): readonly Reference[] {
  const missing: Reference[] = []
  const seen = new Set<string>()
  const visit = (at: string): void => {
    if (seen.has(at)) return
    seen.add(at)
    for (const specifier of references(read(at) ?? '')) {
      const found = resolveDeclarations(at, specifier, {read, loose: !isModule(at)})
      if (found === undefined) missing.push({file: at, specifier})
      else visit(found)
    }
  }
  visit(file)
  return missing
}

function references(source: string): readonly string[] {
  const text = withoutComments(source)
  const found = text.matchAll(
    /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+|\bimport\s+[\w$]+\s*=\s*require\s*\(\s*)["'](\.[^"'\n]*)["']/g,
  )
  return [...new Set([...found].flatMap(([, specifier]) => specifier ?? []))]
}

/**
 * The declarations that a relative specifier means; where modules are ES modules, its extension is needed
 * (https://www.typescriptlang.org/docs/handbook/modules/reference.html#node16-node18-node20-nodenext).
 */
function resolveDeclarations(
  from: string,
  specifier: string,
  {read, loose}: {readonly read: Read; readonly loose: boolean},
): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  const path = posix.join(posix.dirname(from), specifier)
  const stem = path.replace(/\.([cm]?)[jt]sx?$/, '')
  const [, letter = '', isWritten] = /\.([cm]?)([jt])sx?$/.exec(path) ?? []
  const [, ending] = /(\.[^./]+)$/.exec(path) ?? []
  const written = [path, `${stem}.d.${letter}ts`, `${stem}.${letter}ts`, `${stem}.tsx`]
  const other = ending === undefined ? [] : [path, `${path.slice(0, -ending.length)}.d${ending}.ts`]
  const exact = isWritten === undefined ? other : written
  // What exists as JavaScript alone has no types, and is no missing file.
  const guesses = ['.d.ts', '.ts', '.tsx', '.js'].map(ending => path + ending)
  const inside = ['index.d.ts', 'index.ts', 'index.js', 'package.json'].map(name => posix.join(path, name))
  // A folder by `.` or `..` is the package itself, or a part of it, also to those that want extensions.
  const isFolder = /(?:^|\/)\.\.?\/?$/.test(specifier)
  const names = [...exact, ...(loose ? guesses : []), ...(loose || isFolder ? inside : [])]
  return names.find(name => read(name) !== undefined)
}

/** The statements at the top of a file, without what stands in their braces beyond the first words. */
function topStatements(source: string): readonly string[] {
  const text = withoutComments(source)
  const statements: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]
    if (letter === '{' || letter === '(' || letter === '[') depth++
    if (letter === '}' || letter === ')' || letter === ']') depth--
    const ends =
      letter === ';' || (letter === '\n' && /^\s*(?:export|declare|import)\b/.test(text.slice(at + 1, at + 40)))
    if (depth > 0 || !ends) continue
    statements.push(text.slice(start, at).trim())
    start = at + 1
  }
  return [...statements, text.slice(start).trim()].filter(each => each !== '').map(each => each.slice(0, 20_000))
}

// Comments hold examples; what is quoted stays, as specifiers are.
function withoutComments(source: string): string {
  return source.replaceAll(
    /(["'`])(?:\\.|(?!\1)[^\\\n])*\1|\/\*(?:[\s\S]*?\*\/|[\s\S]*$)|\/\/[^\n]*/g,
    (found, quote?: string) => (quote === undefined ? ' ' : found),
  )
}
