import {answers} from './answers'
import {alignColumns} from './columns'
import {gap, type Line, span} from './lines'
import {countText} from './quantities'
import type {CheckReport, Report, ServerReport} from './report'
import {wrap} from './text-width'
import {visibleLine} from './visible-text'

/** What answered and with which tools, one line for each tool; then what did not answer as it should. */
export function serverLines(report: Report, width: number): readonly Line[] {
  const answered = answers(report.servers).flatMap(({server, started}) => [
    serverLine(server, started.length),
    ...toolLines(server, width),
  ])
  const faulty = report.servers.flatMap(server => [...failureLines(server, width), ...warningLines(server, width)])
  return [...answered, ...faulty]
}

function serverLine(server: ServerReport, files: number): Line {
  const facts = [
    `MCP ${server.protocol ?? ''}`.trim(),
    countText(server.tools.length, 'tool'),
    `from ${countText(files, 'file')}`,
  ]
  const {name, version} = server.server ?? {name: server.file, version: ''}
  return [span(name, 'bold'), gap(1), span(version), gap(2), span(facts.join(', '), 'dim')]
}

function toolLines(server: ServerReport, width: number): readonly Line[] {
  const rows = server.tools.map(({name, description = ''}) => [span(name, 'cyan'), span(description, 'dim')])
  const columns = [{cut: 'middle', least: 16} as const, {cut: 'end', least: 8} as const]
  return alignColumns(rows, columns, width - 2).map(line => [gap(2), ...line])
}

function failureLines(server: ServerReport, width: number): readonly Line[] {
  if (server.status !== 'failed') return []
  const inner = (text: string | undefined) => wrap(visibleLine(text ?? ''), width - 2)
  return [
    [span('✗', 'red'), gap(1), span(server.file), gap(1), span('did not pass', 'red')],
    ...inner(server.reason).map(text => [gap(2), span(text)]),
    ...server.checks.filter(({status}) => status === 'failed').map(check => checkLine(check)),
    ...inner(server.hint).map(text => [gap(2), span(text, 'dim')]),
  ]
}

function warningLines(server: ServerReport, width: number): readonly Line[] {
  return server.checks
    .filter(({status}) => status === 'warning')
    .flatMap(({name, detail = ''}) => wrap(`! ${visibleLine(`${server.file}: ${name} ${detail}`)}`, width))
    .map(text => [span(text, 'yellow')])
}

function checkLine({name, detail = ''}: CheckReport): Line {
  return [gap(2), span(name, 'red'), gap(1), span(detail)]
}
