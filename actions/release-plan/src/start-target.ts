import type {StartTarget} from '@mcp-release/start-recipes'
import type {Candidate, Detected} from './detected'

/** A package as instructions may name it. */
export function startTarget(
  each: Detected,
  packages: readonly (Detected & Partial<Pick<Candidate, 'role'>>)[],
): StartTarget {
  const {ecosystem, name, crate, path, executables, entries, importPath, manifest, main, module, entry, sources} = each
  const rivals = packages.filter(
    other =>
      other.ecosystem === ecosystem &&
      other.role !== 'program' &&
      other.role !== 'library' &&
      other.aside === undefined &&
      (ecosystem === 'oci' || other.executables.length > 0 || other.module !== undefined || other.entry !== undefined),
  )
  return {
    ecosystem,
    name,
    path,
    executables,
    alone: rivals.every(other => other === each || (other.path === path && other.name === name)),
    ...(entries === undefined ? {} : {entries}),
    ...(importPath === undefined ? {} : {importPath}),
    ...(ecosystem === 'go' && main !== undefined ? {main} : {}),
    ...(module === undefined ? {} : {module}),
    ...(entry === undefined ? {} : {entry}),
    ...(sources?.modules === undefined ? {} : {modules: sources.modules}),
    ...(sources?.extras === undefined ? {} : {extras: sources.extras}),
    ...(sources?.scripts === undefined ? {} : {scripts: sources.scripts}),
    published: packages.map(other => ({ecosystem: other.ecosystem, name: other.name})),
    manifest,
    // What is said of a crate is said of the program that it is named after, where there is one.
    ...(crate === undefined || packages.some(other => other.path === path && other.name === crate) ? {} : {crate}),
    ...(ecosystem === 'oci' ? {containerfile: manifest} : {}),
  }
}
