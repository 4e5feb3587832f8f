import {type Plan, installableFiles} from '@mcp-release/release-model'
import {grouped} from '../answers'
import {alignColumns} from './columns'
import {formatLine, gap, type Line, type Page, span} from './lines'
import {notices} from '../plan-view'
import {countText} from '../quantities'
import {omissionLines} from './terminal'
import {noticeLines, packageLines} from './plan'

/** A plan and what else is known of its sources. */
export interface Planned {
  readonly plan: Plan
  readonly dirty: boolean
  readonly warnings: readonly string[]
}

/** A plan for a terminal: what will be released, what not and why, how each server is started and where that was learnt. */
export function renderPlan({plan, dirty, warnings}: Planned, options: Page): string {
  const width = options.width > 0 ? Math.min(options.width, 140) : 80
  const found = notices({findings: plan.findings, warnings, steps: [], servers: []})
  const blocks: readonly (readonly Line[])[] = [
    titled('Will be released', packageLines(plan.packages, width - 2)),
    titled(
      `In ${countText(plan.artifacts.length, 'file')}, with SBOMs, checksums and signatures`,
      fileLines(plan, width - 2),
    ),
    titled('Will not be released', omissionLines(grouped(plan.skipped), width - 2)),
    titled('Found', noticeLines(found, width - 2)),
  ]
  const lines = [heading(plan, dirty), ...blocks.filter(block => block.length > 0).flatMap(block => [[], ...block])]
  return lines.map(line => formatLine(line, {...options, width}) + '\n').join('')
}

function heading({name, version, commit}: Plan, dirty: boolean): Line {
  const at = commit === undefined ? 'outside git' : `commit ${commit.slice(0, 12)}`
  const facts = [at, ...(dirty ? ['with uncommitted changes'] : []), ...(version.prerelease ? ['prerelease'] : [])]
  return [span(name, 'bold'), gap(2), span(version.tag), gap(2), span(facts.join(', '), 'dim')]
}

function titled(title: string, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [[span(title, 'bold')], ...lines.map(line => [gap(2), ...line])]
}

function fileLines(plan: Plan, width: number): readonly Line[] {
  const rows = installableFiles(plan).map(({name, kind, platform, job}) => [
    span(name),
    span(kind, 'dim'),
    span(platform ?? 'any platform', 'dim'),
    span(job === undefined ? 'made of built files' : `job ${job}`, 'dim'),
  ])
  return alignColumns(rows, [{cut: 'middle', least: 20}, {}, {}, {cut: 'end', least: 8}], width)
}
