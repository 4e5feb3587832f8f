import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {byLikelihood, isDocument, isInDocs, linkedFiles} from '@mcp-release/start-recipes'
import {fileNameOf, folderOf} from './detected'
import {isChangelog} from './plan-changelog'

const mostLinked = 60
const mostPlaced = 60
const largest = 256 * 1024
const largestTogether = 4 * 1024 * 1024

/**
 * Reads documentation that tells users how servers are started: what READMEs link to inside of the repository, then what
 * lies in docs/ of the repository and of its packages, as much as somebody would read.
 */
export async function readDocuments(
  host: Host,
  root: string,
  {all, texts}: {readonly all: readonly string[]; readonly texts: Readonly<Record<string, string>>},
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  let together = 0
  for (const file of documentsAmong(all, texts)) {
    const stat = await host.files.stat(join(root, file))
    if (stat?.kind !== 'file' || stat.size > largest || together + stat.size > largestTogether) continue
    together += stat.size
    found[file] = await host.files.readText(join(root, file))
  }
  return found
}

/** The documents of a repository that are read, the likeliest first. Pure. */
export function documentsAmong(all: readonly string[], texts: Readonly<Record<string, string>>): readonly string[] {
  const candidates = all.filter(
    file => isDocument(file) && !isChangelog(file) && !Object.hasOwn(texts, file) && !isForeign(file),
  )
  const byName = new Map(candidates.map(file => [file.toLowerCase(), file]))
  const readmes = Object.keys(texts).filter(file => /^readme(?:\.|$)/i.test(fileNameOf(file)))
  const links = readmes.flatMap(file => linkedFiles(file, texts[file] ?? ''))
  // A link to a folder leads to its first page.
  const linked = links.flatMap(link => {
    const names = [link, `${link}/README.md`, `${link}/index.md`]
    return names.flatMap(name => byName.get(name.toLowerCase()) ?? [])
  })
  const folders = [...new Set(['.', ...Object.keys(texts).map(folderOf)])]
  const placed = candidates.filter(file => folders.some(folder => isInDocs(file, folder))).sort(byLikelihood)
  return [...new Set([...[...new Set(linked)].slice(0, mostLinked), ...placed.slice(0, mostPlaced)])]
}

function isForeign(file: string): boolean {
  return folderOf(file)
    .split('/')
    .some(name => (name.startsWith('.') && name !== '.') || /^(?:node_modules|vendor|third_party|testdata)$/.test(name))
}
