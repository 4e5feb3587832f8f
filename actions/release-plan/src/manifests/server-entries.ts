import type {RegistryEntry} from '@mcp-release/package-rules'
import {releaseFiles, serverNameFor} from '@mcp-release/release-model'
import {type PackageName, matching} from '@mcp-release/server-json'
import {below} from '../detected'
import type {Buildable} from '../jobs'
import type {Surroundings} from './surroundings'

type Kind = 'npm' | 'pypi' | 'cargo'

/** The names of servers that a package must carry: by a server.json beside it, and by that of the release. */
export function serverNames(each: Buildable, registryType: Kind, {tree, serverJson}: Surroundings): readonly string[] {
  const is = (identifier: string) => means(each, {registryType, identifier})
  const own = tree.texts[below(each.path, releaseFiles.serverJson)]
  const beside = own === undefined ? undefined : serverNameFor(own, {registryType, is})
  // That of the release says of a package elsewhere only what it lists.
  const listed = entryOf(each, registryType, serverJson) === undefined ? undefined : nameIn(serverJson)
  return [...new Set([beside, listed].filter(name => name !== undefined))]
}

/** What a server.json has clients do with a package. */
export function entryOf(each: Buildable, registryType: Kind, text: string | undefined): RegistryEntry | undefined {
  return entriesIn(text).find(entry => entry.registryType === registryType && means(each, entry))
}

function means({name}: Buildable, entry: PackageName): boolean {
  const type = entry.registryType as Kind
  return matching(entry, [{type, name, file: ''}]).length > 0
}

type Loose = Readonly<Record<string, unknown>>

/** The entries of `packages`, as far as they say what they mean and who fetches it. */
export function entriesIn(text: string | undefined): readonly RegistryEntry[] {
  const {packages} = read(text)
  return (Array.isArray(packages) ? (packages as readonly unknown[]) : []).flatMap(each => {
    const {registryType, identifier, runtimeHint, runtimeArguments} = record(each)
    if (typeof registryType !== 'string' || typeof identifier !== 'string') return []
    const words = (Array.isArray(runtimeArguments) ? (runtimeArguments as readonly unknown[]) : [])
      .map(record)
      .flatMap(({name, value}) => [name, value])
      .filter(word => typeof word === 'string')
    return [
      {
        registryType,
        identifier,
        ...(typeof runtimeHint === 'string' ? {runtimeHint} : {}),
        ...(words.length === 0 ? {} : {runtimeArguments: words}),
      },
    ]
  })
}

/** Whether a server.json lists an image. */
export function listsImage(text: string | undefined, {name}: Pick<Buildable, 'name'>): boolean {
  return entriesIn(text).some(
    entry => entry.registryType === 'oci' && matching(entry, [{type: 'oci', name, file: ''}]).length > 0,
  )
}

/** The name of the server. */
export function nameIn(text: string | undefined): string | undefined {
  const {name} = read(text)
  return typeof name === 'string' ? name : undefined
}

// What is wrong with the document is told by its own check.
function read(text: string | undefined): Loose {
  try {
    return record(JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}

function record(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
}
