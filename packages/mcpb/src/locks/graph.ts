/** A package as a lock file has it. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  /** Keys of what it needs, and of what it can do without. */
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Made for some machines only. */
  readonly platform?: boolean
  /** Compiles or downloads something when it is installed. */
  readonly script?: boolean
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
export function nativeIn(
  graph: LockGraph,
  roots: {readonly required: readonly string[]; readonly optional: readonly string[]},
) {
  const needed = reach(graph, roots.required, ({required}) => required)
  const all = reach(graph, [...roots.required, ...roots.optional], each => [...each.required, ...each.optional])
  const found = [...all].flatMap(key => {
    const each = graph.find(key)
    if (each === undefined || harmless.test(each.name)) return []
    // What is optional and cannot be compiled is left out by every installer, and its user goes on without.
    const compiles = each.script === true || hasHelper(graph, each)
    return each.platform === true || (compiles && needed.has(key)) ? [each.name] : []
  })
  return [...new Set(found)].sort()
}

function hasHelper(graph: LockGraph, {required, optional}: LockedPackage): boolean {
  return [...required, ...optional].some(key => helpers.test(graph.find(key)?.name ?? ''))
}

function reach(
  graph: LockGraph,
  from: readonly string[],
  next: (each: LockedPackage) => readonly string[],
): Set<string> {
  const seen = new Set<string>()
  const rest = [...from]
  for (let key = rest.pop(); key !== undefined; key = rest.pop()) {
    const each = graph.find(key)
    if (each === undefined || seen.has(key)) continue
    seen.add(key)
    rest.push(...next(each))
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
