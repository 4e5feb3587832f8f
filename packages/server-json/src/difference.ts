import {z} from 'zod'

/**
 * How two documents differ, one line for each place: `packages[0].version: published "1.0.0", here "1.1.0"`. What the
 * registry leaves out when it stores a document (false, empty texts, lists and objects) is not a difference.
 */
export function differences(published: unknown, here: unknown): readonly string[] {
  return compare(published, here, [])
}

function compare(published: unknown, here: unknown, path: readonly PropertyKey[]): readonly string[] {
  if (isEmpty(published) && isEmpty(here)) return []
  if (isTree(published) && isTree(here) && Array.isArray(published) === Array.isArray(here)) {
    const [before, after] = [published as Tree, here as Tree]
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap(key => compare(before[key], after[key], [...path, Array.isArray(here) ? Number(key) : key]))
  }
  if (published === here) return []
  return [`${z.core.toDotPath(path)}: published ${shown(published)}, here ${shown(here)}`]
}

type Tree = Readonly<Record<string, unknown>>

function isTree(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === '') return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

function shown(value: unknown): string {
  if (isEmpty(value)) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
