import {type Manifest, parseManifest, record, texts} from './npm-manifest'

/** A file that package.json promises. */
export interface DeclaredEntry {
  /** Where it is promised, such as `bin.server` or `exports["."].import`. */
  readonly field: string
  /** Relative to the package, without `./`; one `*` stands for anything. */
  readonly target: string
  /** `bin` runs, `module` is loaded by Node; `other` is for tools that ask with a condition of their own. */
  readonly use: 'bin' | 'module' | 'other'
}

// https://nodejs.org/api/packages.html#conditional-exports
const nodeConditions = new Set(['node', 'node-addons', 'import', 'require', 'module-sync', 'default'])

/** All files that bin, main and exports of a package.json name. */
export function declaredEntries({name, fields}: Manifest): readonly DeclaredEntry[] {
  const {bin, main, exports} = fields
  const bins = typeof bin === 'string' ? {[name.replace(/^@[^/]+\//, '')]: bin} : texts(bin)
  return [
    ...Object.entries(bins).map(([command, target]) => entry(`bin.${command}`, target, 'bin')),
    ...(typeof main === 'string' && main !== '' ? [entry('main', main, 'module')] : []),
    ...exportedEntries('exports', exports, 'module'),
  ]
}

/** The files of the commands in the text of a package.json; none when it cannot be read. */
export function binTargets(text: string): readonly string[] {
  try {
    const entries = declaredEntries(parseManifest('package.json', text))
    return entries.filter(({use}) => use === 'bin').map(({target}) => target)
  } catch {
    return []
  }
}

function exportedEntries(field: string, value: unknown, use: 'module' | 'other'): readonly DeclaredEntry[] {
  if (typeof value === 'string') return value.startsWith('./') ? [entry(field, value, use)] : []
  if (Array.isArray(value)) return value.flatMap((each, at) => exportedEntries(`${field}[${at}]`, each, use))
  return Object.entries(record(value)).flatMap(([key, each]) =>
    exportedEntries(
      `${field}[${JSON.stringify(key)}]`,
      each,
      key.startsWith('.') || nodeConditions.has(key) ? use : 'other',
    ),
  )
}

function entry(field: string, target: string, use: DeclaredEntry['use']): DeclaredEntry {
  return {field, target: target.replace(/^(?:\.\/)+/, ''), use}
}

/** The file that an entry means, out of all files of a package; `main` may leave out `.js` or name a folder. */
export function resolveEntry({field, target}: DeclaredEntry, files: ReadonlySet<string>): string | undefined {
  if (target.includes('*')) {
    const [before = '', after = ''] = target.split('*')
    return [...files].find(file => file.startsWith(before) && file.endsWith(after))
  }
  if (target.endsWith('/') && field !== 'main') return [...files].find(file => file.startsWith(target))
  const folder = target.replace(/\/$/, '')
  const prefix = folder === '' || folder === '.' ? '' : `${folder}/`
  const guesses = ['.js', '.json', '.node'].map(ending => folder + ending)
  const indexes = ['.js', '.json', '.node'].map(ending => `${prefix}index${ending}`)
  return [target, ...(field === 'main' ? [...guesses, ...indexes] : [])].find(file => files.has(file))
}
