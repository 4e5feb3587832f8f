import {
  type Plan,
  type PlannedArtifact,
  type VerifiedServer,
  installableFiles,
  platformSlices,
  settingsOf,
  verificationsOf,
} from '@mcp-release/release-model'
import type {PlatformReport} from './verified'

/** A file that was skipped on every platform. */
export interface NotStarted {
  readonly file: string
  /** Why, in words. */
  readonly reason: string
  /** `nature`: it cannot be started on any of these platforms. `allowed`, `refused`: the setting `unverified` decides. */
  readonly by: 'nature' | 'allowed' | 'refused'
}

/** The files of which nothing was started anywhere, and whether that stops the release. */
export function notStarted(plan: Plan, reports: readonly PlatformReport[]): readonly NotStarted[] {
  return installableFiles(plan).flatMap((artifact): readonly NotStarted[] => {
    const found = reports.flatMap(({platform, servers}) =>
      servers.filter(({file}) => file === artifact.name).map(server => ({platform, server})),
    )
    const [first] = found
    if (first === undefined || found.some(({server}) => server.status !== 'skipped')) return []
    const file = artifact.name
    const nature = naturalReason(
      plan,
      artifact,
      found.map(({server}) => server),
    )
    if (nature !== undefined) return [{file, reason: nature, by: 'nature'}]
    const own = found.find(({server}) => server.because !== 'platform') ?? first
    const reason = `${own.server.reason ?? 'no reason is given'} (on ${own.platform})`
    return [{file, reason, by: unverifiedOf(plan, artifact) === 'allow' ? 'allowed' : 'refused'}]
  })
}

/** Why nothing of a file could be started on the platforms of `verify-on`, whatever they have; else `undefined`. */
function naturalReason(plan: Plan, artifact: PlannedArtifact, found: readonly VerifiedServer[]): string | undefined {
  const covered = verificationsOf(plan).map(({platform}) => platform as string)
  const {platform, kind} = artifact
  if (platform !== undefined) {
    const own = platformSlices(platform)
    return own.some(each => covered.includes(each))
      ? undefined
      : `is for ${platform}; verify-on has ${covered.join(', ')}`
  }
  const owner = plan.packages.find(({id}) => id === artifact.package)
  if (owner?.role === 'library' && kind !== 'mcpb') return found[0]?.reason ?? owner.roleReason
  // Its machines are Linux wherever they run.
  if (kind === 'image' && !covered.some(each => each.startsWith('linux/')))
    return `is for Linux; verify-on has ${covered.join(', ')}`
  const isElsewhere = found.every(({because}) => because === 'platform' || because === 'nothing')
  return isElsewhere ? found[0]?.reason : undefined
}

function unverifiedOf(plan: Plan, artifact: PlannedArtifact): 'refuse' | 'allow' {
  const owner = plan.packages.find(({id}) => id === artifact.package)
  const own = owner === undefined ? {} : settingsOf(plan.settings.servers, owner)
  return own.unverified ?? plan.settings.unverified ?? 'refuse'
}

/** What stands against the release, in words. */
export function notStartedProblems(files: readonly NotStarted[]): readonly string[] {
  return files
    .filter(({by}) => by === 'refused')
    .map(
      ({file, reason}) =>
        `${file}: was started nowhere: ${reason}; give verify-on a platform on which it starts, or release it all the same with \`unverified: allow\` for its server`,
    )
}
