import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {readZip, tarNames} from '@mcp-release/archives'
import type {Source} from './stage'
import type {Subject} from './subject'

/** The package itself, without what it depends on: its own metadata, as an installer would leave it. */
export async function stageAlone(
  host: Host,
  {path, name, kind}: Subject,
  {folder, reason}: {readonly folder: string; readonly reason: string},
): Promise<Source> {
  if (kind === 'wheel') {
    const entries = readZip(await host.files.readBytes(path))
    const metadata = entries.find(each => /^[^/]+\.dist-info\/METADATA$/.test(each.name))
    await host.files.write(join(folder, `${name.replace(/\.whl$/, '')}.dist-info/METADATA`), metadata?.content ?? '')
  } else {
    const manifest = (await tarNames(path)).find(each => /^[^/]+\/package\.json$/.test(each.name))
    await host.files.write(join(folder, 'node_modules/package/package.json'), manifest?.content ?? '{}')
  }
  return {location: `dir:${folder}`, base: folder, incomplete: [{reason}]}
}
