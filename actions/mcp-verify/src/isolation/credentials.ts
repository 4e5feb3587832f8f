import {basename, dirname, join} from 'node:path'
import {type Host, isBelow} from '@mcp-release/action-kit'
import {secretByName, secretFiles} from '@mcp-release/release-model'
import type {View} from './view'

/** What nobody may read who is isolated: folders that are hidden, and files that are blank. */
export type Secrets = Pick<View, 'hidden' | 'blank'>

// Objects and branches of a repository are many files without a token; it is in `config`, beside `HEAD`.
const passedOver = [
  '**/node_modules/**',
  '**/__pycache__/**',
  '**/*.git/{branches,hooks,info,lfs,logs,modules,objects,refs,worktrees}/**',
]
// Larger files are data, not settings and keys.
const largest = 1024 * 1024
// What a runner keeps beside its programs: https://github.com/actions/runner, src/Runner.Common/Constants.cs and
// HostContext.cs (GetConfigFile, GetDirectory).
const registrations = ['.credentials', '.credentials_rsaparams', '.runner']
const otherRunnerFiles = [
  '.credential_store',
  '.setup_info',
  '.env',
  '.path',
  '.service',
  '.proxy',
  '.proxycredentials',
]
const migrated = ['.credentials_migrated', '.runner_migrated']

/** The repositories and the files of credentials in the workspace, at any depth: a checkout may be in a subfolder. */
export async function workspaceSecrets({files, temp}: Host, workspace: string): Promise<Secrets> {
  const found = await files.find(['**/*'], {cwd: workspace, ignore: passedOver})
  const outside = await files.realPath(temp)
  const own = found.filter(name => !isBelow(outside, join(workspace, name)) || isBelow(outside, workspace))
  // A bare clone has its token in the same place.
  const repositories = own.flatMap(
    name => /^(?:.*\/)?[^/]*\.git(?=\/(?:config|HEAD|credentials)$)/.exec(name)?.[0] ?? [],
  )
  const blank: string[] = []
  for (const name of own) {
    const sure = secretByName(name)
    if (sure === 'certain' || (sure === 'possible' && (await holdsSecret(files, {workspace, name}))))
      blank.push(join(workspace, name))
  }
  const top = join(workspace, '.git')
  const hasTop = (await files.stat(top))?.kind === 'directory'
  const hidden = new Set([...(hasTop ? [top] : []), ...repositories.map(name => join(workspace, name))])
  return {hidden: [...hidden], blank}
}

async function holdsSecret(
  files: Host['files'],
  {workspace, name}: {readonly workspace: string; readonly name: string},
): Promise<boolean> {
  const path = join(workspace, name)
  if (((await files.stat(path))?.size ?? 0) > largest) return false
  const content = await files.readBytes(path).catch(() => new Uint8Array())
  // Keys among tests are made up, and can be thousands.
  return secretFiles([{name, content}]).some(({amongTests}) => !amongTests)
}

/** Folders with the jobs of a self-hosted runner, and of those the ones above with its programs and its registration. */
export async function runnerFolders(
  {env, files}: Pick<Host, 'env' | 'files'>,
  program = process.execPath,
): Promise<{readonly work: readonly string[]; readonly roots: readonly string[]}> {
  const real = async (path: string | undefined) =>
    path?.startsWith('/') ? files.realPath(path).catch(() => undefined) : undefined
  const [temp, tools, jobs] = await Promise.all(
    ['RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'RUNNER_WORKSPACE'].map(name => real(env[name])),
  )
  const inWork = [
    ...(temp !== undefined && basename(temp) === '_temp' ? [temp] : []),
    ...(tools !== undefined && basename(tools) === '_tool' ? [tools] : []),
    ...(jobs === undefined ? [] : [jobs]),
  ].map(path => dirname(path))
  // Actions run by the Node.js of the runner, wherever its work folder is.
  const external = /^(\/.+)\/externals[^/]*\/node\d[^/]*\/bin\/node$/.exec(program)?.[1]
  const roots: string[] = []
  for (const path of new Set([...inWork.map(each => dirname(each)), ...(external === undefined ? [] : [external])])) {
    const kinds = await Promise.all(registrations.map(name => files.stat(join(path, name))))
    if (path !== '/' && kinds.some(each => each?.kind === 'file')) roots.push(path)
  }
  return {work: [...new Set(inWork)].filter(path => roots.some(root => isBelow(root, path))), roots}
}

/** The files of a runner whose whole folder cannot be hidden. */
export async function runnerSecrets({files}: Host, root: string): Promise<Secrets> {
  const paths = [...registrations, ...otherRunnerFiles, ...migrated].map(name => join(root, name))
  const there = await Promise.all(paths.map(async path => ((await files.stat(path))?.kind === 'file' ? [path] : [])))
  const logs = join(root, '_diag')
  return {hidden: (await files.stat(logs))?.kind === 'directory' ? [logs] : [], blank: there.flat()}
}
