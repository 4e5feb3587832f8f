import type {Host} from '@mcp-release/action-kit'
import {InputError} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {parseObject} from './parse-object'
import {readSource} from './sources'

/** Packages that are put into `node_modules` as they are released. */
export interface Companions {
  readonly names: readonly string[]
  readonly files: readonly ArchiveFile[]
  /** Whether a file below `node_modules` is of one of them. */
  has(file: string): boolean
}

/** Reads npm tarballs of the release as what npm would install of them. */
export async function readCompanions(host: Host, paths: readonly string[]): Promise<Companions> {
  const names: string[] = []
  const files: ArchiveFile[] = []
  for (const path of paths) {
    const source = await readSource(host, path)
    const manifest = source?.kind === 'npm' ? source.entries.find(({name}) => name === 'package.json') : undefined
    const {name} = parseObject(Buffer.from(manifest?.content ?? []).toString())
    if (source?.kind !== 'npm' || typeof name !== 'string' || !plainName.test(name))
      throw new InputError([`files: ${path} is no npm tarball of a package for one platform`])
    names.push(name)
    files.push(...source.entries.map(entry => ({...entry, name: `node_modules/${name}/${entry.name}`})))
  }
  return {names, files, has: file => names.some(name => file.startsWith(`node_modules/${name}/`))}
}

// It becomes a folder (https://docs.npmjs.com/cli/configuring-npm/package-json#name).
const plainName = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/

/** What package.json says, without some of its dependencies: they are not looked for in an index. */
export function withoutDependencies(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  if (names.length === 0) return fields
  const lists = ['dependencies', 'optionalDependencies', 'peerDependencies'].filter(
    list => typeof fields[list] === 'object' && fields[list] !== null,
  )
  const kept = lists.map(
    list =>
      [
        list,
        Object.fromEntries(Object.entries(fields[list] as object).filter(([name]) => !names.includes(name))),
      ] as const,
  )
  return {...fields, ...Object.fromEntries(kept)}
}
