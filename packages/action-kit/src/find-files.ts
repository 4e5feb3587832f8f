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
 * a release must not lose a file silently.
 */
export async function findFiles(host: Host, query: FileQuery, problems: string[]): Promise<readonly string[]> {
  const found = new Set<string>()
  const ignore = (query.exclude ?? []).map(pattern => relativePattern(host, pattern))
  for (const pattern of query.patterns) {
    const matches = await host.files.find([relativePattern(host, pattern)], {cwd: host.workspace, ignore})
    if (matches.length === 0)
      problems.push(`${query.input}: ${JSON.stringify(pattern)} matches no file in ${host.workspace}`)
    for (const match of matches) found.add(await pathInWorkspace(host, {input: query.input, path: match}, problems))
  }
  return [...found].sort()
}

function relativePattern(host: Host, pattern: string): string {
  const way = isAbsolute(pattern) ? relative(host.workspace, resolve(pattern)) : pattern
  return way.split(sep).join('/').replace(/^\.\//, '')
}
