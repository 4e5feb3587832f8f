import {posix} from 'node:path'
import {record, staticProject, texts} from '@mcp-release/package-rules'
import {parse} from 'smol-toml'
import {below, fileNameOf, folderOf} from './detected'
import {versionFile} from './python-version'

/** The files that manifests name: commands of package.json, and READMEs and versions of Python projects, whose texts are read. */
export interface NamedFiles {
  readonly commands: readonly string[]
  readonly texts: readonly string[]
}

/** Finds them in the texts of manifests, relative to the repository and inside of it. */
export function namedFiles(manifests: Readonly<Record<string, string>>): NamedFiles {
  const commands: string[] = []
  const read: string[] = []
  for (const [file, text] of Object.entries(manifests)) {
    const inside = (path: string) => posix.normalize(below(folderOf(file), path))
    if (fileNameOf(file) === 'package.json') commands.push(...binsIn(text).map(inside))
    if (fileNameOf(file) !== 'pyproject.toml') continue
    read.push(...readmeIn(text).map(inside), ...(versionFile(folderOf(file), text)?.places ?? []))
  }
  const isInside = (path: string) => !path.startsWith('../') && !path.startsWith('/')
  return {commands: commands.filter(isInside), texts: read.filter(isInside)}
}

// What cannot be read is told where the package itself is read.
function binsIn(text: string): readonly string[] {
  try {
    const {bin} = record(JSON.parse(text.replace(/^\uFEFF/, '')))
    return typeof bin === 'string' ? [bin] : Object.values(texts(bin))
  } catch {
    return []
  }
}

function readmeIn(text: string): readonly string[] {
  try {
    const readme = staticProject(parse(text))?.readme
    return typeof readme === 'object' && 'file' in readme ? [readme.file] : []
  } catch {
    return []
  }
}
