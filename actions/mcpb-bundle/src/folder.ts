import {join} from 'node:path'
import {ActionError, type Host, inParallel, isBelow} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'

/**
 * All files of a folder that are wanted, with their modes; none when the folder is not there. A link becomes the file
 * that it points to; one that leaves the folder or points to a folder is refused, because a bundle cannot hold it.
 */
export async function readFolder(
  host: Host,
  folder: string,
  {
    keeps = () => true,
    ignore = [],
  }: {readonly keeps?: (name: string) => boolean; readonly ignore?: readonly string[]} = {},
): Promise<readonly ArchiveFile[]> {
  if ((await host.files.stat(folder))?.kind !== 'directory') return []
  const root = await host.files.realPath(folder)
  const names = await host.files.find(['**'], {cwd: folder, ignore: ['**/.git/**', ...ignore]})
  return inParallel(names.filter(keeps), {width: 16, work: name => readFile(host, {root, folder, name})})
}

async function readFile(
  host: Host,
  {root, folder, name}: {readonly root: string; readonly folder: string; readonly name: string},
): Promise<ArchiveFile> {
  const path = await host.files.realPath(join(folder, name))
  const found = await host.files.stat(path)
  if (!isBelow(root, path) || found?.kind !== 'file') {
    const what = found?.kind === 'directory' ? 'a folder' : 'no file of the folder'
    throw new ActionError('BUNDLE', `${join(folder, name)}: is a link to ${JSON.stringify(path)}, ${what}`, {
      hint: 'A bundle holds files alone. With pnpm install with --config.node-linker=hoisted; or name it in .mcpbignore.',
    })
  }
  return {name, mode: (found.mode & 0o100) === 0 ? 0o644 : 0o755, content: await host.files.readBytes(path)}
}
