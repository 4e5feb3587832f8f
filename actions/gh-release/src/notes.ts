import {type Host, pathInWorkspace} from '@mcp-release/action-kit'
import {changelogSection, isRst, markdownOfRst} from '@mcp-release/release-model'
import {joinBlocks} from './body-blocks'
import {pathFrom} from './working-folder'

/** GitHub's limit, in characters. */
const longest = 125_000
const marker = '\n\n*(The notes are cut here: GitHub takes at most 125,000 characters.)*\n'

/** Where notes come from. */
export interface NotesRequest {
  /** Absolute path of the folder where paths start. */
  readonly folder: string
  readonly body: string | undefined
  readonly bodyPath: string | undefined
  readonly changelog: string | undefined
  readonly onMissingSection: 'warning' | 'error'
  readonly tag: string
}

/** What was found. */
export interface GivenNotes {
  /** The body, then the section of the changelog; `undefined` when none are given. */
  readonly text: string | undefined
  /** Whether the changelog has nothing about the version, so that generated notes stand in for its section. */
  readonly lacksSection: boolean
}

/** Gathers the given notes. A file that is not there is replaced by `body`, where that is given too. */
export async function gatherNotes(host: Host, request: NotesRequest, problems: string[]): Promise<GivenNotes> {
  const body = await readBody(host, request, problems)
  const section = await readSection(host, request, problems)
  const parts = [body, section === '' ? undefined : section].filter(part => part !== undefined)
  return {text: parts.length === 0 ? undefined : joinBlocks(...parts), lacksSection: section === ''}
}

async function readBody(
  host: Host,
  {folder, body, bodyPath}: NotesRequest,
  problems: string[],
): Promise<string | undefined> {
  if (bodyPath === undefined) return body
  const missing: string[] = []
  const text = await readInput(host, {input: 'body-path', folder, path: bodyPath}, missing)
  if (missing.length === 0) return text.trim()
  if (body === undefined) problems.push(...missing)
  else for (const each of missing) host.warning(`${each}; the notes are those of \`body\``)
  return body
}

// Empty when the changelog says nothing about the version.
async function readSection(
  host: Host,
  {folder, changelog, tag, onMissingSection}: NotesRequest,
  problems: string[],
): Promise<string | undefined> {
  if (changelog === undefined) return undefined
  const before = problems.length
  const text = await readInput(host, {input: 'changelog', folder, path: changelog}, problems)
  if (problems.length > before) return undefined
  const section = changelogSection(text, tag, changelog)
  if (section !== undefined && section !== '') return isRst(text, changelog) ? markdownOfRst(section) : section
  const kind = section === undefined ? 'no' : 'an empty'
  const said = `changelog: ${JSON.stringify(changelog)} has ${kind} section for ${tag}; ${remedy(tag, section)}`
  if (onMissingSection === 'error') problems.push(said)
  else host.warning(`${said}. The notes are generated in its place; \`on-missing-section: error\` would stop here`)
  return ''
}

function remedy(tag: string, section: string | undefined): string {
  return section === undefined
    ? `add "## [${tag.replace(/^v(?=\d)/, '')}]" with what changed`
    : 'say there what changed'
}

async function readInput(
  host: Host,
  {input, folder, path}: {readonly input: string; readonly folder: string; readonly path: string},
  problems: string[],
): Promise<string> {
  const before = problems.length
  const absolute = await pathInWorkspace(host, {input, path: pathFrom(host, folder, path)}, problems)
  if (problems.length > before) return ''
  const real = await host.files.realPath(absolute)
  if ((await host.files.stat(real))?.kind !== 'file') {
    problems.push(`${input}: ${JSON.stringify(path)} is no file`)
    return ''
  }
  return host.files.readText(real)
}

/** Notes that GitHub takes: cut with a mark that says so. */
export function cutNotes(text: string): string {
  if (text.length <= longest) return text
  // Not through the middle of a character that has two code units.
  return text.slice(0, longest - marker.length).replace(/[\uD800-\uDBFF]$/, '') + marker
}
