import type {Check, VerifiedServer} from '@mcp-release/release-model'
import {type Answer, answers} from './answers'
import {fileLink, type Outcome, outcome, section} from './html-parts'
import {type Markup, markup} from './markup'
import {countText, sizeText} from './quantities'
import type {Report} from './report'

const outcomes: Readonly<Record<Check['status'], Outcome>> = {
  ok: 'good',
  failed: 'bad',
  warning: 'warning',
  skipped: 'left',
}

/** What answered over MCP with which tools, and every check of every file that was started. */
export function serverSection(report: Report): Markup {
  const failed = report.servers.filter(({status}) => status === 'failed').map(failedServer)
  const answered = answers(report.servers).map(answeringServer)
  const empty = failed.length + answered.length === 0 ? [markup`<p class="quiet">No server was started.</p>`] : []
  return section('Servers', ...failed, ...answered, ...empty)
}

function answeringServer({server, started}: Answer): Markup {
  const tools = server.tools ?? []
  return markup`<article>
<h3>${server.server?.name ?? server.file} <span class="version">${server.server?.version}</span></h3>
<p>Answered as an MCP server ${protocol(server)}from ${countText(started.length, 'file')}, with ${countText(tools.length, 'tool')}.</p>
<dl class="tools">${tools.map(
    ({name, description}) => markup`<div><dt><code>${name}</code></dt><dd>${description}</dd></div>`,
  )}</dl>
${started.map(startedFile)}</article>
`
}

function failedServer(server: VerifiedServer): Markup {
  return markup`<article>
<h3>${outcome('bad', 'Did not pass')}</h3>
<div class="notice bad"><p>${server.reason}</p>${hintOf(server)}</div>
${startedFile(server)}</article>
`
}

function startedFile(server: VerifiedServer): Markup {
  return markup`<div class="started">
<h4 class="name">${fileLink(server.file)}</h4>
<p class="quiet">${measures(server)}</p>
<ul class="checks">${server.checks.map(checkItem)}</ul>
</div>
`
}

function checkItem({name, status, detail}: Check): Markup {
  const word = status === 'ok' ? name : `${name}: ${status}`
  const more = detail === undefined ? undefined : markup` <span class="quiet">${detail}</span>`
  return markup`<li>${outcome(outcomes[status], word)}${more}</li>`
}

function measures({startMilliseconds, peakMemoryKilobytes}: VerifiedServer): string {
  const parts = [
    ...(startMilliseconds === undefined ? [] : [`first answer after ${startMilliseconds} ms`]),
    ...(peakMemoryKilobytes === undefined ? [] : [`at most ${sizeText(peakMemoryKilobytes * 1024)} of memory`]),
  ]
  return parts.join(', ')
}

function protocol({protocol, era}: VerifiedServer): string {
  if (protocol === undefined) return ''
  return era === undefined ? `(protocol ${protocol}) ` : `(protocol ${protocol}, ${era}) `
}

function hintOf({hint}: VerifiedServer): Markup | undefined {
  return hint === undefined ? undefined : markup`<p class="hint">${hint}</p>`
}
