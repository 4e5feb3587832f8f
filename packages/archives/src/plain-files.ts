import {posix} from 'node:path'
import {archiveError} from './archive-error'
import type {ArchiveEntry, ArchiveFile} from './entry'
import {checkedEntries} from './unpack'

/**
 * What was read, as files that can be written again: folders are implied by their files, a link becomes the file that it
 * points to, modes become 0o644 or 0o755. Throws for harmful entries and for a link to no file of the archive.
 */
export function plainFiles(entries: readonly ArchiveEntry[]): readonly ArchiveFile[] {
  const named = new Map(checkedEntries(entries).map(entry => [entry.name, entry]))
  return entries
    .filter(({kind}) => kind !== 'directory')
    .map(entry => {
      const {mode, content} = followed(entry, named)
      return {name: entry.name, mode: (mode & 0o100) === 0 ? 0o644 : 0o755, content}
    })
}

function followed(entry: ArchiveEntry, named: ReadonlyMap<string, ArchiveEntry>): ArchiveEntry {
  let found: ArchiveEntry | undefined = entry
  // As many steps as Linux goes, so that circles and long chains end.
  for (let steps = 0; found?.kind === 'link' && steps < 40; steps++)
    found = named.get(posix.join(posix.dirname(found.name), found.linkTarget ?? ''))
  if (found?.kind === 'file') return found
  throw archiveError(
    `${JSON.stringify(entry.name)} is a link to ${JSON.stringify(entry.linkTarget)}, which is no file of the archive`,
  )
}
