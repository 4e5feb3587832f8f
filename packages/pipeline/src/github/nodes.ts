import {Document, type Node, Pair, Scalar, YAMLMap, YAMLSeq, isNode, isScalar} from 'yaml'

/** An entry of a YAML map, with what people read beside it. */
export interface Entry {
  readonly key: string
  readonly value: unknown
  /** A comment in lines of its own before the entry. */
  readonly before?: string | undefined
  /** A comment behind the value. */
  readonly after?: string | undefined
  /** Whether a blank line comes first. */
  readonly space?: boolean
}

const factory = new Document()

/** A map in this order; entries whose value is undefined are left out. */
export function map(entries: readonly Entry[]): YAMLMap {
  const node = new YAMLMap()
  for (const {key, value, before, after, space} of entries) {
    if (value === undefined) continue
    const name = new Scalar(key)
    if (before !== undefined) name.commentBefore = comment(before)
    if (space === true) name.spaceBefore = true
    const content = nodeOf(value)
    if (after !== undefined && isScalar(content)) content.comment = ` ${after}`
    node.items.push(new Pair(name, content))
  }
  return node
}

/** A list of maps, each with the comment before it. */
export function sequence(items: readonly {readonly node: YAMLMap; readonly before?: string | undefined}[]): YAMLSeq {
  const list = new YAMLSeq()
  for (const {node, before} of items) {
    if (before !== undefined) node.commentBefore = comment(before)
    list.items.push(node)
  }
  return list
}

/** The entries of an object as they are. */
export const entriesOf = (object: Readonly<Record<string, unknown>>): readonly Entry[] =>
  Object.entries(object).map(([key, value]) => ({key, value}))

/** The text of a document with a comment at its head. */
export function documentText(root: YAMLMap, head: string): string {
  const document = new Document(root)
  document.commentBefore = comment(head)
  return document.toString({lineWidth: 0, singleQuote: true, flowCollectionPadding: false})
}

function nodeOf(value: unknown): Node {
  if (isNode(value)) return value
  const node = factory.createNode(value)
  if (isScalar(node) && typeof value === 'string' && value.includes('\n')) node.type = Scalar.BLOCK_LITERAL
  // `permissions: {}` and `needs: [plan, seal]`.
  if (Array.isArray(value) || (node instanceof YAMLMap && node.items.length === 0)) (node as YAMLSeq).flow = true
  return node
}

const width = 120

/** A comment in lines that are not too long. */
function comment(text: string): string {
  return text
    .split('\n')
    .map(paragraph => {
      const lines = ['']
      for (const word of paragraph.split(' ')) {
        const line = `${lines.at(-1) ?? ''} ${word}`
        if (line.length > width) lines.push(` ${word}`)
        else lines[lines.length - 1] = line
      }
      return lines.join('\n').trimEnd()
    })
    .join('\n')
}
