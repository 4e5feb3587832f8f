import type {Host} from './host'

// What a repository's own configuration would run when it is only asked something: https://git-scm.com/docs/git-config, core.fsmonitor
// and core.hooksPath. Settings by these variables win over those of files.
const settings = {'core.fsmonitor': 'false', 'core.hooksPath': '/dev/null', 'core.pager': 'cat'}
const entries = Object.entries(settings)
const switchedOff: Readonly<Record<string, string>> = {
  GIT_CONFIG_COUNT: String(entries.length),
  ...Object.fromEntries(
    entries.flatMap(([name, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, name],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ),
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
}

/**
 * What git answers in a folder, without running programs that the repository's configuration names; `undefined` when it knows
 * nothing, or there is no git.
 */
export async function askGit(host: Host, directory: string, args: readonly string[]): Promise<string | undefined> {
  const options = {quiet: true, check: false, env: switchedOff}
  const answer = await host.exec(['git', '-C', directory, ...args], options).catch(() => undefined)
  return answer?.exitCode === 0 ? answer.stdout : undefined
}
