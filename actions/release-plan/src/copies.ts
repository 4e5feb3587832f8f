import {extname, join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type Plan, releaseFiles} from '@mcp-release/release-model'

/**
 * Copies what later jobs read of the repository, so that they need no checkout: the changelog, under one name whatever its own is,
 * and server.json, each where the plan has it. Returns the name of the changelog's copy, or nothing without a changelog.
 */
export async function copySources(
  host: Host,
  {changelog, artifacts}: Pick<Plan, 'changelog' | 'artifacts'>,
  {root, copies}: {readonly root: string; readonly copies: string},
): Promise<string> {
  const {serverJson} = releaseFiles
  if (artifacts.some(({kind}) => kind === 'server-json'))
    await host.files.copy(join(root, serverJson), join(copies, serverJson))
  if (changelog === undefined) return ''
  const name = `CHANGELOG${extname(changelog)}`
  await host.files.copy(changelog, join(copies, name))
  return name
}
