import {type PlanFinding, pythonProjectName} from '@mcp-release/release-model'
import type {Candidate, PackageSources} from './detected'

/**
 * What instructions install with a Python package that the package itself knows nothing of: an extra that there is not, and
 * requirements (`--with`) that are none of its own. Such a requirement is not installed when the package is verified,
 * because whoever follows other instructions, and every bundle, lacks it.
 */
export function undeclared(each: Candidate, sources: PackageSources | undefined): readonly PlanFinding[] {
  const {dependencies, extras = []} = sources ?? {}
  if (dependencies === undefined) return []
  const known = extras.map(pythonProjectName)
  const recipes = [...(each.start === undefined ? [] : [each.start]), ...(each.alternatives ?? [])]
  return recipes.flatMap(({source, extras: asked = [], with: beside = []}): readonly PlanFinding[] => [
    ...asked
      .filter(extra => !known.includes(pythonProjectName(extra)))
      .map(extra => ({
        level: 'warning' as const,
        subject: source,
        text: `installs ${each.name}[${extra}], and ${each.manifest} has no extra of that name${extras.length === 0 ? '' : `: it has ${extras.join(', ')}`}`,
        hint: 'Name an extra that there is, or add it to [project.optional-dependencies].',
      })),
    ...beside
      .filter(text => !dependencies.includes(pythonProjectName(/^[\w.-]+/.exec(text)?.[0] ?? '')))
      .map(text => ({
        level: 'warning' as const,
        subject: source,
        text: `installs ${text} beside ${each.name}, which does not depend on it: it is verified without, and neither other users nor bundles have it`,
        hint: `Add ${JSON.stringify(text)} to the dependencies in ${each.manifest}, or to an extra that the instructions name.`,
      })),
  ])
}
