import type {Plan, PlanFinding, VerifiedServer} from '@mcp-release/release-model'
import type {Report, StepReport} from './report'

/** Something that a person should know, and what gave it away. */
export interface Notice {
  readonly level: PlanFinding['level']
  readonly subject: string
  readonly text: string
  readonly hint?: string
}

/** What a plan says to people. */
export type PlanView = Pick<Plan, 'packages' | 'findings'>

/**
 * What was found and what the steps warned of, each once: neither what the plan has, nor what a check of a server says,
 * nor what two steps say alike, is told again.
 */
export function notices(report: Pick<Report, 'findings' | 'warnings' | 'steps' | 'servers'>): readonly Notice[] {
  const found: Notice[] = report.findings.map(finding => ({
    level: finding.level,
    subject: finding.subject,
    text: finding.text,
    ...(finding.hint === undefined ? {} : {hint: finding.hint}),
  }))
  // What a check that passed says, such as a version, is no warning that was told.
  const checks = report.servers.flatMap(server =>
    server.checks.flatMap(({status, detail}) => (status === 'ok' ? [] : (detail ?? []))),
  )
  const told = [...found.map(({text}) => text), ...checks].map(plain)
  for (const {subject, text} of [
    ...report.warnings.map(text => ({subject: 'sources', text})),
    ...report.steps.flatMap(warningsOf),
  ]) {
    const words = plain(text)
    if (told.some(other => words.includes(other) || other.includes(words))) continue
    told.push(words)
    found.push({level: 'warning', subject, text})
  }
  return found
}

// The warnings of the plan are its findings.
function warningsOf({action, title, warnings = []}: StepReport): readonly {subject: string; text: string}[] {
  return action === 'release-plan' ? [] : warnings.map(text => ({subject: title, text}))
}

/** Whether a longer text tells this one already. */
export function isTold(text: string, whole: string | undefined): boolean {
  return whole !== undefined && plain(whole).includes(plain(text))
}

/** Whether a line of a step's error is what a server that failed or is not verified is told with further below. */
export function isToldByServers(line: string, servers: readonly VerifiedServer[]): boolean {
  const words = plain(line.replace(/^mcp-verify \[[A-Z]+\]:|^- /, ''))
  if (words === '') return false
  return servers.some(
    ({status, file, reason, hint}) =>
      ['failed', 'unverified'].includes(status) && isTold(words, `${file}: ${reason}\n${hint}`),
  )
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
