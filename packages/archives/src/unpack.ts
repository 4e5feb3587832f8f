import {chmod, mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join, posix} from 'node:path'
import {archiveError} from './archive-error'
import {behindOthers} from './behind'
import type {ArchiveEntry} from './entry'
import {nameProblem, shown, twinProblem} from './entry-name'

/** Where `unpackTo` puts entries; names are relative and harmless. Folders may not have been announced. */
export interface ArchiveWriter {
  directory(name: string): Promise<void>
  file(name: string, content: Uint8Array, mode: number): Promise<void>
  link(name: string, target: string): Promise<void>
}

/** Writes all entries, after every one was found harmless: a hostile archive leaves nothing behind. */
export async function unpackTo(entries: readonly ArchiveEntry[], writer: ArchiveWriter): Promise<void> {
  for (const entry of checkedEntries(entries)) {
    if (entry.kind === 'directory') await writer.directory(entry.name)
    else if (entry.kind === 'link') await writer.link(entry.name, entry.linkTarget ?? '')
    else await writer.file(entry.name, entry.content, entry.mode)
  }
}

/**
 * The entries, if all are harmless; an error with code `ARCHIVE` otherwise, with one line for each bad entry: absolute
 * names, `..`, names that are there twice, links that leave, and entries that lie behind a link.
 */
export function checkedEntries(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const kinds = new Map<string, ArchiveEntry['kind']>()
  const seen = new Map<string, string>()
  const behind = behindOthers(entries)
  const problems: string[] = []
  for (const entry of entries) {
    const problem = entryProblem(entry, behind.get(entry)) ?? repeated(entry, {before: kinds.get(entry.name), seen})
    if (problem !== undefined) problems.push(`${shown(entry.name)} ${problem}`)
    kinds.set(entry.name, entry.kind)
  }
  if (problems.length > 0) throw archiveError(listed(problems), 'The archive was not unpacked.')
  return entries
}

function listed(problems: readonly string[]): string {
  const more = problems.length - 20
  return [...problems.slice(0, 20), ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

// A folder may be announced several times, by whatever names.
function repeated(
  {name, kind}: ArchiveEntry,
  {before, seen}: {readonly before: ArchiveEntry['kind'] | undefined; readonly seen: Map<string, string>},
): string | undefined {
  if (kind === 'directory') return before === undefined || before === 'directory' ? undefined : 'is there twice'
  return before === 'directory' ? 'is there twice' : twinProblem(name, seen)
}

function entryProblem(entry: ArchiveEntry, above: ArchiveEntry | undefined): string | undefined {
  const problem = nameProblem(entry.name)
  if (problem !== undefined) return problem
  if (above !== undefined) {
    const depth = above.name.split('/').length
    return `lies behind the ${above.kind} ${shown(entry.name.split('/').slice(0, depth).join('/'))}`
  }
  return entry.kind === 'link' ? linkProblem(entry.name, entry.linkTarget ?? '') : undefined
}

// `..` is understood only in front: after another segment, which may be a link itself, it could lead anywhere.
function linkProblem(name: string, target: string): string | undefined {
  const said = `is a link to ${shown(target)}`
  const inner = target.replace(/^(?:\.\.\/+)*(?:\.\.$)?/, '')
  if (
    target === '' ||
    inner.split('/').includes('..') ||
    (inner !== '' && nameProblem(posix.normalize(inner).replace(/\/$/, '')) !== undefined)
  )
    return `${said}, which is no plain relative path`
  const resolved = posix.join(posix.dirname(name), target)
  return resolved === '..' || resolved.startsWith('../') ? `${said}, which leaves the archive` : undefined
}

/** Writes below a folder that is new or empty; an existing file is an error, never overwritten. */
export function directoryWriter(root: string): ArchiveWriter {
  const placed = async (name: string, write: (path: string) => Promise<void>) => {
    const path = join(root, ...name.split('/'))
    try {
      await mkdir(dirname(path), {recursive: true})
      await write(path)
    } catch (error) {
      // Too long for the file system, or the disk is full.
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
      throw archiveError(`${shown(name)} cannot be written: ${code}`)
    }
  }
  return {
    directory: name =>
      placed(name, async path => {
        await mkdir(path, {recursive: true})
      }),
    file: (name, content, mode) =>
      placed(name, async path => {
        await writeFile(path, content, {flag: 'wx'})
        await chmod(path, (mode & 0o777) | 0o600)
      }),
    link: (name, target) => placed(name, path => symlink(target, path)),
  }
}
