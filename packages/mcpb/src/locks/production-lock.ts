import {type Edge, type LockGraph, type LockedPackage, reach} from './graph'
import {placed} from './placed'

/** What npm installs the production dependencies of a package by. */
export interface ProductionLock {
  /** package.json and package-lock.json, which name nothing but what is installed. */
  readonly manifest: object
  readonly lock: object
  /** Packages of the same repository that are among them. */
  readonly members: readonly LockedMember[]
  /** Direct dependencies that the lock file does not have, as package.json asks for them. */
  readonly unlocked: Readonly<Record<string, string>>
}

export interface LockedMember {
  readonly name: string
  /** Relative to the lock file. */
  readonly folder: string
  /** The archive in which npm looks for it, beside package.json. */
  readonly archive: string
}

export interface Direct {
  readonly required: readonly Edge[]
  readonly optional: readonly Edge[]
  readonly unlocked: Readonly<Record<string, string>>
}

// https://docs.npmjs.com/cli/configuring-npm/package-lock-json
/**
 * A package-lock.json with exactly the versions of a lock file of any package manager. Ranges are `*` everywhere: the entries
 * decide, and overrides of the project, which only its own manager reads, are in them already.
 */
export function productionLock(graph: LockGraph, {required, optional, unlocked}: Direct): ProductionLock {
  const needed = reach(graph, required, each => each.required)
  const members = new Map<string, LockedMember>()
  const packages: Record<string, object> = {}
  for (const [path, {name, key}] of placed(graph, [...required, ...optional])) {
    const each = graph.find(key)
    if (each === undefined) continue
    const member = memberOf(each)
    if (member !== undefined) members.set(key, member)
    packages[path] = entry(each, {alias: name, optional: !needed.has(key), member})
  }
  const top = {dependencies: {...any(required), ...unlocked}, optionalDependencies: any(optional)}
  const manifest = {name: 'bundle', version: '0.0.0', private: true, ...top}
  return {
    manifest,
    lock: {...identity(manifest), lockfileVersion: 3, requires: true, packages: {'': manifest, ...packages}},
    members: [...members.values()],
    unlocked,
  }
}

function identity({name, version}: {readonly name: string; readonly version: string}) {
  return {name, version}
}

function memberOf({name, member}: LockedPackage): LockedMember | undefined {
  if (member === undefined) return undefined
  return {name, folder: member, archive: `${name.replace(/^@/, '').replaceAll('/', '-')}.tgz`}
}

interface Circumstances {
  readonly alias: string
  readonly optional: boolean
  readonly member: LockedMember | undefined
}

function entry(each: LockedPackage, {alias, optional, member}: Circumstances): object {
  const {name, version, integrity, source, machines} = each
  const resolved = member === undefined ? source : `file:${member.archive}`
  const isVersion = member === undefined && /^\d/.test(version)
  return {
    ...(alias === name ? {} : {name}),
    // npm reads the version of an archive beside it in the archive.
    version: isVersion ? version : '0.0.0',
    ...(resolved === undefined ? {} : {resolved}),
    ...(integrity === undefined || member !== undefined ? {} : {integrity}),
    ...(optional ? {optional} : {}),
    dependencies: any(each.required),
    optionalDependencies: any(each.optional),
    ...machines,
  }
}

function any(edges: readonly Edge[]): Readonly<Record<string, string>> {
  return Object.fromEntries(edges.map(({name}) => [name, '*']))
}
