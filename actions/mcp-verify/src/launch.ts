import type {Host} from '@mcp-release/action-kit'
import type {Settings} from './inputs'

/** Where a candidate is prepared: folders of its own below the runner's temporary folder. */
export interface Place {
  readonly host: Host
  readonly settings: Settings
  /** Absolute; holds a folder for each process, and whatever is installed. */
  readonly folder: string
  /** `true`: it is spoken to over HTTP. */
  readonly http: boolean
}

/** How a server is started, how it could not be installed, or why it is not started here. */
export type Launch =
  | {
      readonly kind: 'start'
      /** `${process}` and what else `fillPlaces` knows is filled in for each process. */
      readonly argv: readonly string[]
      /** Variables that the file itself wants; those of the input server-env win. */
      readonly env?: Readonly<Record<string, string>>
      /** The tools that the file says its server has. */
      readonly declaredTools?: readonly string[]
      /** `true`: the program is a trusted client, such as podman, that needs the user's own environment. */
      readonly trusted?: boolean
      readonly cleanup?: () => Promise<void>
    }
  | {readonly kind: 'failed'; readonly problem: string}
  | {
      readonly kind: 'skip'
      readonly reason: string
      readonly hint?: string
      /** `true`: this machine lacks something. `false`: there is nothing to start. */
      readonly unverifiable: boolean
    }

/** Something that this machine cannot start. */
export function cannot(reason: string, hint: string): Launch {
  return {kind: 'skip', reason, hint, unverifiable: true}
}

/** Something that is no server by itself. */
export function nothingToStart(reason: string, hint?: string): Launch {
  return {kind: 'skip', reason, ...(hint === undefined ? {} : {hint}), unverifiable: false}
}
