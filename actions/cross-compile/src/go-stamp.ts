import {sameVersion} from '@mcp-release/release-model'

/** A name or text in the source that may hold a version; what the helper in Go finds. */
export interface GoSymbol {
  /** The path under which the linker knows it; `main` for the program. */
  readonly package: string
  /** Absolute. */
  readonly file: string
  readonly line: number
  readonly kind: 'var' | 'const' | 'literal' | 'buildinfo'
  readonly name: string
  /** Empty where it is not initialised, or not by a constant. */
  readonly value: string
  /** Whether `-X` of the linker has an effect: a string variable, not initialised or by a constant (`go tool link -help`). */
  readonly settable: boolean
}

/** What the linker is told, and what users are told of it. */
export interface Stamping {
  /** Flags of the linker, each with its value. */
  readonly flags: readonly string[]
  /** In words: which names get which value. */
  readonly stamped: readonly string[]
  readonly warnings: readonly string[]
}

/** The values that go into a program. */
export interface StampValues {
  readonly semver: string
  readonly commit?: string
  /** RFC 3339. */
  readonly date: string
}

const prefix = '(?:(?:app|build|server|mcp|binary|cli|program|release|git|current|product|service)_?)*'
const kinds = [
  {value: 'version', name: new RegExp(`^${prefix}version(?:_?(?:string|number|tag))?$`, 'i')},
  {
    value: 'commit',
    name: /^(?:(?:git|build|vcs|source)_?)*(?:commit|sha|revision|commit_?(?:sha|hash|id)|git_?hash)$/i,
  },
  {value: 'date', name: /^(?:(?:build|built|commit|release|compile)_?(?:at|date|time|timestamp)|date)$/i},
] as const

// What stands there until a release says it, or an older release.
const placeholder =
  /^(?:|v?\d+\.\d+\.\d+.*|\(?devel\)?|dev(?:elopment)?(?:[-.+].*)?|unknown|none|n\/?a|unset|undefined|local|source|snapshot|latest|main|master|head|<.*>|\{\{.*\}\})$/i

/** Which variables get version, commit and date; without the author's own flags, by their names. Pure. */
export function detectStamps(symbols: readonly GoSymbol[], values: StampValues): Stamping {
  const found = symbols.flatMap(symbol => {
    const kind = kinds.find(({name}) => name.test(symbol.name))
    return kind === undefined || symbol.kind !== 'var' || !symbol.settable ? [] : [{symbol, kind: kind.value}]
  })
  const versions = found.filter(({symbol, kind}) => kind === 'version' && placeholder.test(symbol.value))
  // Commits and dates of other things are left alone: only those beside a version, or in the program itself.
  const places = new Set(['main', ...versions.map(({symbol}) => symbol.package)])
  const all = found.filter(({symbol}) => placeholder.test(symbol.value) && places.has(symbol.package))
  const stamps = all.flatMap(({symbol, kind}) => {
    const value = valueFor(symbol, kind, values)
    return value === undefined ? [] : [{target: `${symbol.package}.${symbol.name}`, value}]
  })
  return {
    flags: stamps.map(({target, value}) => `-X ${target}=${value}`),
    stamped: stamps.map(({target, value}) => `${target} = ${value}`),
    warnings: [],
  }
}

function valueFor(symbol: GoSymbol, kind: (typeof kinds)[number]['value'], values: StampValues): string | undefined {
  if (kind === 'commit') return values.commit
  if (kind === 'date') return values.date
  return /^v\d/.test(symbol.value) ? `v${values.semver}` : values.semver
}

/** What is wrong with the author's own `-X` flags: those that the linker silently ignores. */
export function ignoredFlags(
  flags: readonly string[],
  symbols: readonly GoSymbol[],
  packages: ReadonlySet<string>,
): readonly string[] {
  return flags.flatMap(flag => {
    const [, path = '', name = ''] = /^-X[ =]["']?(.+)\.([\p{L}_][\p{L}\p{N}_]*)=/u.exec(flag) ?? []
    if (name === '') return []
    const said = `ldflags: -X ${path}.${name} has no effect`
    if (!packages.has(path)) return [`${said}: the program has no package ${path}`]
    const found = symbols.find(each => each.package === path && each.name === name && /^(?:var|const)$/.test(each.kind))
    if (found === undefined) return [`${said}: ${path} has no string variable ${name}`]
    return found.settable
      ? []
      : [`${said}: at ${found.file}:${found.line} it is ${found.kind === 'const' ? 'a constant' : 'set by code'}`]
  })
}

/** Versions in the source that are compiled in as they are and say another version than the release. */
export function otherVersions(symbols: readonly GoSymbol[], semver: string): readonly string[] {
  const fixed = symbols.filter(
    ({kind, name, settable, value}) =>
      (kind === 'literal' || ((kind === 'const' || !settable) && kinds[0].name.test(name) && kind !== 'buildinfo')) &&
      /^v?\d+\.\d+\.\d+/.test(value) &&
      !sameVersion(value.replace(/^v/, ''), semver),
  )
  return fixed.map(({file, line, kind, name, value}) => {
    const what = kind === 'literal' ? `${name} is given` : `${kind} ${name} is`
    return `${file}:${line}: ${what} ${JSON.stringify(value)}, and the release is ${semver}`
  })
}

/** Whether the program asks Go itself what it was built from. */
export function readsBuildInfo(symbols: readonly GoSymbol[]): boolean {
  return symbols.some(({kind}) => kind === 'buildinfo')
}
