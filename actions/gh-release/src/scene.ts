import type {Host} from '@mcp-release/action-kit'
import type {Releases} from '@mcp-release/github'

/** Where a run works. */
export interface Scene {
  readonly releases: Releases
  readonly host: Host
}
