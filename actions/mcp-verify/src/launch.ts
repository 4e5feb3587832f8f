import type {Finding, Host} from '@mcp-release/action-kit'
import type {ProgramRun} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import type {Candidate} from './candidate'
import type {Settings} from './inputs'
import type {Isolation} from './isolation'

/** Where a candidate is prepared: folders of its own below the runner's temporary folder. */
export interface Place {
  readonly host: Host
  readonly settings: Settings
  /** Absolute; holds a folder for each process, and whatever is installed. */
  readonly folder: string
  /** The other files of the release: what they contain is published with it, and not there yet. */
  readonly siblings: readonly Candidate[]
  /** What keeps away from the machine what is started, and what installers start; absent where nothing does. */
  readonly isolation?: Isolation
  /** The command that instructions for users name. */
  readonly told?: string
  /** Python: what `python -m` starts, where the package installs no command. */
  readonly module?: string
  /** npm: what `node` starts, where the package installs no command. */
  readonly entry?: string
  /** Python: what instructions install with and beside the package. */
  readonly installs?: Installs
}

/** What a Python package is installed with: its extras, and requirements beside it (`--with`). */
export interface Installs {
  readonly extras?: readonly string[]
  readonly with?: readonly string[]
}

/** With what a prepared program is started. */
export interface StartWords {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** `true`: it is spoken to over HTTP. */
  readonly http: boolean
  readonly network: 'off' | 'on'
}

/** A command of a package besides its server. */
export interface OtherCommand {
  readonly name: string
  /** Loads it, and ends. */
  readonly argv: readonly string[]
  /** Why it does not load, when what it did says so. */
  readonly judge: (run: ProgramRun) => Finding | undefined
}

/** How a server is started, how it could not be installed, or why it is not started here. */
export type Launch =
  | {
      readonly kind: 'start'
      /** `${process}` and what else `fillPlaces` knows is filled in for each process. */
      readonly command: (words: StartWords) => readonly string[]
      /** Present when the file itself says all that it is started with, as a bundle does: nothing else is given to it. */
      readonly own?: {readonly args: readonly string[]; readonly env: Readonly<Record<string, string>>}
      /** Variables for a program of this machine that stands between, such as uv. */
      readonly env?: Readonly<Record<string, string>>
      /** The tools that the file says its server has. */
      readonly declaredTools?: readonly string[]
      /** `true`: the program is a trusted client, such as podman, that needs the user's own environment. */
      readonly trusted?: boolean
      readonly cleanup?: () => Promise<void>
      /** Makes ready for a way to start it that needs more than the first one. */
      readonly prepare?: (installs: Installs) => Promise<void>
      /** The other commands of the package: each must load as well. */
      readonly others?: readonly OtherCommand[]
    }
  | {readonly kind: 'failed'; readonly problem: string; readonly hint?: string}
  | {
      readonly kind: 'skip'
      readonly reason: string
      readonly hint?: string
      /** Whether it is for another platform, has nothing to start, or this machine lacks something. */
      readonly because: NonNullable<VerifiedServer['because']>
    }

/** Something for which this machine lacks what it needs. */
export function cannot(reason: string, hint: string): Launch {
  return {kind: 'skip', reason, hint, because: 'machine'}
}

/** Something that is for machines of another kind. */
export function notForHere(reason: string, hint: string): Launch {
  return {kind: 'skip', reason, hint, because: 'platform'}
}

/** Something that is no server by itself. */
export function nothingToStart(reason: string, hint?: string): Launch {
  return {kind: 'skip', reason, ...(hint === undefined ? {} : {hint}), because: 'nothing'}
}
