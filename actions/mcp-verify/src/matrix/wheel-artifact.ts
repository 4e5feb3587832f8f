import type {ArchiveEntry} from '@mcp-release/archives'
import type {Artifact} from './artifact'
import {parseRequirement, rangeOf} from './python-requirement'
import {sdkPackages} from './sdk-packages'

/** Reads the metadata of a wheel (https://packaging.python.org/en/latest/specifications/core-metadata/). */
export function wheelArtifact(entries: readonly ArchiveEntry[]): Artifact | undefined {
  const metadata = entries.find(({name}) => /^[^/]+\.dist-info\/METADATA$/.test(name))
  if (metadata === undefined) return undefined
  const headers =
    Buffer.from(metadata.content)
      .toString()
      .split(/\r?\n\r?\n/)[0] ?? ''
  const all = (name: string) =>
    [...headers.matchAll(new RegExp(`^${name}:[ \\t]*(.*)$`, 'gim'))].map(([, value = '']) => value.trim())
  const requirements = all('Requires-Dist').flatMap(text => parseRequirement(text) ?? [])
  return {
    ecosystem: 'pypi',
    runtime: 'python',
    name: all('Name')[0] ?? '',
    version: all('Version')[0] ?? '',
    requires: all('Requires-Python')[0] ?? '',
    needs: environment =>
      sdkPackages.pypi.flatMap(name => {
        const range = rangeOf(requirements, name, environment)
        return range === undefined ? [] : [{name, range}]
      }),
  }
}
