import type {ChangelogHeading, Document} from './changelog-markdown'

const adornment = /^([!-/:-@[-`{-~])\1*[ \t]*$/

/** Reads reStructuredText: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections. */
export function rstDocument(text: string): Document {
  const lines = offsets(text)
  return {
    headings: headingsOf(lines),
    length: text.length,
    section: (start, end) =>
      section(lines.filter(each => each.start >= start && each.start < end).map(each => each.line)),
  }
}

interface Line {
  readonly line: string
  readonly start: number
}

function offsets(text: string): readonly Line[] {
  let start = 0
  return text.split('\n').map(line => {
    const here = {line, start}
    start += line.length + 1
    return here
  })
}

function headingsOf(lines: readonly Line[]): readonly ChangelogHeading[] {
  const styles: string[] = []
  const found: ChangelogHeading[] = []
  let hasText = false
  for (let at = 0; at < lines.length; at++) {
    const heading = headingAt(lines, at)
    if (heading === undefined) {
      hasText ||= !isSilent(lines[at]?.line ?? '')
      continue
    }
    // Levels are those of the styles, in the order in which a document uses them.
    if (!styles.includes(heading.style)) styles.push(heading.style)
    const last = found.at(-1)
    found.push({
      depth: styles.indexOf(heading.style) + 1,
      title: plainTitle(heading.title),
      start: lines[at]?.start ?? 0,
      end: lines[heading.next]?.start ?? Infinity,
      isAdjacent: last !== undefined && !hasText,
    })
    hasText = false
    at = heading.next - 1
  }
  return found
}

interface Found {
  readonly title: string
  /** The character, twice where there is a line above too. */
  readonly style: string
  /** The line behind it. */
  readonly next: number
}

function headingAt(lines: readonly Line[], at: number): Found | undefined {
  const [first = '', second = '', third = ''] = [0, 1, 2].map(more => lines[at + more]?.line ?? '')
  const isStart = at === 0 || (lines[at - 1]?.line.trim() ?? '') === '' || !/^\s/.test(first)
  const over = adornment.exec(first)?.[1]
  if (over !== undefined && adornment.exec(third)?.[1] === over && second.trim() !== '' && !adornment.test(second))
    return first.trim().length >= second.trim().length ? {title: second, style: over + over, next: at + 3} : undefined
  const under = adornment.exec(second)?.[1]
  if (under === undefined || over !== undefined || first.trim() === '' || /^\s/.test(first) || !isStart)
    return undefined
  // Shorter lines are an error there, but common where a version grew.
  const isLong = second.trim().length >= Math.min(4, first.trim().length)
  return isLong ? {title: first, style: under, next: at + 2} : undefined
}

function plainTitle(title: string): string {
  return title
    .trim()
    .replaceAll(/:[\w:-]+:`([^`<]*?)(?:\s*<[^>]*>)?`/g, '$1')
    .replaceAll(/`([^`<]*?)\s*<[^>]*>`__?/g, '$1')
    .replaceAll(/`{1,2}([^`]*)`{1,2}_{0,2}/g, '$1')
}

// Comments, anchors and targets, blank lines, and the end of a line that separates.
const isSilent = (line: string) => line.trim() === '' || /^\.\. (?!\w[\w-]*::)/.test(line)

function section(lines: readonly string[]): string {
  const from = lines.findIndex(line => line.trim() !== '')
  const to = lines.findLastIndex(line => !isSilent(line) && !/^-{4,}\s*$/.test(line))
  if (from < 0 || to < from) return ''
  const inside = lines.slice(from, to + 1)
  const numbered = inside.map((line, at) => ({line, start: at}))
  const heads = headingsOf(numbered)
  const says = numbered.some(
    ({line, start}) => !isSilent(line) && !heads.some(head => start >= head.start && start < head.end),
  )
  return says ? inside.join('\n').trimEnd() : ''
}
