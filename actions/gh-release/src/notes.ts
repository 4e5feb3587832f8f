import {type Host, pathInWorkspace} from '@mcp-release/action-kit'
import {changelogSection, parseTag} from '@mcp-release/release-model'
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
  readonly tag: string
}

/** The given notes: the body, then the section of the changelog; `undefined` when none are given. */
export async function gatherNotes(host: Host, request: NotesRequest, problems: string[]): Promise<string | undefined> {
  const {folder, body, bodyPath, changelog, tag} = request
  const parts: string[] = body === undefined ? [] : [body]
  if (bodyPath !== undefined)
    parts.push((await readInput(host, {input: 'body-path', folder, path: bodyPath}, problems)).trim())
  if (changelog !== undefined) {
    const text = await readInput(host, {input: 'changelog', folder, path: changelog}, problems)
    const section = changelogSection(text, parseTag(tag)?.version.text ?? tag)
    if (section === undefined)
      problems.push(
        `changelog: ${JSON.stringify(changelog)} has no section for ${tag}; add "## [${tag.replace(/^v/, '')}]"`,
      )
    else parts.push(section)
  }
  return parts.length === 0 ? undefined : joinNotes(...parts)
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

/** Notes one after another, those that are there already only once. */
export function joinNotes(...parts: readonly string[]): string {
  return parts.reduce((whole, part) => {
    const text = part.trim()
    if (text === '' || whole.includes(text)) return whole
    return whole === '' ? text : `${whole}\n\n${text}`
  }, '')
}

/** Notes that GitHub takes: cut with a mark that says so. */
export function cutNotes(text: string): string {
  if (text.length <= longest) return text
  // Not through the middle of a character that has two code units.
  return text.slice(0, longest - marker.length).replace(/[\uD800-\uDBFF]$/, '') + marker
}
