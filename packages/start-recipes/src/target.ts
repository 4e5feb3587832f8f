import {type Ecosystem, pythonProjectName} from '@mcp-release/release-model'

/** A package whose start is looked for. */
export interface StartTarget {
  readonly ecosystem: Ecosystem
  readonly name: string
  /** Folder relative to the repository, `.` for its root. */
  readonly path: string
  /** The server's command first. */
  readonly executables: readonly string[]
  /** Files that the commands run, relative to the package, such as `dist/index.js`; Python: the modules behind them. */
  readonly entries?: readonly string[]
  /** Go: the import path of the program. */
  readonly importPath?: string
  /** Cargo: the crate of the program, where it is called otherwise and no other program is named after it. */
  readonly crate?: string
  /** Go: the folder of the program in its module, such as `.` or `./cmd/server`. */
  readonly main?: string
  /** Python: what can be imported of it, by the first part of its name. */
  readonly modules?: readonly string[]
  /** Python: what `python -m` starts, where it has no command. */
  readonly module?: string
  /** npm: the file that `node` starts, where it has no command. */
  readonly entry?: string
  /** Python: the names of its optional dependencies. */
  readonly extras?: readonly string[]
  /** What its manifest calls command lines for developers, such as `scripts` of package.json. */
  readonly scripts?: Readonly<Record<string, string>>
  /** The packages that its repository publishes, its own among them. */
  readonly published?: readonly {readonly ecosystem: Ecosystem; readonly name: string}[]
  /** The instructions install it before: launchers then find its commands on the machine. */
  readonly installed?: boolean
  /** The file that names its command, for people. */
  readonly manifest?: string
  /** Image: its Containerfile, relative to the repository. */
  readonly containerfile?: string
  /** It is the only server of its ecosystem: `node dist/index.js` can mean no other. */
  readonly alone: boolean
}

/** Whether two names are the same as Python's index and most people compare them (PEP 503). */
export function sameName(one: string, other: string): boolean {
  return pythonProjectName(one) === pythonProjectName(other)
}

/** Whether a command, possibly with a folder before it and a platform behind it, is one of the target's. */
export function isOwnCommand(command: string, {name, executables, ecosystem}: StartTarget): boolean {
  const base = baseName(command)
  const own = executables.length > 0 ? executables : [lastPart(name)]
  if (own.some(each => sameName(baseName(each), base))) return true
  if (ecosystem !== 'go' && ecosystem !== 'cargo') return false
  const [, stem] = /^(.+?)[-_.](?:linux|darwin|macos|windows|win|amd64|arm64|x86_64|aarch64)\b.*$/i.exec(base) ?? []
  return stem !== undefined && own.some(each => sameName(baseName(each), stem))
}

/** Whether a name of any registry is that of the target's program. */
export function isSameProgram(name: string, target: StartTarget): boolean {
  const base = lastPart(name)
  return isOwnCommand(base, target) || sameName(base, lastPart(target.name))
}

/** Whether the target's repository publishes a package of this name. */
export function isPublished(ecosystem: Ecosystem, name: string, {published = []}: StartTarget): boolean {
  const same = ecosystem === 'pypi' ? sameName : (one: string, other: string) => one === other
  return published.some(each => each.ecosystem === ecosystem && same(each.name, name))
}

/** Whether a file is one that a project's own developers run, by where it lies. */
export function isForDevelopers(file: string): boolean {
  // Somebody's folders above the project may have any names.
  const inner = /^(?:[~/$<%]|[A-Za-z]:)/.test(file) ? file.split('/').slice(-2).join('/') : file
  return (
    /(?:^|\/)(?:scripts?|tests?|examples?|samples?|benchmarks?|docs?)\//i.test(inner) ||
    /(?:^|\/)(?:setup|conftest|noxfile|manage)\.py$/.test(inner)
  )
}

/** The last part of a path of either kind, without what Windows adds to commands. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.(?:exe|cmd|bat)$/i, '')
}

/** The last part of a name with a scope, a host or an owner before it. */
export function lastPart(name: string): string {
  return name.replace(/^.*\//, '')
}
