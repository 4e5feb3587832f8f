import type {CodeBlock} from './code-blocks'

// A line of prose is short; what is longer is generated or hostile.
const longestLine = 4096

// What a client is configured with, or a command that configures one; other code within a sentence only mentions something.
const configures = /^\s*\{.*"(?:command|url|serverUrl|httpUrl)"|\bmcp add(?:-json)? |--add-mcp /

/**
 * The configurations of clients within sentences and tables of Markdown (https://spec.commonmark.org/0.31.2/#code-spans), each
 * within one line; `blocks` are those that stand alone.
 */
export function codeSpans(text: string, blocks: readonly CodeBlock[]): readonly CodeBlock[] {
  const lines = text.split(/\r\n|\r|\n/)
  const inside = new Set(blocks.flatMap(each => each.text.split('\n').map((_, index) => each.line + index)))
  return lines.flatMap((line, index) =>
    inside.has(index + 1) || line.length > longestLine || !line.includes('`')
      ? []
      : spansOf(line)
          .filter(span => configures.test(span))
          .map(span => ({language: '', text: span, line: index + 1})),
  )
}

function spansOf(line: string): readonly string[] {
  const marks = [...line.matchAll(/`+/g)]
  const spans: string[] = []
  for (let at = 0; at < marks.length; at++) {
    const opening = marks[at]
    const closing = marks.findIndex((mark, index) => index > at && mark[0].length === opening?.[0].length)
    if (opening === undefined || closing < 0) continue
    // In a table, a bar within code is escaped (https://github.github.com/gfm/#tables-extension-).
    spans.push(line.slice(opening.index + opening[0].length, marks[closing]?.index).replaceAll('\\|', '|'))
    at = closing
  }
  return spans
}
