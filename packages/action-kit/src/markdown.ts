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
 * Foreign text as text in Markdown (https://github.github.com/gfm/): it opens no headings, lists, emphasis, links or images,
 * tags are none, nobody and nothing is mentioned, and what a reader cannot see is spelled out.
 */
export function markdownText(text: string): string {
  return inlineText(text.trim())
    .replaceAll(/[*_~]/g, String.raw`\$&`)
    .replace(/^[#>+=-]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`)
}

/** Foreign text as code, where Markdown and HTML mean nothing; its own backticks get longer ones around them. */
export function markdownCode(text: string): string {
  const plain = visible(text.replaceAll(/\s+/g, ' ').trim())
  if (plain === '') return ''
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? fence + plain + fence : `${fence} ${plain} ${fence}`
}

function inlineText(text: string): string {
  const escaped = visible(text.replaceAll(/\s*\r?\n\s*/g, ' '))
    .replaceAll('\\', '\\\\')
    // Before all that writes one: an entity of others is as good as its character.
    .replaceAll(/&(?=#|\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[[\]]/g, String.raw`\$&`)
    .replaceAll('://', '&#58;//')
    .replaceAll(/\bwww\./gi, 'www&#46;')
    .replaceAll('`', '&#96;')
  return withoutReferences(escaped)
}

const apart = '&#8203;'

/**
 * GitHub looks for mentions, issues and commits in the text that a reader sees, where an entity is its character already
 * (https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls):
 * only a character between their parts takes them apart.
 */
function withoutReferences(text: string): string {
  return text
    .replaceAll(bareCommit, `$1${apart}$2`)
    .replaceAll('@', `@${apart}`)
    .replaceAll(/(?<!&)#(?=\d)/g, `#${apart}`)
    .replaceAll(/\bGH-(?=\d)/gi, `$&${apart}`)
}

// A word of its own, as part of file names and versions it is none; numbers and words stay what they are.
const bareCommit = /(?<=^|[\s(,:;])(?=[a-f]*\d)(?=\d*[a-f])([\da-f]{6})([\da-f]{1,34})(?=$|[\s),.:;!?])/gi

function escapeCell(text: string): string {
  // Outside of code: GFM knows no backslash escapes in code, but for the bar of a table.
  const parts = text.split(/((?<!`)`(?!`)[^`]+(?<!`)`(?!`))/)
  return parts
    .map((part, at) => (at % 2 === 1 ? visible(part.replaceAll(/\r?\n/g, ' ')) : inlineText(part)))
    .join('')
    .replaceAll('|', '\\|')
}
