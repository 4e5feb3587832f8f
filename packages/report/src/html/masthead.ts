import {answers, isCompanion} from '../answers'
import {facts, type Outcome, outcome} from './parts'
import {type Markup, markup} from '../markup'
import {isTold} from '../plan-view'
import {countText, secondsText} from '../quantities'
import type {Report} from '../report'

const outcomes: Readonly<Record<Report['status'], Outcome>> = {released: 'good', failed: 'bad', skipped: 'left'}

/** The head of the page: what was released and how it went, in a few lines. */
export function masthead(report: Report): Markup {
  return markup`<header>
<p class="kicker">mcp-release snapshot</p>
<h1>${report.name} <span class="version">${report.version?.tag}</span></h1>
<p class="lead">${outcome(outcomes[report.status], statusText(report))}</p>
${failureNotice(report)}
${facts([
  ['Started', markup`<time datetime="${report.startedAt}">${dateText(report.startedAt)}</time>`],
  ['Took', secondsText(report.seconds)],
  ['Source', markup`<code>${report.source}</code>`],
  ['Commit', report.commit === undefined ? undefined : commit(report)],
])}
</header>`
}

function statusText(report: Report): string {
  const time = secondsText(report.seconds)
  if (report.status === 'skipped') return 'Skipped on this machine'
  if (report.status === 'failed') return `Failed after ${time}`
  const files = report.files.filter(file => !isCompanion(file)).length
  const started = answers(report.servers).reduce((sum, answer) => sum + answer.started.length, 0)
  const signed = report.files.filter(file => file.signature !== undefined).length
  return `Released in ${time}: ${countText(files, 'file')}, ${started} started over MCP, ${signed} signed`
}

function failureNotice(report: Report): Markup | undefined {
  const failures = report.steps.filter(({error}) => error !== undefined && !isTold(error, report.reason))
  if (report.reason === undefined && failures.length === 0) return undefined
  const reason = report.reason === undefined ? undefined : markup`<p>${report.reason}</p>`
  const errors = failures.map(({title, error}) => markup`<p><strong>${title}</strong>: ${error}</p>`)
  return markup`<div class="notice ${report.status === 'failed' ? 'bad' : 'left'}">${reason}${errors}</div>`
}

function commit(report: Report): Markup {
  const dirty = report.dirty ? markup` <span class="warning">with uncommitted changes</span>` : undefined
  return markup`<code class="digest">${report.commit}</code>${dirty}`
}

function dateText(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return date.toLocaleString('en-GB', {dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC'}) + ' UTC'
}
