import {fromMarkdown} from 'mdast-util-from-markdown'
import {toString} from 'mdast-util-to-string'
import {readTitle} from './changelog-title'

/** A heading of a changelog. */
export interface ChangelogHeading {
  /** 1 for the highest. */
  readonly depth: number
  /** Plain text. */
  readonly title: string
  /** Where its line begins, with an anchor that belongs to it. */
  readonly start: number
  /** Where the text below begins. */
  readonly end: number
  /** Whether nothing stands between the heading before and this one. */
  readonly isAdjacent: boolean
}

/** A changelog as headings, and the text between two places. */
export interface Document {
  readonly headings: readonly ChangelogHeading[]
  readonly length: number
  /** What stands there, without marks at its end that show nothing; empty when it says nothing. */
  readonly section: (start: number, end: number) => string
}

type Root = ReturnType<typeof fromMarkdown>
type Block = Root['children'][number]
type Node = Block | {readonly type: string; readonly children?: readonly Node[]; readonly identifier?: string}

/** Reads Markdown by the rules of CommonMark (https://spec.commonmark.org/0.31.2/). */
export function markdownDocument(text: string): Document {
  const blocks = blocksOf(text)
  return {
    headings: headingsOf(text, blocks),
    length: text.length,
    section: (start, end) => sectionOf(text, blocks, {start, end}),
  }
}

/** How much is parsed at once: the time that the parser takes grows faster than the text. */
const piece = 8192

// In pieces that begin at headings, which end all blocks before them but code and HTML that are still open.
function blocksOf(text: string): readonly Placed[] {
  const found: Placed[] = []
  const starts = [...text.matchAll(/^#{1,6}[ \t]|(?<=\n[ \t]*\n)\S[^\n]*\n(?:=+|-+)[ \t]*$/gm)].map(({index}) => index)
  let at = 0
  let least = piece
  for (const end of [...starts, text.length]) {
    if (end < text.length && end - at < least) continue
    const {children} = fromMarkdown(text.slice(at, end))
    const last = children.at(-1)
    const isOpen =
      (last?.type === 'code' || last?.type === 'html') && at + to(last) >= text.slice(0, end).trimEnd().length
    least = isOpen ? 2 * (end - at) : piece
    if (isOpen && end < text.length) continue
    for (const node of children) found.push({node, from: at + from(node), to: at + to(node)})
    at = end
  }
  return found
}

interface Placed {
  readonly node: Block
  readonly from: number
  readonly to: number
}

const from = (node: Block) => node.position?.start.offset ?? 0
const to = (node: Block) => node.position?.end.offset ?? 0

function headingsOf(text: string, blocks: readonly Placed[]): readonly ChangelogHeading[] {
  let before: string | undefined
  return blocks.flatMap(({node, from: start, to: end}) => {
    const isAdjacent = before === 'heading'
    if (!isSilent(node)) before = node.type
    if (node.type === 'heading')
      return [{depth: node.depth, title: toString(node, {includeHtml: false}), start, end, isAdjacent}]
    return node.type === 'list' || node.type === 'paragraph' ? swallowed(text, {start, end}) : []
  })
}

/**
 * Versions underlined right below an item of a list: Markdown takes them into the item, whoever wrote them meant headings.
 * conventional-changelog's preset express joins sections so.
 */
function swallowed(
  text: string,
  {start: from, end}: {readonly start: number; readonly end: number},
): readonly ChangelogHeading[] {
  const found = text.slice(from, end).matchAll(/^(?=\S)(.+)\n(=+|-+)[ \t]*$/gm)
  return [...found].flatMap(({index, 0: whole, 1: title = '', 2: line = ''}) => {
    const plain = title.replaceAll(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?/g, '$1')
    const says = readTitle(plain)
    if (line.length < 3 || says?.version === undefined || !says.isCertain || !says.looksLikeHead) return []
    const start = from + index
    const depth = line.startsWith('=') ? 1 : 2
    return [{depth, title: plain, start, end: start + whole.length, isAdjacent: false}]
  })
}

function sectionOf(
  text: string,
  blocks: readonly Placed[],
  {start, end}: {readonly start: number; readonly end: number},
): string {
  const slice = text.slice(start, end)
  // Links are known as such only together with their definitions.
  const others = definitionsFor(
    text,
    blocks.filter(each => each.from < start || each.from >= end),
    slice,
  )
  const nodes = fromMarkdown(`${slice}\n\n${others.map(each => each.text).join('\n')}`).children
  const inside = nodes.filter(node => from(node) < slice.length)
  const isEnd = (node: Block) => isSilent(node) || node.type === 'thematicBreak' || isTornTag(node)
  if (!inside.some(node => node.type !== 'heading' && !isSilent(node) && node.type !== 'thematicBreak')) return ''
  const last = inside.findLast(node => node.type === 'heading' || !isEnd(node))
  const length = last === undefined ? slice.length : to(last)
  const plain = slice
    .slice(0, length)
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
  const used = new Set(inside.flatMap(referencesOf))
  // Those that the section has itself, but behind what is kept of it, come along too.
  const own = inside
    .filter(node => from(node) >= length)
    .map(node => ({identifier: identifierOf(node), text: slice.slice(from(node), to(node))}))
  const definitions = [...own, ...others].filter(({identifier}) => identifier !== undefined && used.has(identifier))
  return definitions.length === 0 ? plain : `${plain}\n\n${definitions.map(each => each.text).join('\n')}`
}

interface Definition {
  readonly identifier: string | undefined
  readonly text: string
}

const identifierOf = (node: Block) => (node.type === 'definition' ? node.identifier : undefined)

function definitionsFor(text: string, blocks: readonly Placed[], slice: string): readonly Definition[] {
  const words = slice.toLowerCase().replaceAll(/\s+/g, ' ')
  return blocks.flatMap(each => {
    const identifier = identifierOf(each.node)
    if (identifier === undefined || !words.includes(`[${identifier}`)) return []
    return [{identifier, text: text.slice(each.from, each.to)}]
  })
}

// Definitions, comments, and anchors for the next heading.
function isSilent(node: Block): boolean {
  if (node.type === 'definition') return true
  if (node.type === 'html') return isInvisible(node.value)
  if (node.type !== 'paragraph') return false
  return node.children.every(each =>
    each.type === 'html' ? isInvisible(each.value) : each.type === 'text' && each.value.trim() === '',
  )
}

function isInvisible(html: string): boolean {
  return html.replaceAll(/<!--[\s\S]*?-->|<a\s[^>]*>|<\/a>|\s+/gi, '') === ''
}

// `<details>` of the next versions, or the end of one that is around this version.
function isTornTag(node: Block): boolean {
  if (node.type !== 'html') return false
  const opened = node.value.match(/<details\b/gi)?.length ?? 0
  const closed = node.value.match(/<\/details>/gi)?.length ?? 0
  return opened !== closed && node.value.replaceAll(/<summary\b[\s\S]*?<\/summary>|<[^>]*>|\s+/gi, '') === ''
}

function referencesOf(node: Node): readonly string[] {
  const own =
    node.type === 'linkReference' || node.type === 'imageReference' ? [(node as {identifier: string}).identifier] : []
  return [...own, ...('children' in node ? (node.children ?? []).flatMap(referencesOf) : [])]
}
