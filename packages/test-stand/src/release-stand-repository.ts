import {execFile} from 'node:child_process'
import {copyFile, cp, mkdir} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {promisify} from 'node:util'

/** A repository as its owner pushed it. */
export interface TaggedRepository {
  readonly directory: string
  readonly commit: string
}

/** What is put into a repository before it is tagged. */
export interface RepositoryContent {
  /** The folder whose files become the repository. */
  readonly source: string
  readonly directory: string
  readonly name: string
  readonly tag: string
  /** Changes the files before they are committed. */
  readonly edit?: ((directory: string) => Promise<void>) | undefined
}

/** Where the caller's workflow lies. */
export const callerWorkflow = '.github/workflows/release.yml'

// Left behind by working on an example; a clone does not have them.
const leftovers = new Set(['node_modules', 'dist', 'target', '.venv', '.pytest_cache', '__pycache__', '.git'])

/** Makes a git repository of a folder: one commit of a fixed author and date, one tag, and the name on the forge. */
export async function tagRepository(content: RepositoryContent): Promise<TaggedRepository> {
  const {directory, source} = content
  const filter = (path: string): boolean => path === source || !leftovers.has(basename(path))
  await cp(source, directory, {recursive: true, verbatimSymlinks: true, filter})
  await mkdir(dirname(join(directory, callerWorkflow)), {recursive: true})
  await copyFile(join(source, 'release.yml'), join(directory, callerWorkflow))
  await content.edit?.(directory)
  await git(directory, 'init', '--quiet', '--initial-branch=main')
  await git(directory, 'remote', 'add', 'origin', `https://github.com/${content.name}.git`)
  await git(directory, 'add', '--all')
  await git(directory, 'commit', '--quiet', '--message', `Release ${content.tag}`)
  await git(directory, 'tag', content.tag)
  return {directory, commit: (await git(directory, 'rev-parse', 'HEAD')).trim()}
}

const fixed = {
  GIT_AUTHOR_NAME: 'Release stand',
  GIT_AUTHOR_EMAIL: 'stand@example.invalid',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_NAME: 'Release stand',
  GIT_COMMITTER_EMAIL: 'stand@example.invalid',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
  // The settings of whoever runs the tests, signing above all, must not count.
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
}

async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const env = {PATH: process.env['PATH'], HOME: directory, ...fixed}
  const {stdout} = await promisify(execFile)('git', [...args], {cwd: directory, env})
  return stdout
}
