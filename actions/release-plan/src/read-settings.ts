import {join, relative, sep} from 'node:path'
import {type Host, pathInWorkspace} from '@mcp-release/action-kit'
import type {ReleaseSettings} from '@mcp-release/release-model'
import {parseSettings} from './parse-settings'

const names = ['.github/mcp-release.yml', '.github/mcp-release.yaml'] as const

/** The settings file of a release, and what it says. */
export interface FoundSettings {
  readonly settings: ReleaseSettings
  /** Relative to the workspace; absent when there is none. */
  readonly file?: string
}

/**
 * Reads `.github/mcp-release.yml` of the folder that is released, else that of the repository around it: the nearer one
 * holds, alone. Adds every problem.
 */
export async function readSettings(host: Host, directory: string, problems: string[]): Promise<FoundSettings> {
  const folders = [
    ...new Set([await pathInWorkspace(host, {input: 'working-directory', path: directory}, problems), host.workspace]),
  ]
  for (const folder of folders) {
    const found = await filesIn(host, folder)
    if (found.length > 1) problems.push(`${found.join(' and ')}: are both there; keep one of them`)
    const [file] = found
    if (file === undefined) continue
    const before = problems.length
    const path = await pathInWorkspace(host, {input: 'settings', path: file}, problems)
    const text = problems.length > before ? '' : await host.files.readText(path)
    return {file, settings: parseSettings({file, text}, problems)}
  }
  return {settings: {}}
}

async function filesIn(host: Host, folder: string): Promise<readonly string[]> {
  const paths = names.map(name => join(folder, name))
  const stats = await Promise.all(paths.map(path => host.files.stat(path)))
  return paths
    .filter((_, at) => stats[at] !== undefined && stats[at].kind !== 'directory')
    .map(path => relative(host.workspace, path).split(sep).join('/'))
}
