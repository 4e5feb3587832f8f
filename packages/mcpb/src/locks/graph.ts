/** A dependency: the name under which it is imported, which an alias makes another than the package's own, and its key. */
export interface Edge {
  readonly name: string
  readonly key: string
}

/** Which machines a package is made for, as package.json says it. */
export type Machines = Readonly<Partial<Record<'os' | 'cpu' | 'libc', readonly string[]>>>

/** A package as a lock file has it. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** What it needs, and what it can do without. */
  readonly required: readonly Edge[]
  readonly optional: readonly Edge[]
  /** Made for some machines only. */
  readonly machines?: Machines
  /** Compiles or downloads something when it is installed. */
  readonly script?: boolean
  /** The hash of its archive, as npm writes it. */
  readonly integrity?: string
  /** Where its archive lies when it is not that of its name and version in the registry. */
  readonly source?: string
  /** A package of the same repository: its folder relative to that of the lock file. */
  readonly member?: string
}

/** What a lock file says: packages by a key of its own, and from where one begins. */
export interface LockGraph {
  /** The key of what a package in a folder (relative to the lock file, `.` for its own) gets for a dependency. */
  readonly direct: (folder: string, name: string, range: string) => string | undefined
  readonly find: (key: string) => LockedPackage | undefined
}

// Of packages that compile themselves or bring compiled files when they are installed.
const helpers =
  /^(?:node-gyp|node-gyp-build(?:-optional-packages)?|prebuild-install|bindings|node-addon-api|nan|cmake-js|pkg-prebuilds|(?:@mapbox\/)?node-pre-gyp)$/
// Their scripts only print something, or they are never needed.
const harmless = /^(?:core-js(?:-pure|-bundle)?|protobufjs|es5-ext|@scarf\/scarf|fsevents|nx|postinstall-postinstall)$/

/**
 * The names of the packages that a user gets with a package and that are made for one platform each, or compile or
 * download something when they are installed.
 */
export function nativeIn(graph: LockGraph, roots: Pick<LockedPackage, 'required' | 'optional'>) {
  const needed = reach(graph, roots.required, ({required}) => required)
  const all = reach(graph, [...roots.required, ...roots.optional], each => [...each.required, ...each.optional])
  const found = [...all].flatMap(key => {
    const each = graph.find(key)
    if (each === undefined || harmless.test(each.name)) return []
    // What is optional and cannot be compiled is left out by every installer, and its user goes on without.
    const compiles = each.script === true || hasHelper(graph, each)
    return each.machines !== undefined || (compiles && needed.has(key)) ? [each.name] : []
  })
  return [...new Set(found)].sort()
}

function hasHelper(graph: LockGraph, {required, optional}: LockedPackage): boolean {
  return [...required, ...optional].some(({key}) => helpers.test(graph.find(key)?.name ?? ''))
}

/** The keys of all that is reached from some dependencies. */
export function reach(
  graph: LockGraph,
  from: readonly Edge[],
  next: (each: LockedPackage) => readonly Edge[],
): ReadonlySet<string> {
  const seen = new Set<string>()
  const rest = from.map(({key}) => key)
  for (let key = rest.pop(); key !== undefined; key = rest.pop()) {
    const each = graph.find(key)
    if (each === undefined || seen.has(key)) continue
    seen.add(key)
    rest.push(...next(each).map(edge => edge.key))
  }
  return seen
}

type Fields = Readonly<Record<string, unknown>>

/** An object, or an empty one in place of anything else. */
export function table(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** The entries of an object whose values are texts. */
export function textEntries(value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(table(value)).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text] as const] : []))
}

/** `os`, `cpu` and `libc` of an entry; `undefined` when it is for every machine. */
export function machinesOf(entry: Fields): Machines | undefined {
  const given = (['os', 'cpu', 'libc'] as const).flatMap(name => {
    const values: readonly unknown[] = Array.isArray(entry[name]) ? entry[name] : [entry[name]]
    const named = values.filter(value => typeof value === 'string')
    return named.length === 0 ? [] : [[name, named] as const]
  })
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** A text, or an empty one in place of anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
