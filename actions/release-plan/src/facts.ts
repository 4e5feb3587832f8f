import {basename, join, relative, sep} from 'node:path'
import {type Host, askGit, pathInWorkspace, rejectProblems, sourceDate} from '@mcp-release/action-kit'
import type {Facts} from './plan'
import {readTree} from './tree'

/** Reads what a plan depends on: the files, the commit, its time, the repository's name. */
export async function gatherFacts(host: Host, directory: string): Promise<Facts> {
  const problems: string[] = []
  const root = await pathInWorkspace(host, {input: 'working-directory', path: directory}, problems)
  if ((await host.files.stat(root))?.kind !== 'directory')
    problems.push(`working-directory: ${JSON.stringify(directory)} is no folder`)
  rejectProblems(problems)
  const repository = host.env['GITHUB_REPOSITORY']
  // What is checked out: for a workflow that was started by hand, GITHUB_SHA is the head of its branch.
  const commit = (await head(host, root)) ?? host.env['GITHUB_SHA']
  const tree = await readTree(host, root)
  return {
    tree,
    root: relative(host.workspace, root).split(sep).join('/') || '.',
    folder: basename(directory === '.' ? (repository ?? root) : join(root)),
    ...(repository === undefined ? {} : {repository}),
    ...(commit === undefined ? {} : {commit}),
    sourceDate: await sourceDate(host, undefined, root),
  }
}

async function head(host: Host, root: string): Promise<string | undefined> {
  return (await askGit(host, root, ['rev-parse', 'HEAD']))?.trim()
}
