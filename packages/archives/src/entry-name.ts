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

/** Strips what only decorates a stored name: leading `./` and a trailing `/`. The root itself becomes `''`. */
export function plainName(stored: string): string {
  return stored
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '')
}

/** The entries in byte order of their names; throws for a bad name or one that is there twice. */
export function sortedFiles(
  entries: readonly ArchiveFile[],
): readonly {readonly file: ArchiveFile; readonly name: Buffer}[] {
  const files = entries.map(file => ({file, name: Buffer.from(file.name)})).sort((a, b) => a.name.compare(b.name))
  files.forEach(({file, name}, at) => {
    const problem = nameProblem(file.name) ?? (files[at - 1]?.name.equals(name) === true ? 'is there twice' : undefined)
    if (problem !== undefined) throw archiveError(`${JSON.stringify(file.name)} ${problem}`)
  })
  return files
}
