import {type LockGraph, nativeIn, textEntries} from './graph'
import {bunGraph} from './bun'
import {npmGraph} from './npm'
import {pnpmGraph} from './pnpm'
import {yarnGraph} from './yarn'

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
    const fields = JSON.parse(manifest) as Readonly<Record<string, unknown>>
    const keys = (kind: string) =>
      textEntries(fields[kind]).flatMap(([each, range]) => graph.direct(folder, each, range) ?? [])
    return nativeIn(graph, {required: keys('dependencies'), optional: keys('optionalDependencies')})
  } catch {
    return []
  }
}
