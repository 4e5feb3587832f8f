import {visible} from './visible-text'

/**
 * A Markdown table. Cells are text: foreign names and descriptions make no links, images or mentions. What stands between
 * backticks is code, and `**Warning**` at the beginning of a cell is ours.
 */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n') + '\n'
}

/**
 * Foreign text as text in Markdown (https://github.github.com/gfm/): brackets open no links or images, addresses and names
 * behind `@` become none, tags are none, and what a reader cannot see is spelled out.
 */
export function markdownText(text: string): string {
  return visible(text.replaceAll(/\s*\r?\n\s*/g, ' '))
    .replaceAll('\\', '\\\\')
    .replaceAll('<', '&lt;')
    .replaceAll(/[[\]]/g, String.raw`\$&`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, 'www&#46;')
    .replaceAll('@', '&#64;')
    .replaceAll('`', '&#96;')
}

function escapeCell(text: string): string {
  // Outside of code: GFM knows no backslash escapes in code, but for the bar of a table.
  const parts = text.split(/((?<!`)`(?!`)[^`]+(?<!`)`(?!`))/)
  return parts
    .map((part, at) => (at % 2 === 1 ? visible(part.replaceAll(/\r?\n/g, ' ')) : markdownText(part)))
    .join('')
    .replaceAll('|', '\\|')
}
