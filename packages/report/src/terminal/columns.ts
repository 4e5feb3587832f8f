import {gap, type Line, type Span} from './lines'
import {textWidth, truncateEnd, truncateMiddle} from './text-width'

/** How one column of a table behaves. */
export interface Column {
  readonly align?: 'right'
  /** Where text is cut when the page is too narrow; a column without it keeps its width. */
  readonly cut?: 'middle' | 'end'
  /** Never narrower than this when it is cut. */
  readonly least?: number
}

const between = 2

/** The rows as aligned lines; columns that may be cut give way until the table fits. */
export function alignColumns(rows: readonly Line[], columns: readonly Column[], width: number): readonly Line[] {
  const widths = columnWidths(rows, columns, width)
  return rows.map(row => columns.flatMap((column, index) => cellSpans(row[index], column, widths[index] ?? 0)))
}

/** Columns that the rows need when nothing is cut. */
export function naturalWidth(rows: readonly Line[], columns: readonly Column[]): number {
  return total(columns.map((_column, index) => widest(rows, index)))
}

function columnWidths(rows: readonly Line[], columns: readonly Column[], width: number): readonly number[] {
  const widths = columns.map((_column, index) => widest(rows, index))
  let excess = total(widths) - width
  while (excess > 0) {
    const index = nextToCut(widths, columns)
    if (index === -1) break
    widths[index] = (widths[index] ?? 0) - 1
    excess -= 1
  }
  return widths
}

// Prose gives way before names do.
function nextToCut(widths: readonly number[], columns: readonly Column[]): number {
  for (const place of ['end', 'middle'] as const) {
    const room = columns.map(({cut, least = 8}, index) => (cut === place ? (widths[index] ?? 0) - least : 0))
    const most = Math.max(...room)
    if (most > 0) return room.indexOf(most)
  }
  return -1
}

function widest(rows: readonly Line[], index: number): number {
  return rows.reduce((most, row) => Math.max(most, textWidth(row[index]?.text ?? '')), 0)
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + between * Math.max(0, widths.length - 1)
}

function cellSpans(cell: Span | undefined, column: Column, width: number): Line {
  const {text, style} = cell ?? gap(0)
  const fitting = column.cut === 'end' ? truncateEnd(text, width) : truncateMiddle(text, width)
  const blanks = width - textWidth(fitting)
  const piece = {text: fitting, style}
  return column.align === 'right' ? [gap(blanks), piece, gap(between)] : [piece, gap(blanks + between)]
}
