import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {type ArchiveFile, tarGz} from '@mcp-release/archives'
import type {LockedMember} from '@mcp-release/mcpb/locks'
import {parseObject} from './parse-object'
import {type Source, readSource} from './sources'

type Tarball = Extract<Source, {kind: 'npm'}>

/** Where packages of the same repository are looked for. */
export interface MemberPlaces {
  readonly tarball: Tarball
  /** The folder of the lock file. Absolute. */
  readonly root: string
  /** The other files of the release. */
  readonly siblings: readonly string[]
}

/**
 * Writes the archive of each package of the same repository beside package.json, for npm to install: the one that is
 * released with it, the copy that is bundled in the tarball, or what npm packs of its folder. No script runs.
 */
export async function writeMembers(
  host: Host,
  folder: string,
  {members, places}: {readonly members: readonly LockedMember[]; readonly places: MemberPlaces},
): Promise<void> {
  if (members.length === 0) return
  const released = new Map<string, readonly ArchiveFile[]>()
  for (const path of places.siblings) {
    const source = await readSource(host, path)
    if (source?.kind === 'npm') released.set(nameOf(source.entries), source.entries)
  }
  for (const member of members) {
    const found = released.get(member.name) ?? bundledCopy(places.tarball.entries, member.name)
    const entries = found ?? (await packed(host, join(places.root, member.folder), folder))
    requireMain(places.tarball.file, member, entries)
    const inside = entries
      .filter(({name}) => !name.startsWith('node_modules/'))
      .map(entry => ({...entry, name: `package/${entry.name}`}))
    await host.files.write(join(folder, member.archive), tarGz(inside, {time: 0}))
  }
}

function bundledCopy(entries: readonly ArchiveFile[], name: string): readonly ArchiveFile[] | undefined {
  const prefix = `node_modules/${name}/`
  const copy = entries
    .filter(entry => entry.name.startsWith(prefix))
    .map(entry => ({...entry, name: entry.name.slice(prefix.length)}))
  return copy.length === 0 ? undefined : copy
}

async function packed(host: Host, member: string, folder: string): Promise<readonly ArchiveFile[]> {
  const target = await host.files.makeTemporary('mcpb-member')
  try {
    await host.exec(
      ['npm', 'pack', member, '--ignore-scripts', '--pack-destination', target, '--loglevel=error', '--silent'],
      {cwd: folder, installHint: 'Install Node.js, for example with actions/setup-node.'},
    )
    const [file] = await host.files.find(['*.tgz'], {cwd: target})
    const source = file === undefined ? undefined : await readSource(host, join(target, file))
    return source?.kind === 'npm' ? source.entries : []
  } finally {
    await host.files.remove(target)
  }
}

// In a fresh checkout nothing is built.
function requireMain(file: string, {name, folder}: LockedMember, entries: readonly ArchiveFile[]): void {
  const names = new Set(entries.map(entry => entry.name))
  const main = fieldsOf(entries)['main']
  const path = typeof main === 'string' ? main.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') : undefined
  const whole =
    names.has('package.json') &&
    (path === undefined || ['', '.js', '.json', '/index.js'].some(end => names.has(`${path}${end}`)))
  if (whole) return
  throw new ActionError('BUNDLE', `${file}: it needs ${name}, which lies in ${folder} and is not built there`, {
    hint: `Release ${name}, too, or name it under bundledDependencies of package.json.`,
  })
}

function fieldsOf(entries: readonly ArchiveFile[]): Readonly<Record<string, unknown>> {
  const manifest = entries.find(({name}) => name === 'package.json')
  return parseObject(Buffer.from(manifest?.content ?? []).toString())
}

function nameOf(entries: readonly ArchiveFile[]): string {
  const {name} = fieldsOf(entries)
  return typeof name === 'string' ? name : ''
}
