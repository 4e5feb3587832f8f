import {ActionError} from '@mcp-release/action-kit'
import type {Task} from './task'

/**
 * Refuses a tag that stands for another commit than the one that the files were made of: it was moved meanwhile. A tag that does
 * not exist is made by GitHub on that commit.
 */
export function requireTagged({tag, commit}: Pick<Task, 'tag' | 'commit'>, tagged: string | undefined): void {
  if (commit === undefined || tagged === undefined || tagged === commit.sha) return
  if (commit.tag !== undefined && commit.tag !== tag) return
  const {sha} = commit
  throw new ActionError('TAG_MOVED', `the tag ${tag} stands for commit ${tagged}, and the files are those of ${sha}`, {
    hint: `Nothing became public. Put the tag back with \`git push --force origin ${sha}:refs/tags/${tag}\`, or run the release again for the commit that the tag stands for now.`,
  })
}
