import {type Host, askGit} from '@mcp-release/action-kit'

/**
 * What is wrong with a ref that names a tag: git has it on another commit than the one that is planned. A branch of that name is
 * not it, and a tag that was not fetched says nothing.
 */
export async function tagCommitProblems(
  host: Host,
  root: string,
  {ref, commit}: {readonly ref: string | undefined; readonly commit: string | undefined},
): Promise<readonly string[]> {
  if (ref?.startsWith('refs/tags/') !== true || commit === undefined) return []
  const tagged = (await askGit(host, root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]))?.trim()
  if (tagged === undefined || tagged === commit) return []
  return [`tag: ${ref} is commit ${tagged}, and ${commit} is checked out; check out the tag`]
}
