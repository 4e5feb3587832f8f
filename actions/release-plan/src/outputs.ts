import {markdownTable} from '@mcp-release/action-kit'
import {type Plan, installableFiles} from '@mcp-release/release-model'

/** The build jobs for `strategy.matrix`, each with the inputs of its action. */
export function matrix({jobs}: Plan): string {
  return JSON.stringify({include: jobs})
}

/** The job summary: what will be released, and what will not. */
export function summary(plan: Plan): string {
  const files = installableFiles(plan).map(({name, kind, platform, job}) => [
    name,
    kind,
    platform ?? 'any',
    job ?? 'assemble',
  ])
  const skipped = plan.skipped.map(({subject, reason, hint}) => [subject, reason, hint ?? ''])
  return [
    `## Release plan: ${plan.name} ${plan.version.tag}`,
    '',
    markdownTable(['file', 'kind', 'platform', 'job'], files),
    `With SBOMs, checksums and signatures: ${plan.artifacts.length} files.`,
    '',
    ...(skipped.length > 0 ? ['### Skipped', '', markdownTable(['what', 'why', 'remedy'], skipped)] : []),
  ].join('\n')
}
