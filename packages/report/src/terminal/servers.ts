import type {Check, VerifiedServer} from '@mcp-release/release-model'
import {answers} from '../answers'
import {alignColumns} from './columns'
import {gap, indentedLines, type Line, markedLines, span} from './lines'
import {isTold} from '../plan-view'
import {countText} from '../quantities'
import type {Report} from '../report'

/** What answered and with which tools, one line for each tool; then what did not answer as it should. */
export function serverLines(report: Report, width: number): readonly Line[] {
  const answered = answers(report.servers).flatMap(({server, started}) => [
    serverLine(server, started.length),
    ...toolLines(server, width),
  ])
  const others = report.servers.flatMap(server => [
    ...failureLines(server, width),
    ...otherLines(server, width),
    ...warningLines(server, width),
  ])
  return [...answered, ...others]
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

function failureLines(
  {status, file, reason = 'failed', hint = '', checks}: VerifiedServer,
  width: number,
): readonly Line[] {
  if (status !== 'failed') return []
  const failed = checks.filter(check => check.status === 'failed' && !isTold(check.detail ?? check.name, reason))
  return [
    ...markedLines(span('✗', 'red'), `${file}: ${reason}`, {width}),
    ...failed.flatMap(check => markedLines(gap(1), checkText(check), {width, style: 'red'})),
    ...indentedLines(hint, {width, style: 'dim'}),
  ]
}

function otherLines({status, file, reason, hint = ''}: VerifiedServer, width: number): readonly Line[] {
  if (status === 'checked') return markedLines(span('✓', 'green'), `${file}: starts; it is not a server`, {width})
  if (status !== 'unverified') return []
  return [
    ...markedLines(span('–', 'yellow'), `${file}: not verified: ${reason ?? 'no reason given'}`, {width}),
    ...indentedLines(hint, {width, style: 'dim'}),
  ]
}

function warningLines(server: VerifiedServer, width: number): readonly Line[] {
  const checks = server.checks.filter(({status}) => status === 'warning')
  return checks.flatMap(check => markedLines(span('!', 'yellow'), `${server.file}: ${checkText(check)}`, {width}))
}

function checkText({name, detail}: Check): string {
  return detail === undefined ? name : `${name}: ${detail}`
}
