import {type Omission, omissions} from '../answers'
import {formatLine, gap, indentedLines, type Line, lineWidth, markedLines, type Page, span, type Style} from './lines'
import {isToldByServers, notices} from '../plan-view'
import {countText, secondsText} from '../quantities'
import type {Report} from '../report'
import {fileLines} from './files'
import {noticeLines, packageLines} from './plan'
import {serverLines} from './servers'
import {stepLines} from './steps'

const widestPage = 140

const statuses: Readonly<Record<Report['status'], {readonly mark: string; readonly style: Style}>> = {
  released: {mark: '✓', style: 'green'},
  failed: {mark: '✗', style: 'red'},
  skipped: {mark: '–', style: 'yellow'},
}

/** What the snapshots did, as text for a terminal: a block for each project and a line that counts them. */
export function renderTable(reports: readonly Report[], options: Page): string {
  // A terminal that does not tell its width gets what every terminal has.
  const width = options.width > 0 ? Math.min(options.width, widestPage) : 80
  const lines = reports.flatMap(report => [...projectLines(report, width), []])
  return [...lines, summary(reports)].map(line => formatLine(line, {...options, width}) + '\n').join('')
}

function projectLines(report: Report, width: number): readonly Line[] {
  const blocks = [
    reasonLines(report, width),
    indent(packageLines(report.packages, width - 2)),
    indent(fileLines(report, width - 2)),
    indent(serverLines(report, width - 2)),
    indent(noticeLines(notices(report), width - 2)),
    indent(omissionLines(omissions(report), width - 2)),
    indent(stepLines(report, width - 2)),
    indent(releaseLines(report)),
  ].filter(block => block.length > 0)
  const [first, ...rest] = blocks
  return [...heading(report, width), ...(first ?? []), ...rest.flatMap(block => [[], ...block])]
}

function heading(report: Report, width: number): readonly Line[] {
  const {mark, style} = statuses[report.status]
  const left: Line = [span(report.name, 'bold'), gap(2), span(report.version?.tag ?? '')]
  const right: Line = [span(`${mark} ${report.status}`, style), gap(2), span(secondsText(report.seconds))]
  const blanks = Math.max(2, width - lineWidth(left) - lineWidth(right))
  return [[...left, gap(blanks), ...right], [span('─'.repeat(width), 'dim')]]
}

function reasonLines(report: Report, width: number): readonly Line[] {
  // The reason of a failed project usually is what its failed step said; once is enough.
  const failures = report.steps.flatMap(({title, error}) =>
    error === undefined || error === report.reason ? [] : [`${title}: ${error}`],
  )
  const reasons = [...new Set([...(report.reason === undefined ? [] : [report.reason]), ...failures])]
  const isNew = (line: string) => !isToldByServers(line, report.servers)
  // What only opens lines that are told further below goes with them.
  const opens = (line: string, next: string | undefined) => line.endsWith(':') && next !== undefined && !isNew(next)
  return reasons.flatMap(reason => {
    const lines = reason.split('\n')
    const kept = lines.filter((line, at) => isNew(line) && !(at > 0 && opens(line, lines[at + 1])))
    return indentedLines(kept.join('\n'), {width, style: statuses[report.status].style})
  })
}

/** What was left out and why, with what would change that. */
export function omissionLines(all: readonly Omission[], width: number): readonly Line[] {
  return all.flatMap(({subjects, reason, hint}, index) => {
    const more = subjects.length > 1 ? ` and ${subjects.length - 1} more` : ''
    const told = markedLines(span('–', 'yellow'), `skipped ${subjects[0] ?? ''}${more}: ${reason}`, {width})
    // Neighbours with the same remedy share it.
    const remedy = hint === undefined || hint === all[index + 1]?.hint ? '' : hint
    return [...told, ...indentedLines(remedy, {width, style: 'dim'})]
  })
}

function releaseLines({release}: Report): readonly Line[] {
  if (release === undefined) return []
  const state = release.draft ? 'draft' : release.prerelease ? 'prerelease' : 'release'
  const facts = [release.state, countText(release.assets, 'asset'), `${release.downloaded} downloaded and equal`]
  return [[span(`${state} ${release.tag}`, 'bold'), gap(2), span(facts.join(', '), 'dim')]]
}

function summary(reports: readonly Report[]): Line {
  return (['released', 'skipped', 'failed'] as const).flatMap((status, index) => {
    const count = reports.filter(report => report.status === status).length
    const text = span(`${count} ${status}`, count > 0 ? statuses[status].style : undefined)
    return index === 0 ? [text] : [span(','), gap(1), text]
  })
}

function indent(lines: readonly Line[]): readonly Line[] {
  return lines.map(line => [gap(2), ...line])
}
