import type {Ecosystem} from '@mcp-release/release-model'
import type {StartTarget} from './target'

/** What stands behind the server's own command, and how near the way of starting is to the package's own. */
export interface Launch {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** `own`: the package itself. `related`: the same program from another package. `image`: a container of it. */
  readonly by: 'own' | 'related' | 'image'
  /** Python: the extras that the package is installed with. */
  readonly extras?: readonly string[]
  /** Python: the requirements that are installed beside it, such as those of `--with`. */
  readonly with?: readonly string[]
  /** Python: the module that is run, as `python -m` has it. */
  readonly module?: string
  /** Python: the file that is run, as instructions have it. */
  readonly file?: string
}

/** Another package than any of the target's, which a launcher would fetch. */
export interface Stranger {
  readonly fetches: Ecosystem
  readonly name: string
  /** The package is the target's, and has no such command. */
  readonly command?: string
}

/** What a command line starts, as far as a target is concerned. */
export type Reading = Launch | Stranger | undefined

/** Reads a command line inside of another one. */
export type Read = (argv: readonly string[], target: StartTarget) => Reading

/** Reads what stands behind a launcher. */
export type Launcher = (words: readonly string[], target: StartTarget, read: Read) => Reading

/** Whether what a command line starts is the target. */
export function isLaunch(reading: Reading): reading is Launch {
  return reading !== undefined && 'by' in reading
}

/** The target itself, with these arguments. */
export function own(args: readonly string[], more: Partial<Launch> = {}): Launch {
  return {args, env: {}, by: 'own', ...more}
}
