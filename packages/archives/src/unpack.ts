import {chmod, mkdir, symlink, writeFile} from 'node:fs/promises'
import {dirname, join, posix} from 'node:path'
import {archiveError} from './archive-error'
import type {ArchiveEntry} from './entry'
import {foldedName, nameProblem, twinProblem} from './entry-name'

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
  // File systems that ignore case or normalize would let `A` pass as the link `a`.
  const links = new Set(entries.filter(({kind}) => kind === 'link').map(({name}) => foldedName(name)))
  const problems: string[] = []
  for (const entry of entries) {
    const problem = entryProblem(entry, links) ?? repeated(entry, {before: kinds.get(entry.name), seen})
    if (problem !== undefined) problems.push(`${JSON.stringify(entry.name)} ${problem}`)
    kinds.set(entry.name, entry.kind)
  }
  if (problems.length > 0) throw archiveError(problems.join('\n'), 'The archive was not unpacked.')
  return entries
}

// A folder may be announced several times, by whatever names.
function repeated(
  {name, kind}: ArchiveEntry,
  {before, seen}: {readonly before: ArchiveEntry['kind'] | undefined; readonly seen: Map<string, string>},
): string | undefined {
  if (kind === 'directory') return before === undefined || before === 'directory' ? undefined : 'is there twice'
  return before === 'directory' ? 'is there twice' : twinProblem(name, seen)
}

function entryProblem(entry: ArchiveEntry, links: ReadonlySet<string>): string | undefined {
  const problem = nameProblem(entry.name)
  if (problem !== undefined) return problem
  for (let folder = posix.dirname(entry.name); folder !== '.'; folder = posix.dirname(folder)) {
    if (links.has(foldedName(folder))) return `lies behind the link ${JSON.stringify(folder)}`
  }
  return entry.kind === 'link' ? linkProblem(entry.name, entry.linkTarget ?? '') : undefined
}

// `..` is understood only in front: after another segment, which may be a link itself, it could lead anywhere.
function linkProblem(name: string, target: string): string | undefined {
  const said = `is a link to ${JSON.stringify(target)}`
  const inner = target.replace(/^(?:\.\.\/+)*(?:\.\.$)?/, '')
  if (
    target === '' ||
    (inner !== '' && nameProblem(posix.normalize(inner).replace(/\/$/, '')) !== undefined) ||
    inner.split('/').includes('..')
  )
    return `${said}, which is no plain relative path`
  const resolved = posix.join(posix.dirname(name), target)
  return resolved === '..' || resolved.startsWith('../') ? `${said}, which leaves the archive` : undefined
}

/** Writes below a folder that is new or empty; an existing file is an error, never overwritten. */
export function directoryWriter(root: string): ArchiveWriter {
  const place = async (name: string) => {
    const path = join(root, ...name.split('/'))
    await mkdir(dirname(path), {recursive: true})
    return path
  }
  return {
    directory: async name => {
      await mkdir(await place(name), {recursive: true})
    },
    file: async (name, content, mode) => {
      const path = await place(name)
      await writeFile(path, content, {flag: 'wx'})
      await chmod(path, (mode & 0o777) | 0o600)
    },
    link: async (name, target) => symlink(target, await place(name)),
  }
}
