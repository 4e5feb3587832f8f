import {relative, sep} from 'node:path'
import {type Host, InputError, isBelow} from '@mcp-release/action-kit'
import type {Content} from './content'
import {readFolder} from './folder'
import {type Project, bundleFolders} from './project'
import type {BundleRequest} from './request'

/** A folder packed as it is, with the manifest that lies in it. */
export async function folderContent(
  host: Host,
  request: BundleRequest,
  {project, output}: {readonly project: Project; readonly output: string},
): Promise<Content> {
  const {manifest, keeps} = project
  const {directory, targets} = request
  const [platform] = targets
  if (manifest === undefined) {
    throw new InputError(
      [
        `working-directory: ${directory} has neither manifest.json nor mcpb/manifest.json, and files names nothing to make a bundle of`,
      ],
      {
        hint: 'Give the built files (an npm tarball, a wheel, archives with an executable) by files, or write a manifest.json.',
      },
    )
  }
  if (targets.length > 1)
    throw new InputError(['targets: a folder that is packed as it is can be for one platform only'])
  const way = relative(directory, output).split(sep).join('/')
  const aside = new Set([...(isBelow(directory, output) ? [way] : []), ...bundleFolders])
  const {server, name} = manifest
  return {
    command: name,
    ...(platform === undefined ? {} : {platform}),
    files: await readFolder(host, directory, {keeps: name => !aside.has(name) && keeps(name)}),
    server: {
      type: server.type,
      entryPoint: server.entry_point,
      config: server.mcp_config ?? uvConfig(server.entry_point),
    },
    metadata: {},
  }
}

function uvConfig(entryPoint: string): Content['server']['config'] {
  return {command: 'uv', args: ['run', '--directory', '${__dirname}', entryPoint]}
}
