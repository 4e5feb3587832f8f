import {textWidth, truncateEnd, wrap} from './text-width'
import {visibleLine} from '@mcp-release/action-kit'

const codes = {bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36} as const

/** How a piece of a line looks in a terminal with colours. */
export type Style = keyof typeof codes

/** A piece of a line. Made by `span` alone, so that no foreign text reaches a terminal unseen. */
export interface Span {
  readonly text: string
  readonly style: Style | undefined
}

/** One line of output, still without escape sequences. */
export type Line = readonly Span[]

/** What the terminal can show. */
export interface Page {
  readonly color: boolean
  readonly width: number
}

/** A piece of a line with everything invisible in it written out. */
export function span(text: string, style?: Style): Span {
  return {text: visibleLine(text), style}
}

/** Empty columns between pieces. */
export function gap(width: number): Span {
  return {text: ' '.repeat(Math.max(0, width)), style: undefined}
}

/** Columns that a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, {text}) => sum + textWidth(text), 0)
}

/** The line as it is written to the terminal: never wider than the page, never with blanks at its end. */
export function formatLine(line: Line, page: Page): string {
  let room = page.width
  const pieces: Span[] = []
  for (const {text, style} of withoutBlanksAtEnd(line)) {
    const fitting = truncateEnd(text, room)
    room -= textWidth(fitting)
    pieces.push({text: fitting, style})
    if (fitting !== text) break
  }
  return pieces.map(piece => paint(piece, page.color)).join('')
}

/**
 * A text in several lines of at most `width` columns, behind a mark that stands alone at the left. Its own lines, such as the last
 * words of a program, stay lines.
 */
export function markedLines(
  mark: Span,
  text: string,
  page: {readonly width: number; readonly style?: Style},
): readonly Line[] {
  const [head = '', ...rest] = text.split('\n')
  const lines = wrap(visibleLine(head), page.width - 2)
  return [
    ...lines.map((line, index) => [index === 0 ? mark : gap(1), gap(1), span(line, page.style)]),
    ...(rest.length === 0 ? [] : indentedLines(rest.join('\n'), page)),
  ]
}

/** A text whose own lines and their indentation stay, such as lines to add to a file. */
export function indentedLines(text: string, page: {readonly width: number; readonly style?: Style}): readonly Line[] {
  return text.split('\n').flatMap(line => {
    const blanks = /^ */.exec(line)?.[0].length ?? 0
    const wrapped = wrap(visibleLine(line), page.width - 2 - blanks)
    return wrapped.map(piece => [gap(2 + blanks), span(piece, page.style)])
  })
}

function withoutBlanksAtEnd(line: Line): Line {
  const last = line.findLastIndex(({text}) => text.trim() !== '')
  return line.slice(0, last + 1)
}

function paint({text, style}: Span, color: boolean): string {
  if (!color || style === undefined || text === '') return text
  return `\u001b[${codes[style]}m${text}\u001b[${style === 'bold' || style === 'dim' ? 22 : 39}m`
}
