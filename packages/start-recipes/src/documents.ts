import {type Configuration, readConfigurations} from './configuration'

/** The texts of a repository by path, relative with `/`. */
export type Texts = Readonly<Record<string, string>>

/** The READMEs that speak of a package: that of its own folder, then that of the repository. */
export function readmesFor(path: string, texts: Texts): readonly string[] {
  const inFolder = (folder: string) =>
    Object.keys(texts)
      .filter(file => folderOf(file) === folder && isReadme(file))
      .sort()
  return [...new Set([...inFolder(path), ...inFolder('.')])]
}

function isReadme(file: string): boolean {
  return /^readme(?:\.(?:md|markdown|mdx|rst|txt))?$/i.test(file.slice(file.lastIndexOf('/') + 1))
}

function folderOf(file: string): string {
  const cut = file.lastIndexOf('/')
  return cut < 0 ? '.' : file.slice(0, cut)
}

/** Whether a file is a text for people by its name. */
export function isDocument(file: string): boolean {
  return /\.(?:md|markdown|mdx|rst)$/i.test(file)
}

/** Whether a file lies in a folder of documentation: of the repository, or of the package in a folder. */
export function isInDocs(file: string, path = '.'): boolean {
  const inner = path === '.' ? file : file.startsWith(`${path}/`) ? file.slice(path.length + 1) : ''
  return /^(?:docs?|documentation)\/.+/i.test(inner)
}

/**
 * The other documents that speak of a package: those that its READMEs link to, then those in the folders of documentation.
 * Documents about clients come before others.
 */
export function documentsFor(path: string, texts: Texts): readonly string[] {
  const readmes = readmesFor(path, texts)
  const documents = Object.keys(texts).filter(file => isDocument(file) && !readmes.includes(file))
  const linked = readmes.flatMap(file => linkedFiles(file, texts[file] ?? '').flatMap(link => pagesOf(link, documents)))
  const folders = [...new Set([path, '.'])]
  const placed = folders.flatMap(folder => documents.filter(file => isInDocs(file, folder)).sort(byLikelihood))
  const all = [...new Set([...linked, ...placed])]
  return [...all.filter(file => !forDevelopers.test(file)), ...all.filter(file => forDevelopers.test(file))]
}

// A link to a folder leads to its first page.
function pagesOf(link: string, documents: readonly string[]): readonly string[] {
  const wanted = [link, `${link}/README.md`, `${link}/index.md`].map(each => each.toLowerCase())
  return documents.filter(file => wanted.includes(file.toLowerCase()))
}

const likely = /mcp|install|config|set-?up|usage|quick|getting.?started|client|claude|cursor|vs-?code|integration|run/i

// For those who work on it: what they start is not what users do.
const forDevelopers = /contribut|develop|conduct|security|release|architecture|testing|roadmap/i

/** Puts documents that tell how something is set up first, then those that lie higher. */
export function byLikelihood(one: string, other: string): number {
  const rank = (file: string) => [forDevelopers.test(file) ? 2 : likely.test(file) ? 0 : 1, file.split('/').length]
  const [[mine = 0, high = 0], [theirs = 0, low = 0]] = [rank(one), rank(other)]
  return mine - theirs || high - low || (one < other ? -1 : 1)
}

const longestText = 512 * 1024
const mostLinks = 200

/**
 * The files of the repository that a document links to, relative to the repository: links of Markdown
 * (https://spec.commonmark.org/0.31.2/#links), of HTML, and of reStructuredText.
 */
export function linkedFiles(file: string, text: string): readonly string[] {
  const found = new Set<string>()
  const links =
    /\]\(\s*<?([^\s()<>]{1,300})|^[ \t]{0,3}\[[^\]\n]{1,200}\]:\s*<?([^\s<>]{1,300})|href=["']([^"'\n]{1,300})["']|`[^`<>\n]{0,200}<([^<>\s]{1,300})>`_|^\.\. include:: (\S{1,300})/gm
  // Of the groups, one has matched.
  for (const match of text.slice(0, longestText).matchAll(links)) {
    const path = resolved(folderOf(file), match.slice(1).join(''))
    if (path !== undefined) found.add(path)
    if (found.size >= mostLinks) break
  }
  return [...found]
}

/** The path that a link means, relative to the repository; `undefined` for what lies elsewhere. */
function resolved(folder: string, link: string): string | undefined {
  const own = ownAddress(link) ?? link
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(own)) return undefined
  const plain = unescaped(own.replace(/[?#].*$/, ''))
  // A leading slash means the root of the repository on forges.
  const parts = plain.startsWith('/') || folder === '.' ? [] : folder.split('/')
  for (const part of plain.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? undefined : parts.join('/')
}

// `https://github.com/OWNER/NAME/blob/BRANCH/docs/mcp.md`: whether it is this repository shows by whether the file is there.
function ownAddress(link: string): string | undefined {
  const path = /^https?:\/\/[^/]+\/[^/]+\/[^/]+\/(?:-\/)?(?:blob|tree)\/[^/]+\/(.+)$/.exec(link)?.[1]
  return path === undefined ? undefined : `/${path}`
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const known = new WeakMap<Texts, Map<string, readonly Configuration[]>>()

function configurationsIn(file: string, texts: Texts): readonly Configuration[] {
  const read = known.get(texts) ?? new Map<string, readonly Configuration[]>()
  known.set(texts, read)
  const found = read.get(file) ?? readConfigurations(file, texts[file] ?? '')
  read.set(file, found)
  return found
}

/** Every configuration in the READMEs of a package. */
export function readmeConfigurations(path: string, texts: Texts): readonly Configuration[] {
  return readmesFor(path, texts).flatMap(file => configurationsIn(file, texts))
}

/** Every configuration in the other documents of a package, and the lines to type that start an MCP server. */
export function documentConfigurations(path: string, texts: Texts): readonly Configuration[] {
  return documentsFor(path, texts).flatMap(file =>
    configurationsIn(file, texts).filter(({form, argv}) => form === 'client' || servesIn(file, argv)),
  )
}

// Documents show much that a program does besides, and what it prints.
function servesIn(file: string, argv: readonly string[]): boolean {
  const isAboutMcp = /mcp/i.test(file.slice(file.lastIndexOf('/') + 1))
  return isAboutMcp || argv.slice(1).some(word => /^-{0,2}(?:mcp|stdio|mcp[-_]?server|serve)$/i.test(word))
}

/** Every configuration that a package's users find: those of its READMEs first. */
export function configurationsFor(path: string, texts: Texts): readonly Configuration[] {
  return [...readmeConfigurations(path, texts), ...documentConfigurations(path, texts)]
}
