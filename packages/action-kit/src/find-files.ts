import {isAbsolute, relative, resolve, sep} from 'node:path'
import type {Host} from './host'
import {pathInWorkspace} from './workspace'

/** What a list of glob patterns stands for. */
export interface FileQuery {
  /** The input's name, for messages. */
  readonly input: string
  /** Glob patterns, relative to the workspace or absolute below it. */
  readonly patterns: readonly string[]
  /** Patterns of files to leave out. */
  readonly exclude?: readonly string[]
}

/**
 * The files that match, as absolute paths in a fixed order, each once. A pattern that matches nothing is a problem:
 * a release must not lose a file silently. So is a link, a named pipe, or whatever else is neither a file nor a folder.
 */
export async function findFiles(host: Host, query: FileQuery, problems: string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  const ignore = (query.exclude ?? []).map(pattern => relativePattern(host, pattern))
  for (const pattern of query.patterns) {
    const options = {cwd: host.workspace, ignore}
    const matches = await host.files.find([relativePattern(host, pattern)], options)
    const special = await host.files.find([relativePattern(host, pattern)], {...options, special: true})
    for (const each of special)
      problems.push(
        `${query.input}: ${JSON.stringify(each)} is a link or no plain file: name the file itself, or leave it out`,
      )
    if (matches.length + special.length === 0)
      problems.push(`${query.input}: ${JSON.stringify(pattern)} matches no file in ${host.workspace}`)
    for (const match of matches) found.add(await pathInWorkspace(host, {input: query.input, path: match}, problems))
  }
  return [...found].sort()
}

function relativePattern(host: Host, pattern: string): string {
  const way = isAbsolute(pattern) ? relative(host.workspace, resolve(pattern)) : pattern
  return way.split(sep).join('/').replace(/^\.\//, '')
}
