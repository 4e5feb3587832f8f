import type {ReleaseSettings} from '@mcp-release/release-model'
import type {Candidate, Detected, Detection, Tree} from './detected'

interface Surroundings {
  readonly tree: Tree
  readonly folder: string
  readonly settings: ReleaseSettings
}

/** Tells servers from other programs and from libraries, and says why. */
export function withRoles(found: Detection, _: Surroundings): Detection<Candidate> {
  return {...found, packages: found.packages.map(roleOf)}
}

function roleOf(each: Detected): Candidate {
  const role = each.executables.length > 0 || each.ecosystem === 'oci' ? 'server' : 'library'
  return {...each, role, roleReason: role === 'server' ? 'installs a command' : 'installs no command'}
}
