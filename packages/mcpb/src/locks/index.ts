import {type LockGraph, nativeIn, table, textEntries} from './graph'
import {bunGraph} from './bun'
import {type WorkspaceMember, withMembers} from './members'
import {npmGraph} from './npm'
import {pnpmGraph} from './pnpm'
import {type Direct, type ProductionLock, productionLock} from './production-lock'
import {yarnGraph} from './yarn'

export type {Edge, LockedPackage} from './graph'
export type {WorkspaceMember} from './members'
export type {OwnSources} from './own-sources'
export {ownSources} from './own-sources'
export {placed} from './placed'
export type {LockedMember, ProductionLock} from './production-lock'
export {
  type LockedRelease,
  constraintOf,
  isMember,
  lockDifferences,
  lockedNames,
  lockedReleases,
  pythonLockCommands,
  pythonLockFiles,
} from './python'

/** The lock files that are read, npm-shrinkwrap.json first, because npm prefers it. */
const readers: Readonly<Record<string, (text: string) => LockGraph>> = {
  'npm-shrinkwrap.json': npmGraph,
  'package-lock.json': npmGraph,
  'pnpm-lock.yaml': pnpmGraph,
  'yarn.lock': yarnGraph,
  'bun.lock': bunGraph,
}

/** The names of the lock files that are read. */
export const lockFiles = Object.keys(readers)

/** A lock file, and where the package lies whose dependencies it locks. */
export interface Locked {
  readonly name: string
  readonly text: string
  /** The folder of the package, relative to that of the lock file, `.` for the same. */
  readonly folder: string
}

/**
 * The names of the packages that the users of a package get and that are compiled for one platform each. A lock file that
 * cannot be read says nothing: its own package manager tells what is wrong with it when the package is built.
 */
export function nativeDependencies({name, text, folder}: Locked, manifest: string): readonly string[] {
  try {
    const graph = readers[name]?.(text)
    if (graph === undefined) return []
    return nativeIn(graph, direct(graph, folder, JSON.parse(manifest) as Readonly<Record<string, unknown>>))
  } catch {
    return []
  }
}

/** The package.json of a package: as it is packed, and as it is in the repository, with the ranges that were locked. */
export interface Manifests {
  readonly packed: Fields
  readonly own: Fields
}

/**
 * What npm installs the production dependencies of a package by, with the versions of its lock file; `undefined` when the
 * lock file is of no format that is read.
 */
export function lockedInstallation(
  {name, text, folder}: Locked,
  {packed, own}: Manifests,
  members: readonly WorkspaceMember[] = [],
): ProductionLock | undefined {
  try {
    const read = readers[name]?.(text)
    if (read === undefined) return undefined
    const graph = withMembers(read, members)
    return productionLock(graph, direct(graph, folder, packed, {own, peers: true}))
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>

function direct(
  graph: LockGraph,
  folder: string,
  fields: Fields,
  {own = {}, peers = false}: {readonly own?: Fields; readonly peers?: boolean} = {},
): Direct {
  const entries = (kind: string) =>
    textEntries(fields[kind]).map(([name, range]) => {
      const written = table(own[kind])[name]
      const key = graph.direct(folder, name, typeof written === 'string' ? written : range)
      return {name, range, ...(key === undefined || graph.find(key) === undefined ? {} : {key})}
    })
  const optional = entries('optionalDependencies')
  const taken = new Set(optional.map(({name}) => name))
  const facts = table(fields['peerDependenciesMeta'])
  const provided = peers ? entries('peerDependencies') : []
  // npm counts what is named twice as optional.
  const required = [
    ...entries('dependencies'),
    ...provided.filter(({name}) => table(facts[name])['optional'] !== true),
  ].filter(({name}) => !taken.has(name) && taken.add(name))
  const found = (list: typeof required) => list.flatMap(({name, key}) => (key === undefined ? [] : [{name, key}]))
  const missing = required.filter(({key}) => key === undefined).map(({name, range}) => [name, range] as const)
  return {required: found(required), optional: found(optional), unlocked: Object.fromEntries(missing)}
}
