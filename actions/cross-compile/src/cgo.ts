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

/** A dependency that is only a stub without cgo. */
export interface Stub {
  readonly package: string
  readonly replacement?: string
}

/**
 * The dependencies that compile without cgo and then fail at every call: they have C code, and what stands in for it
 * without cgo says in a text that cgo is needed, as go-sqlite3 does.
 */
export async function findStubs(
  host: Host,
  withCgo: readonly GoPackage[],
  without: readonly GoPackage[],
): Promise<readonly Stub[]> {
  const plain = new Map(without.map(each => [each.path, each]))
  const stubs: Stub[] = []
  for (const each of withCgo.filter(({cgoFiles, standard}) => cgoFiles.length > 0 && !standard)) {
    const other = plain.get(each.path)
    const substitutes = (other?.files ?? []).filter(name => !each.files.includes(name))
    const texts = await Promise.all(substitutes.map(name => host.files.readText(join(each.directory, name))))
    if (!texts.some(saysCgo)) continue
    const known = Object.keys(replacements).find(path => each.path === path || each.path.startsWith(`${path}/`))
    const replacement = known === undefined ? undefined : replacements[known]
    stubs.push({package: each.path, ...(replacement === undefined ? {} : {replacement})})
  }
  return stubs
}

function saysCgo(source: string): boolean {
  return /["`][^"`\n]*\bcgo(?:_enabled)?\b[^"`\n]*["`]/i.test(source.replaceAll(/^\s*\/\/.*$/gm, ''))
}
