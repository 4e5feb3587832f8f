import {readdir, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {callGit} from './git'
import type {Source} from './source'
import type {Call} from './trace'

/**
 * Makes the copy a repository of its own: the same commit with all history and tags, no branch, no hooks, and the remote
 * of the original. Its objects are links to the original's, or copies. Without it, a build that asks git for its version
 * (setuptools-scm, `git describe`) or sets up hooks (husky) would fail or find another repository.
 */
export async function copyRepository(
  {root, remote}: Source,
  commit: string,
  {to, calls}: {readonly to: string; readonly calls: Call[]},
): Promise<readonly string[]> {
  const git = (...args: readonly string[]) => callGit(to, args, {calls})
  const clone = (how: string) =>
    git('clone', '--quiet', how, '--no-checkout', '--no-recurse-submodules', '--template=', '--origin=origin', root, to)
  try {
    // A repository whose objects are links of its own is not cloned as a local one.
    await clone('--local').catch(() => clone('--no-local'))
    await git('update-ref', '--no-deref', 'HEAD', commit)
    await (remote === undefined ? git('remote', 'remove', 'origin') : git('remote', 'set-url', 'origin', remote))
    return []
  } catch (error) {
    for (const name of await readdir(to)) await rm(join(to, name), {recursive: true, force: true})
    const [reason = ''] = String((error as {stderr?: unknown}).stderr)
      .trim()
      .split('\n')
    return [`the history of ${root} could not be taken along (${reason}); what a build asks git for is not there`]
  }
}

/** Makes git compare the copied files with the commit, so that only real changes count as changes. */
export async function refreshIndex(copy: string, calls: Call[]): Promise<void> {
  // Not --quiet: older versions of git then leave out what is wanted here.
  await callGit(copy, ['reset', '--mixed', 'HEAD'], {calls})
}

/** Puts the tag of the release on the commit, as it is when the workflow runs. */
export async function tagCopy(copy: string, tag: string, calls: Call[]): Promise<void> {
  const at = (
    await callGit(copy, ['rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`], {calls}).catch(() => '')
  ).trim()
  const head = (await callGit(copy, ['rev-parse', 'HEAD'], {calls})).trim()
  if (at !== head) await callGit(copy, ['update-ref', `refs/tags/${tag}`, head], {calls})
}
