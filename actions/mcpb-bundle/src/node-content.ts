import {posix} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {npmMetadata} from '@mcp-release/mcpb'
import {type Platform, serverCommand} from '@mcp-release/release-model'
import type {Content} from './content'
import {readCompanions, withoutDependencies} from './companions'
import {installDependencies} from './npm-install'
import {jsonObject} from './parse-object'
import type {BundleRequest} from './request'
import type {Source} from './sources'

type Tarball = Extract<Source, {kind: 'npm'}>
type Fields = Readonly<Record<string, unknown>>

/** The content of an npm tarball with its production dependencies, once for every platform or once for each target. */
export async function nodeContents(host: Host, tarball: Tarball, request: BundleRequest): Promise<readonly Content[]> {
  const manifest = tarball.entries.find(({name}) => name === 'package.json')
  const fields = readFields(tarball.file, Buffer.from(manifest?.content ?? []).toString())
  const {command, target} = serverBin(tarball, fields, request.executable)
  const platforms: readonly (Platform | undefined)[] = request.targets.length === 0 ? [undefined] : request.targets
  const companions = await readCompanions(host, request.companions ?? [])
  const contents: Content[] = []
  for (const platform of platforms) {
    const modules = await installDependencies(host, {
      tarball,
      fields: withoutDependencies(fields, companions.names),
      directory: request.directory,
      siblings: request.siblings ?? [],
      platform,
    })
    contents.push({
      command,
      ...(platform === undefined ? {} : {platform}),
      files: merged(tarball.entries, [...modules.filter(file => !companions.has(file.name)), ...companions.files]),
      server: {type: 'node', entryPoint: target, config: {command: 'node', args: [`\${__dirname}/${target}`]}},
      metadata: npmMetadata(fields),
      bundled: {registryType: 'npm', name: typeof fields['name'] === 'string' ? fields['name'] : command},
      ...engines(fields),
    })
  }
  return contents
}

// What was installed holds bundled dependencies, too.
function merged(entries: readonly ArchiveFile[], modules: readonly ArchiveFile[]): readonly ArchiveFile[] {
  const own = modules.length === 0 ? entries : entries.filter(({name}) => !name.startsWith('node_modules/'))
  return [...own, ...modules]
}

function readFields(file: string, text: string): Fields {
  const fields = jsonObject(text)
  if (fields === undefined) throw new InputError([`${file}: package.json: is not a JSON object`])
  return fields
}

function serverBin(
  {file}: Tarball,
  {name, bin}: Fields,
  asked: string | undefined,
): {readonly command: string; readonly target: string} {
  const label = typeof name === 'string' ? name : ''
  const bins: Fields =
    typeof bin === 'string'
      ? {[label.replace(/^@[^/]+\//, '')]: bin}
      : typeof bin === 'object' && bin !== null
        ? (bin as Fields)
        : {}
  const command = serverCommand(Object.keys(bins), {name: label, asked})
  const target = command === undefined ? undefined : bins[command]
  if (command === undefined || typeof target !== 'string') {
    const has = Object.keys(bins).length === 0 ? 'no bin' : `only ${Object.keys(bins).sort().join(', ')}`
    throw new InputError([
      `${file}: package.json has ${has}${asked === undefined ? '' : `, and not ${JSON.stringify(asked)}`}; the bin is what a client starts`,
    ])
  }
  return {command: posix.basename(command), target: posix.join('/', target.replaceAll('\\', '/')).slice(1)}
}

function engines({engines: given}: Fields): Pick<Content, 'runtimes'> {
  const node = typeof given === 'object' && given !== null ? (given as Fields)['node'] : undefined
  return typeof node === 'string' ? {runtimes: {node}} : {}
}
