import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {GoPackage} from './go-packages'

// Drivers that are C inside, and what replaces them.
const replacements: Readonly<Record<string, string>> = {
  'github.com/mattn/go-sqlite3': 'modernc.org/sqlite or github.com/ncruces/go-sqlite3',
  'github.com/marcboeker/go-duckdb': 'a build on each platform with cgo; DuckDB is C++',
  'github.com/duckdb/duckdb-go': 'a build on each platform with cgo; DuckDB is C++',
  'github.com/confluentinc/confluent-kafka-go': 'github.com/twmb/franz-go',
  'github.com/shirou/gopsutil': 'github.com/shirou/gopsutil/v4, which needs no cgo',
}

/** A package that is only a stub without cgo. */
export interface Stub {
  readonly package: string
  readonly replacement?: string
}

/** What building without cgo takes away from a program. */
export interface CgoLoss {
  /** Packages that compile and then fail at every call. */
  readonly stubs: readonly Stub[]
  /** Files of the author's own that are left out without anything in their place, such as `store/driver_cgo.go`. */
  readonly left: readonly string[]
}

/**
 * Finds what compiles without cgo and then fails: packages with C code, or above one, where what stands in for it says
 * that cgo is needed, as go-sqlite3 does, or does nothing but return errors in all of its functions.
 */
export async function findCgoLoss(
  host: Host,
  withCgo: readonly GoPackage[],
  without: readonly GoPackage[],
): Promise<CgoLoss> {
  const plain = new Map(without.map(each => [each.path, each]))
  const isC = withCgo.some(({cgoFiles, standard}) => cgoFiles.length > 0 && !standard)
  const stubs: Stub[] = []
  const left: string[] = []
  for (const each of isC ? withCgo.filter(({standard}) => !standard) : []) {
    const other = plain.get(each.path)
    if (other === undefined || other.files.join() === each.files.join()) continue
    const substitutes = other.files.filter(name => !each.files.includes(name))
    const texts = await Promise.all(substitutes.map(name => host.files.readText(join(each.directory, name))))
    const isWhole = other.files.length === substitutes.length
    if (texts.some(saysCgo) || (isWhole && texts.length > 0 && onlyFails(texts.join('\n')))) stubs.push(stub(each.path))
    else if (each.own && substitutes.length === 0)
      left.push(...each.files.filter(name => !other.files.includes(name)).map(name => join(each.directory, name)))
  }
  return {stubs, left}
}

function stub(path: string): Stub {
  const known = Object.keys(replacements).find(each => path === each || path.startsWith(`${each}/`))
  const replacement = known === undefined ? undefined : replacements[known]
  return {package: path, ...(replacement === undefined ? {} : {replacement})}
}

function saysCgo(source: string): boolean {
  return /["`][^"`\n]*\bcgo(?:_enabled)?\b[^"`\n]*["`]/i.test(withoutComments(source))
}

// Functions as gofmt lays them out, each of which only returns an error or panics. One that returns something else, such
// as `false` for a feature that is not there, lets its callers cope.
function onlyFails(source: string): boolean {
  const bodies = [...withoutComments(source).matchAll(/^func .*\{(?:\n([\s\S]*?)^\}| (.*) \}| ?\})$/gm)]
  const failing = /^\s*(?:return\b[^\n]*\b(?:errors\.\w+|fmt\.Errorf|\w*[eE]rr\w*)\b[^\n]*|panic\([^\n]*\))\s*$/
  const harmless = /^\s*(?:return)?\s*$/
  const texts = bodies.map(([, long, short]) => long ?? short ?? '')
  return texts.some(text => failing.test(text)) && texts.every(text => failing.test(text) || harmless.test(text))
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}
