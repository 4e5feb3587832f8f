import {posix} from 'node:path'
import {initSync, parse} from 'cjs-module-lexer'

/** What Node.js knows of the exports of a CommonJS module before it runs, by the lexer that it has itself. */
export interface CommonExports {
  readonly names: ReadonlySet<string>
  /** `module.exports = …` stands in it. */
  readonly replaced: boolean
}

let isReady = false

/**
 * The names that an ES module can import from a CommonJS module
 * (https://nodejs.org/api/esm.html#commonjs-namespaces); `undefined` when it is none, cannot be read, or passes on what a
 * module outside of the package has.
 */
export function commonExports(
  file: string,
  read: (file: string) => string | undefined,
  seen = new Set<string>(),
): CommonExports | undefined {
  const source = read(file)
  // What two modules pass on is told by the first of them, and a circle ends here.
  if (seen.has(file)) return {names: new Set(), replaced: false}
  if (source === undefined) return undefined
  seen.add(file)
  const found = lexed(source)
  if (found === undefined) return undefined
  const names = new Set(found.exports)
  for (const specifier of found.reexports) {
    const next = specifier.startsWith('.') ? resolved(file, specifier, read) : undefined
    const inner = next === undefined ? undefined : commonExports(next, read, seen)
    if (inner === undefined) return undefined
    for (const name of inner.names) if (name !== 'default') names.add(name)
  }
  return {names, replaced: /\bmodule\.exports\s*=(?!=)/.test(source)}
}

function lexed(
  source: string,
): {readonly exports: readonly string[]; readonly reexports: readonly string[]} | undefined {
  if (!isReady) initSync()
  isReady = true
  try {
    const {exports, reexports} = parse(source)
    return {exports: [...exports], reexports: [...reexports]}
  } catch {
    // ES modules, and what is no JavaScript.
    return undefined
  }
}

// https://nodejs.org/api/modules.html#all-together
function resolved(from: string, specifier: string, read: (file: string) => string | undefined): string | undefined {
  const path = posix.join(posix.dirname(from), specifier)
  return [path, `${path}.js`, `${path}.cjs`, `${path}/index.js`].find(each => read(each) !== undefined)
}
