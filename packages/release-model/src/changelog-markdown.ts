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
  const {children: blocks} = fromMarkdown(text)
  return {
    headings: headingsOf(text, blocks),
    length: text.length,
    section: (start, end) => section(text, blocks, {start, end}),
  }
}

const from = (node: Block) => node.position?.start.offset ?? 0
const to = (node: Block) => node.position?.end.offset ?? 0

function headingsOf(text: string, blocks: readonly Block[]): readonly ChangelogHeading[] {
  return blocks.flatMap((node, at) => {
    const isAdjacent = blocks.slice(0, at).findLast(each => !isSilent(each))?.type === 'heading'
    if (node.type === 'heading')
      return [
        {depth: node.depth, title: toString(node, {includeHtml: false}), start: from(node), end: to(node), isAdjacent},
      ]
    return node.type === 'list' || node.type === 'paragraph' ? swallowed(text, node) : []
  })
}

/**
 * Versions underlined right below an item of a list: Markdown takes them into the item, whoever wrote them meant headings.
 * conventional-changelog's preset express joins sections so.
 */
function swallowed(text: string, node: Block): readonly ChangelogHeading[] {
  const found = text.slice(from(node), to(node)).matchAll(/^(?=\S)(.+)\n(=+|-+)[ \t]*$/gm)
  return [...found].flatMap(({index, 0: whole, 1: title = '', 2: line = ''}) => {
    const plain = title.replaceAll(/\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?/g, '$1')
    const says = readTitle(plain)
    if (line.length < 3 || says?.version === undefined || !says.isCertain || !says.looksLikeHead) return []
    const start = from(node) + index
    const depth = line.startsWith('=') ? 1 : 2
    return [{depth, title: plain, start, end: start + whole.length, isAdjacent: false}]
  })
}

function section(
  text: string,
  blocks: readonly Block[],
  {start, end}: {readonly start: number; readonly end: number},
): string {
  const inside = blocks.filter(node => from(node) < end && to(node) > start)
  if (!inside.some(node => node.type !== 'heading' && !isSilent(node) && node.type !== 'thematicBreak')) return ''
  const last = inside.findLast(
    node => node.type === 'heading' || !(isSilent(node) || node.type === 'thematicBreak' || isTornTag(node)),
  )
  const body = text.slice(start, Math.min(end, last === undefined ? end : to(last)))
  const plain = body.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
  const definitions = neededDefinitions(text, {blocks, inside}, {start, end: start + body.length})
  return definitions.length === 0 ? plain : `${plain}\n\n${definitions.join('\n')}`
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

function neededDefinitions(
  text: string,
  {blocks, inside}: {readonly blocks: readonly Block[]; readonly inside: readonly Block[]},
  {start, end}: {readonly start: number; readonly end: number},
): readonly string[] {
  const used = new Set(inside.filter(node => node.type !== 'heading' || from(node) >= start).flatMap(referencesOf))
  return blocks
    .filter(node => node.type === 'definition' && used.has(node.identifier) && (from(node) < start || to(node) > end))
    .map(node => text.slice(from(node), to(node)))
}

function referencesOf(node: Node): readonly string[] {
  const own =
    node.type === 'linkReference' || node.type === 'imageReference' ? [(node as {identifier: string}).identifier] : []
  return [...own, ...('children' in node ? (node.children ?? []).flatMap(referencesOf) : [])]
}
