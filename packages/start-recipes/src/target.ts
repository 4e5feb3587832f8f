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

/** The last part of a path of either kind, without what Windows adds to commands. */
export function baseName(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.(?:exe|cmd|bat)$/i, '')
}

function lastPart(name: string): string {
  return name.replace(/^.*\//, '')
}
