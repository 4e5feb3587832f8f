import {type Host, askGit} from '@mcp-release/action-kit'

/**
 * What is wrong with a ref that names a tag: git has it on another commit than the one that is planned, or the run was started by
 * the tag when it was on another one, which the run's identity still names. A branch of that name is not it, and a tag that was not
 * fetched says nothing.
 */
export async function tagCommitProblems(
  host: Host,
  root: string,
  {ref, commit}: {readonly ref: string | undefined; readonly commit: string | undefined},
): Promise<readonly string[]> {
  if (ref?.startsWith('refs/tags/') !== true || commit === undefined) return []
  const tagged = (await askGit(host, root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]))?.trim()
  const {GITHUB_REF: started, GITHUB_SHA: sha = commit} = host.env
  if (started === ref && sha !== commit) {
    return [
      `tag: ${ref} started this run as commit ${sha}, and ${commit} is checked out: it was moved; push a new tag, or start a new run`,
    ]
  }
  if (tagged === undefined || tagged === commit) return []
  return [`tag: ${ref} is commit ${tagged}, and ${commit} is checked out; check out the tag`]
}
