import type {VerifiedServer} from '@mcp-release/release-model'
import {isCompanion, serverOf} from '../answers'
import {alignColumns, type Column, naturalWidth} from './columns'
import {gap, type Line, type Span, span} from './lines'
import {countText, sizeText} from '../quantities'
import type {FileReport, Report} from '../report'
import {truncateEnd} from './text-width'

const nameColumn: Column = {cut: 'middle', least: 20}
// A reason longer than this is cut; it is told in full below the table.
const startedWidth = 22
const startedColumn: Column = {cut: 'end', least: startedWidth}
const sizeColumn: Column = {align: 'right'}
const wideColumns = [nameColumn, {}, {}, sizeColumn, {}, startedColumn, {}]
const none = span('–', 'dim')

/** The files of the release: one line for each where the page is wide enough, else two. */
export function fileLines(report: Report, width: number): readonly Line[] {
  const files = report.files.filter(file => !isCompanion(file))
  if (files.length === 0) return []
  const head = ['file', 'kind', 'platform', 'size', 'sha256', 'started', 'signed'].map(text => span(text, 'dim'))
  const rows = [head, ...files.map(file => fileCells(report, file))]
  const shortened = rows.map(row => row.with(5, span(truncateEnd(row[5]?.text ?? '', startedWidth))))
  // Names that lose more than a few letters are worth a second line.
  const fits = naturalWidth(shortened, wideColumns) - width <= 8
  const table = fits ? alignColumns(rows, wideColumns, width) : twoLines(rows, width)
  return [...table, ...companionLine(report)]
}

function fileCells(report: Report, file: FileReport): Line {
  return [
    span(file.name),
    span(file.kind, 'dim'),
    file.platform === undefined ? none : span(file.platform, 'dim'),
    span(sizeText(file.size)),
    span(file.sha256.slice(0, 12), 'dim'),
    startedCell(serverOf(report, file)),
    file.signature === undefined ? none : span('✓', 'green'),
  ]
}

function startedCell(server: VerifiedServer | undefined): Span {
  if (server === undefined) return none
  switch (server.status) {
    case 'verified':
      return span(`✓ ${server.protocol ?? 'answered'}, ${countText(server.tools?.length ?? 0, 'tool')}`, 'green')
    case 'failed':
      return span('✗ failed', 'red')
    case 'skipped':
      return span(`skipped: ${server.reason ?? 'no reason given'}`, 'yellow')
    case 'unverified':
      return span(`not verified: ${server.reason ?? 'no reason given'}`, 'yellow')
    case 'checked':
      return span('✓ starts, no server', 'green')
  }
}

function twoLines(rows: readonly Line[], width: number): readonly Line[] {
  const pick = (row: Line, indexes: readonly number[]) => indexes.map(index => row[index] ?? none)
  const upper = alignColumns(
    rows.map(row => pick(row, [0, 3, 6])),
    [nameColumn, sizeColumn, {}],
    width,
  )
  const lower = alignColumns(
    rows.map(row => pick(row, [1, 2, 4, 5])),
    [{}, {}, {}, startedColumn],
    width - 2,
  )
  return upper.flatMap((line, index) => [line, [gap(2), ...(lower[index] ?? [])]])
}

function companionLine(report: Report): readonly Line[] {
  const count = (kind: FileReport['kind']) => report.files.filter(file => file.kind === kind).length
  const parts = [
    ...(count('sbom') > 0 ? [countText(count('sbom'), 'SBOM')] : []),
    ...(count('signature') > 0 ? [countText(count('signature'), 'signature bundle')] : []),
  ]
  return parts.length > 0 ? [[span(`and ${parts.join(', ')}`, 'dim')]] : []
}
