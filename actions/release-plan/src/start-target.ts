import type {StartTarget} from '@mcp-release/start-recipes'
import type {Candidate, Detected} from './detected'

/** A package as instructions may name it. */
export function startTarget(
  each: Detected,
  packages: readonly (Detected & Partial<Pick<Candidate, 'role'>>)[],
): StartTarget {
  const {ecosystem, name, crate, path, executables, entries, importPath, manifest} = each
  const rivals = packages.filter(
    other =>
      other.ecosystem === ecosystem &&
      other.role !== 'program' &&
      other.role !== 'library' &&
      other.aside === undefined &&
      (ecosystem === 'oci' || other.executables.length > 0),
  )
  return {
    ecosystem,
    name,
    path,
    executables,
    alone: rivals.every(other => other === each || (other.path === path && other.name === name)),
    ...(entries === undefined ? {} : {entries}),
    ...(importPath === undefined ? {} : {importPath}),
    // What is said of a crate is said of the program that it is named after, where there is one.
    ...(crate === undefined || packages.some(other => other.path === path && other.name === crate) ? {} : {crate}),
    ...(ecosystem === 'oci' ? {containerfile: manifest} : {}),
  }
}
