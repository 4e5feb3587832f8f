import type {Check, VerifiedServer} from '@mcp-release/release-model'
import {answers} from './answers'
import {alignColumns} from './columns'
import {gap, type Line, markedLines, span} from './lines'
import {countText} from './quantities'
import type {Report} from './report'

/** What answered and with which tools, one line for each tool; then what did not answer as it should. */
export function serverLines(report: Report, width: number): readonly Line[] {
  const answered = answers(report.servers).flatMap(({server, started}) => [
    serverLine(server, started.length),
    ...toolLines(server, width),
  ])
  const faulty = report.servers.flatMap(server => [...failureLines(server, width), ...warningLines(server, width)])
  return [...answered, ...faulty]
}

function serverLine(server: VerifiedServer, files: number): Line {
  const facts = [
    `MCP ${server.protocol ?? ''}`.trim(),
    countText(server.tools?.length ?? 0, 'tool'),
    `from ${countText(files, 'file')}`,
  ]
  const {name, version} = server.server ?? {name: server.file, version: ''}
  return [span(name, 'bold'), gap(1), span(version), gap(2), span(facts.join(', '), 'dim')]
}

function toolLines(server: VerifiedServer, width: number): readonly Line[] {
  const rows = (server.tools ?? []).map(({name, description = ''}) => [span(name, 'cyan'), span(description, 'dim')])
  const columns = [{cut: 'middle', least: 16} as const, {cut: 'end', least: 8} as const]
  return alignColumns(rows, columns, width - 2).map(line => [gap(2), ...line])
}

function failureLines(server: VerifiedServer, width: number): readonly Line[] {
  if (server.status !== 'failed') return []
  const checks = server.checks.filter(({status}) => status === 'failed')
  return [
    ...markedLines(span('✗', 'red'), `${server.file}: ${server.reason ?? 'failed'}`, {width}),
    ...checks.flatMap(check => markedLines(gap(1), checkText(check), {width, style: 'red'})),
    ...markedLines(gap(1), server.hint ?? '', {width, style: 'dim'}),
  ]
}

function warningLines(server: VerifiedServer, width: number): readonly Line[] {
  const checks = server.checks.filter(({status}) => status === 'warning')
  return checks.flatMap(check => markedLines(span('!', 'yellow'), `${server.file}: ${checkText(check)}`, {width}))
}

function checkText({name, detail}: Check): string {
  return detail === undefined ? name : `${name}: ${detail}`
}
