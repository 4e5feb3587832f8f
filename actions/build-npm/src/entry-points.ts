import {posix} from 'node:path'
import {record} from '@mcp-release/package-rules'

/** What programs get that import a package by one of its names, and what TypeScript reads for it. */
export interface EntryPoint {
  /** Such as `exports["./sub"]`. */
  readonly label: string
  readonly mode: 'import' | 'require'
  readonly program: string
  readonly types: string
}

/** The files of a package. */
export interface PackedFiles {
  readonly fields: Readonly<Record<string, unknown>>
  /** The text of a file; `undefined` when it is not there. */
  readonly read: (file: string) => string | undefined
}

/**
 * The entry points that have both a program and types, as Node.js and TypeScript find them
 * (https://nodejs.org/api/packages.html#package-entry-points,
 * https://www.typescriptlang.org/docs/handbook/modules/reference.html#packagejson-exports).
 */
export function entryPoints(files: PackedFiles): readonly EntryPoint[] {
  const {exports} = files.fields
  const modes = ['import', 'require'] as const
  if (exports === undefined || exports === null) return modes.flatMap(mode => mainEntry(files, mode))
  const named = Object.entries(record(exports)).filter(([key]) => key.startsWith('.') && !/[*]|\/$/.test(key))
  const all = named.length > 0 ? named : [['.', exports] as const]
  return all.flatMap(([key, value]) =>
    modes.flatMap(mode => {
      const program = target(value, [mode, 'node', 'default'])
      const types = target(value, ['types', mode, 'node', 'default'])
      if (program === undefined || types === undefined) return []
      return paired({label: `exports[${JSON.stringify(key)}]`, mode, program, types}, files)
    }),
  )
}

function mainEntry(files: PackedFiles, mode: EntryPoint['mode']): readonly EntryPoint[] {
  const {main = 'index.js', types, typings, typesVersions} = files.fields
  // Which types there are depends on the version of TypeScript.
  if (typeof main !== 'string' || typesVersions !== undefined) return []
  const path = posix.normalize(main)
  const program = [path, `${path}.js`, `${path}/index.js`].find(each => files.read(each) !== undefined)
  const given = types ?? typings
  if (program === undefined) return []
  return paired(
    {label: 'main', mode, program, types: typeof given === 'string' ? posix.normalize(given) : program},
    files,
  )
}

function paired(entry: EntryPoint, {read}: PackedFiles): readonly EntryPoint[] {
  const types = isDeclaration(entry.types)
    ? entry.types
    : entry.types.replace(/\.([cm]?)js$/, (_, letter: string) => `.d.${letter}ts`)
  const known = isDeclaration(types) && read(types) !== undefined && read(entry.program) !== undefined
  return known && /\.[cm]?js$/.test(entry.program) ? [{...entry, types}] : []
}

function isDeclaration(file: string): boolean {
  return /\.d\.[cm]?ts$/.test(file)
}

// The first condition that holds decides; in a list, the first that leads somewhere.
function target(value: unknown, conditions: readonly string[]): string | undefined {
  if (typeof value === 'string') return value.startsWith('./') ? posix.normalize(value) : undefined
  if (Array.isArray(value))
    return (value as readonly unknown[]).map(each => target(each, conditions)).find(each => each !== undefined)
  for (const [key, each] of Object.entries(record(value))) {
    const found = conditions.includes(key) ? target(each, conditions) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether Node.js and TypeScript take a file for an ES module: by its extension, else by the nearest package.json. */
export function isEsModule(file: string, {read}: Pick<PackedFiles, 'read'>): boolean {
  const [, letter] = /\.([cm])[jt]s$/.exec(file) ?? []
  if (letter !== undefined) return letter === 'm'
  for (let folder = posix.dirname(file); ; folder = posix.dirname(folder)) {
    const text = read(posix.join(folder, 'package.json'))
    if (text !== undefined) return /"type"\s*:\s*"module"/.test(text)
    if (folder === '.' || folder === '/') return false
  }
}
