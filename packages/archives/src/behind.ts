import type {ArchiveEntry} from './entry'
import {foldedName} from './entry-name'

/**
 * The entries whose names lead through one that is no folder, each with that one. File systems that ignore case or normalize
 * would let `A` pass as the link `a`, so names are compared as those do.
 */
export function behindOthers(entries: readonly ArchiveEntry[]): ReadonlyMap<ArchiveEntry, ArchiveEntry> {
  // With the lowest character as separator, what lies in a folder comes right after it.
  const sorted = entries
    .map(entry => ({entry, key: foldedName(entry.name).replaceAll('/', '\0')}))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const found = new Map<ArchiveEntry, ArchiveEntry>()
  let above: (typeof sorted)[number] | undefined
  for (const each of sorted) {
    if (above !== undefined && each.key.startsWith(`${above.key}\0`)) found.set(each.entry, above.entry)
    else if (each.entry.kind !== 'directory') above = each
  }
  return found
}
