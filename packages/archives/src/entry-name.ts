import {archiveError} from './archive-error'
import type {ArchiveFile} from './entry'

/** What makes a name dangerous on any system, in words; `undefined` for a harmless one. */
export function nameProblem(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (name.includes('\0')) return 'contains a NUL byte'
  if (name.includes('\\')) return 'contains a backslash, which separates folders on Windows'
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'is an absolute path'
  const segments = name.split('/')
  if (segments.includes('..')) return 'leaves the archive by way of ..'
  if (segments.some(segment => segment === '' || segment === '.')) return 'has an empty or a . segment'
  return undefined
}

/** Strips what only decorates a stored name: leading `./` and trailing slashes. The root itself becomes `''`. */
export function plainName(stored: string): string {
  // Without a regular expression, which would need quadratic time for a name of slashes.
  let [start, end] = [0, stored.length]
  while (stored.startsWith('./', start)) {
    start += 2
    while (stored[start] === '/') start += 1
  }
  while (end > start && stored[end - 1] === '/') end -= 1
  const name = stored.slice(start, end)
  return name === '.' ? '' : name
}

/** A name for messages; those of hostile archives may have a megabyte. */
export function shown(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name)
}

/**
 * A name as file systems compare it that ignore case and normalize Unicode, as those of macOS and Windows do; by way of capitals,
 * because several small letters have the same one (ς and σ). Windows drops dots and blanks at the end of a name.
 */
export function foldedName(name: string): string {
  const folded = name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
  return folded.split('/').map(withoutEnd).join('/')
}

// Without a regular expression, which would need quadratic time for a name of blanks.
function withoutEnd(segment: string): string {
  let end = segment.length
  while (end > 0 && (segment[end - 1] === '.' || segment[end - 1] === ' ')) end -= 1
  return segment.slice(0, end)
}

/** The entries in byte order of their names; throws for a bad name or one that is there twice, also in another case. */
export function sortedFiles(
  entries: readonly ArchiveFile[],
): readonly {readonly file: ArchiveFile; readonly name: Buffer}[] {
  const files = entries.map(file => ({file, name: Buffer.from(file.name)})).sort((a, b) => a.name.compare(b.name))
  const seen = new Map<string, string>()
  for (const {file} of files) {
    const problem = nameProblem(file.name) ?? twinProblem(file.name, seen)
    if (problem !== undefined) throw archiveError(`${shown(file.name)} ${problem}`)
  }
  return files
}

/**
 * Why a name cannot stand beside those seen before; it is added to them, by its folded form. Two names that differ only in
 * case or normalization are one file on macOS and Windows: one of them would be lost there.
 */
export function twinProblem(name: string, seen: Map<string, string>): string | undefined {
  const before = seen.get(foldedName(name))
  seen.set(foldedName(name), name)
  if (before === undefined) return undefined
  return before === name ? 'is there twice' : `and ${shown(before)} are one file on macOS and Windows`
}
