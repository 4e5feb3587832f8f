import {rstDocument} from './changelog-rst'

/** The level of the highest heading inside the notes of a release. */
const topLevel = 3

/**
 * A section of a changelog in reStructuredText as Markdown, which is what release pages show: headings, links, roles and
 * blocks of code. What else it has stays as it is.
 */
export function markdownOfRst(section: string): string {
  return inlined(withCode(withHeadings(section)))
}

function withHeadings(text: string): string {
  const {headings} = rstDocument(text)
  const pieces: string[] = []
  let at = 0
  for (const {depth, title, start, end} of headings) {
    pieces.push(text.slice(at, start), `${'#'.repeat(Math.min(topLevel + depth - 1, 6))} ${title}\n`)
    at = Math.min(end, text.length)
  }
  return [...pieces, text.slice(at)].join('')
}

// `.. code-block:: sh` and `::` begin a block that is indented.
function withCode(text: string): string {
  const lines = text.split('\n')
  const out: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const [, indent = '', language] = /^(\s*)\.\. (?:code-block|code|sourcecode)::\s*(\S*)\s*$/.exec(line) ?? []
    const isLiteral = language === undefined && line.endsWith('::') && !/^\s*\.\. /.test(line)
    if (language === undefined && !isLiteral) {
      out.push(line)
      continue
    }
    const margin = isLiteral ? ' '.repeat(/^\s*(?:[-*+] |\d+[.)] )?/.exec(line)?.[0].length ?? 0) : indent
    const words = line.replace(/\s*::$/, line.trim() === '::' || /\s::$/.test(line) ? '' : ':')
    if (isLiteral && words.trim() !== '') out.push(words, '')
    const {block, next} = indented(lines, at + 1, margin.length)
    out.push(
      `${margin}\`\`\`${language ?? ''}`,
      ...block.map(each => (each === '' ? '' : margin + each)),
      `${margin}\`\`\``,
    )
    at = next - 1
  }
  return out.join('\n')
}

function indented(lines: readonly string[], from: number, margin: number): {block: readonly string[]; next: number} {
  const depth = (line: string) => /^\s*/.exec(line)?.[0].length ?? 0
  let next = from
  while (next < lines.length && ((lines[next] ?? '').trim() === '' || depth(lines[next] ?? '') > margin)) next++
  const block = lines.slice(from, next)
  // Options of the directive, such as `:linenos:`, stand right below it.
  while (/^\s*:[\w-]+:/.test(block[0] ?? '')) block.shift()
  while (block.length > 0 && block[0]?.trim() === '') block.shift()
  while (block.length > 0 && block.at(-1)?.trim() === '') block.pop()
  const least = Math.min(...block.filter(line => line.trim() !== '').map(depth))
  const rest = next < lines.length ? [''] : []
  return {block: block.map(line => line.slice(Math.min(least, depth(line)))), next: next - rest.length}
}

// Not inside code.
function inlined(text: string): string {
  return text
    .split(/(```[\s\S]*?```|``[^`\n]+``)/)
    .map((part, at) => (at % 2 === 1 ? part : inline(part)))
    .join('')
}

function inline(text: string): string {
  return text
    .replaceAll(/`([^`<>]+?)\s*<([^`<>\s]+)>`__?/g, '[$1]($2)')
    .replaceAll(/:[\w:-]+:`([^`<>]+?)(?:\s*<[^`<>]*>)?`/g, '`$1`')
    .replaceAll(/`([^`<>]+)`__?(?!\w)/g, '$1')
    .replaceAll(/^\.\. _[^:\n]+:.*\n?/gm, '')
}
