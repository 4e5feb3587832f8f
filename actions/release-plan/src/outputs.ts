import {markdownTable} from '@mcp-release/action-kit'
import {type Plan, type PlannedPackage, installableFiles, startWords} from '@mcp-release/release-model'

/** The build jobs for `strategy.matrix`, each with the inputs of its action. */
export function matrix({jobs}: Plan): string {
  return JSON.stringify({include: jobs})
}

/** The job summary: what will be released, what not and why, how each server is started, and what was found. */
export function summary(plan: Plan): string {
  const files = installableFiles(plan).map(({name, kind, platform, job}) => [
    name,
    kind,
    platform ?? 'any',
    job ?? 'assemble',
  ])
  return [
    `## Release plan: ${plan.name} ${plan.version.tag}`,
    '',
    ...part('What will be released', ['package', 'version', 'is a', 'because'], plan.packages.map(packageRow)),
    ...part('How each server will be started', ['package', 'command', 'learnt from'], plan.packages.flatMap(startRow)),
    ...part('Files', ['file', 'kind', 'platform', 'job'], files),
    `With SBOMs, checksums and signatures: ${plan.artifacts.length} files.`,
    '',
    ...part(
      'What will not be released',
      ['what', 'why', 'remedy'],
      plan.skipped.map(({subject, reason, hint}) => [subject, reason, hint ?? '']),
    ),
    ...part(
      'What was found',
      ['where', 'what', 'remedy'],
      plan.findings.map(({level, subject, text, hint}) => [
        subject,
        level === 'warning' ? `**Warning**: ${text}` : text,
        hint ?? '',
      ]),
    ),
  ].join('\n')
}

function part(title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : [`### ${title}`, '', markdownTable(head, rows), '']
}

function packageRow({ecosystem, path, name, version, role, roleReason}: PlannedPackage): readonly string[] {
  return [`${name} (${ecosystem}${path === '.' ? '' : `, ${path}`})`, version, role, roleReason]
}

function startRow(each: PlannedPackage): readonly (readonly string[])[] {
  const words = startWords(each)
  return words === undefined ? [] : [[each.name, words, each.start?.source ?? '']]
}

/** The same in the log: what is released, how each server is started, and where that was learnt. */
export function lines({packages, artifacts, version}: Plan): readonly string[] {
  return [
    `Releases ${version.tag} in ${artifacts.length} files`,
    ...packages.map(each => {
      const words = startWords(each)
      const start = words === undefined ? '' : `; started as ${words} (${each.start?.source ?? ''})`
      const {name, ecosystem, role, roleReason} = each
      return `- ${role} ${name} ${each.version} (${ecosystem}): ${roleReason}${start}`
    }),
  ]
}
