import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {readZip, tarNames} from '@mcp-release/archives'
import {stageBundle} from './bundle-stage'
import type {Source} from './stage'
import type {Subject} from './subject'

/** The package itself, without what it depends on: its own metadata, as an installer would leave it. */
export async function stageAlone(
  host: Host,
  subject: Subject,
  {folder, reason}: {readonly folder: string; readonly reason: string},
): Promise<Source> {
  const {path, name, kind} = subject
  if (kind === 'bundle') return stageBundle(host, subject, folder, reason)
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

/** The line of pip or npm that says why, without the folders of this machine. */
export function whyUnresolved(message: string, folders: readonly string[]): string {
  // The first line is the command.
  const [command = '', ...lines] = message.split('\n')
  const said = lines.filter(line => /^ERROR: |^npm (?:error|ERR!) (?!code |errno |syscall )/.test(line))
  const line = (said[0] ?? lines.at(-1) ?? command).replace(
    /^ERROR: |^npm (?:error|ERR!) (?:(?:notarget|notsup|network|404) )?(?:- )?/,
    '',
  )
  const plain = folders.reduce((rest, folder) => rest.replaceAll(`${folder}/`, '').replaceAll(folder, '.'), line)
  return plain.slice(0, 300)
}
