import {execFile} from 'node:child_process'
import {devNull} from 'node:os'
import {promisify} from 'node:util'
import type {Call} from './trace'

const run = promisify(execFile)

/**
 * The settings of a repository that make git run something, or speak to a network: none of it is wanted where only facts
 * are read (https://git-scm.com/docs/git-config).
 */
const switchedOff = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.logAllRefUpdates=false',
  'gc.auto=0',
  'log.showSignature=false',
  'maintenance.auto=false',
  'protocol.allow=never',
  'protocol.file.allow=always',
  'status.submoduleSummary=false',
  'submodule.recurse=false',
]

/** Variables that bind git to another repository, as `git rev-parse --local-env-vars` lists them; hooks of git set some. */
export const repositoryVariables = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_CONFIG',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_PARAMETERS',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !repositoryVariables.includes(name))
  return {
    ...Object.fromEntries(kept),
    GIT_COMMITTER_EMAIL: 'mcp-release@localhost',
    GIT_COMMITTER_NAME: 'mcp-release',
    GIT_NO_LAZY_FETCH: '1',
    // The user's index is read, not refreshed.
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
}

/** Calls git in a folder, notes the call, and returns its standard output. */
export async function callGit(
  directory: string,
  args: readonly string[],
  {calls, config = []}: {readonly calls: Call[]; readonly config?: readonly string[]},
): Promise<string> {
  const started = Date.now()
  const settings = [...switchedOff, ...config].flatMap(each => ['-c', each])
  try {
    const argv = ['-C', directory, ...settings, ...args]
    return (await run('git', argv, {maxBuffer: 512e6, env: environment(), shell: false})).stdout
  } finally {
    calls.push({started, ended: Date.now()})
  }
}

/** Settings that leave aside the programs through which a repository's own configuration sends file contents. */
export async function withoutFilters(directory: string, calls: Call[]): Promise<readonly string[]> {
  const args = ['config', '--show-scope', '--name-only', '--null', '--get-regexp', '^filter\\.']
  const found = await callGit(directory, args, {calls}).catch(() => '')
  const fields = found.split('\0')
  const names = fields.filter((_, at) => at % 2 === 1 && ['local', 'worktree'].includes(fields[at - 1] ?? ''))
  return [...new Set(names)].map(name => `${name}=${name.endsWith('.required') ? 'false' : ''}`)
}
