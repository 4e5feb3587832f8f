/** A piece of code in a text for people. */
export interface CodeBlock {
  /** What the author calls its language, lower case; empty where nobody says. */
  readonly language: string
  readonly text: string
  /** Where it begins, counted from 1. */
  readonly line: number
}

// A README is written by hand; what is longer is generated or hostile.
const longestText = 512 * 1024
const longestBlock = 64 * 1024

/**
 * The code blocks of Markdown (https://spec.commonmark.org/0.31.2/#fenced-code-blocks), also inside lists and quotes, and
 * of reStructuredText (`::` and `code-block`).
 */
export function codeBlocks(text: string): readonly CodeBlock[] {
  const lines = text.slice(0, longestText).split(/\r\n|\r|\n/)
  const blocks: CodeBlock[] = []
  for (let at = 0; at < lines.length; at++) {
    const block = fenced(lines, at) ?? literal(lines, at)
    if (block === undefined) continue
    if (block.text.length <= longestBlock) blocks.push({language: block.language, text: block.text, line: block.line})
    at = block.end
  }
  return blocks
}

type Found = CodeBlock & {readonly end: number}

function fenced(lines: readonly string[], at: number): Found | undefined {
  const opening = lines[at] ?? ''
  const [, lead = '', fence = '', info = ''] =
    /^([\s>]*(?:[-*+] |\d{1,9}[.)] )?\s*)(`{3,}|~{3,})(.*)$/.exec(opening) ?? []
  if (fence === '' || (fence.startsWith('`') && info.includes('`'))) return undefined
  const content: string[] = []
  for (let line = at + 1; ; line++) {
    const text = withoutLead(lines[line] ?? '', lead)
    if (line >= lines.length || closes(text, fence))
      return {language: languageOf(info), text: content.join('\n'), line: at + 2, end: line}
    content.push(text)
  }
}

function closes(text: string, fence: string): boolean {
  const trimmed = text.trim()
  return trimmed.length >= fence.length && trimmed === fence.charAt(0).repeat(trimmed.length)
}

// Quote marks are no part of the code; indentation does no harm.
function withoutLead(text: string, lead: string): string {
  return lead.includes('>') ? text.replace(/^\s*>\s?/, '') : text
}

function languageOf(info: string): string {
  return (/^\s*\{?\.?([\w+#-]*)/.exec(info)?.[1] ?? '').toLowerCase()
}

// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
function literal(lines: readonly string[], at: number): Found | undefined {
  const opening = (lines[at] ?? '').trimEnd()
  const directive = /^\s*\.\. (?:code|code-block|sourcecode|parsed-literal)::(.*)$/.exec(opening)?.[1]
  if (directive === undefined && (!opening.endsWith('::') || opening.startsWith('..'))) return undefined
  let line = at + 1
  while (line < lines.length && (lines[line]?.trim() === '' || /^\s+:[\w-]+:/.test(lines[line] ?? ''))) line++
  const first = line
  const content: string[] = []
  while (line < lines.length && (lines[line]?.trim() === '' || /^\s/.test(lines[line] ?? '')))
    content.push(lines[line++] ?? '')
  if (content.length === 0) return undefined
  return {language: languageOf(directive ?? ''), text: content.join('\n').trimEnd(), line: first + 1, end: line - 1}
}
