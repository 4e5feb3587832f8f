import {normalizedPythonName} from '@mcp-release/release-model'
import type {Candidate} from './built-package'
import {imageReference} from './image-reference'

/** An entry of `packages`, as far as it says what it means. */
export interface PackageName {
  readonly registryType: string
  readonly identifier: string
}

/** The things of a release that an entry of server.json means: none, one, or the files of one Python package. */
export function matching<C extends Candidate>(entry: PackageName, candidates: readonly C[]): readonly C[] {
  const {registryType, identifier} = entry
  const same = candidates.filter(({type}) => type === registryType)
  if (registryType === 'npm') return same.filter(({name}) => name === identifier)
  if (registryType === 'pypi' || registryType === 'cargo')
    return same.filter(({name}) => normalizedPythonName(name) === normalizedPythonName(identifier))
  const wanted = registryType === 'oci' ? imageReference(identifier).repository : withoutVersions(identifier)
  const last = wanted.slice(wanted.lastIndexOf('/') + 1)
  const named = same.filter(({name}) => (registryType === 'oci' ? name : withoutVersions(name)) === last)
  return named.length > 0 || same.length !== 1 ? named : same
}

// The file name of a bundle has a version in it, which differs from release to release, or a placeholder for one.
function withoutVersions(name: string): string {
  return name.replaceAll(/\$?\{\w+\}|\$VERSION\b|v?\d+\.\d+\.\d+(?:-?(?:alpha|beta|a|b|rc)[.-]?\d+)?/gi, '*')
}
