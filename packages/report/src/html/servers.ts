import type {Check, VerifiedServer} from '@mcp-release/release-model'
import {type Answer, answers} from '../answers'
import {fileLink, type Outcome, outcome, section} from './parts'
import {type Markup, markup} from '../markup'
import {countText, sizeText} from '../quantities'
import type {Report} from '../report'

const outcomes: Readonly<Record<Check['status'], Outcome>> = {
  ok: 'good',
  failed: 'bad',
  warning: 'warning',
  skipped: 'left',
}

/** What answered over MCP with which tools, and every check of every file that was started. */
export function serverSection(report: Report): Markup {
  const failed = report.servers.filter(({status}) => status === 'failed').map(failedServer)
  const unverified = report.servers.filter(({status}) => status === 'unverified').map(unverifiedServer)
  const programs = report.servers.filter(({status}) => status === 'checked').map(checkedProgram)
  const answered = answers(report.servers).map(answeringServer)
  const all = [...failed, ...unverified, ...answered, ...programs]
  const empty = all.length === 0 ? [markup`<p class="quiet">No server was started.</p>`] : []
  return section('Servers', ...all, ...empty)
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

function unverifiedServer(server: VerifiedServer): Markup {
  return markup`<article>
<h3>${outcome('warning', 'Not verified')}</h3>
<div class="notice warning"><p>${server.reason}</p>${hintOf(server)}</div>
${startedFile(server)}</article>
`
}

function checkedProgram(server: VerifiedServer): Markup {
  return markup`<article>
<h3>${outcome('good', 'Starts, and is not a server')}</h3>
${startedFile(server)}</article>
`
}

function startedFile(server: VerifiedServer): Markup {
  return markup`<div class="started">
<h4 class="name">${fileLink(server.file)}</h4>
<p class="quiet">${startedAs(server)}${measures(server)}</p>
<ul class="checks">${server.checks.map(checkItem)}</ul>
</div>
`
}

function checkItem({name, status, detail}: Check): Markup {
  const word = status === 'ok' ? name : `${name}: ${status}`
  const more = detail === undefined ? undefined : markup` <span class="quiet">${detail}</span>`
  return markup`<li>${outcome(outcomes[status], word)}${more}</li>`
}

function startedAs({startedAs: how}: VerifiedServer): Markup | undefined {
  if (how === undefined) return undefined
  const given = [...how.env, ...how.args].join(' ')
  const words = given === '' ? 'started without arguments' : 'started with '
  return markup`${words}${given === '' ? undefined : markup`<code>${given}</code>`}, as ${how.source} says; `
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
