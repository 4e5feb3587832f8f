import type {ArchiveEntry} from '@mcp-release/archives'
import {isNpmRange} from '@mcp-release/release-model'
import type {Artifact} from './artifact'
import {sdkPackages} from './sdk-packages'

/** Reads the package.json of an npm tarball (https://docs.npmjs.com/cli/configuring-npm/package-json). */
export function npmArtifact(entries: readonly ArchiveEntry[]): Artifact | undefined {
  const manifest = entries.find(({name}) => name === 'package/package.json')
  if (manifest === undefined) return undefined
  const read = record(JSON.parse(Buffer.from(manifest.content).toString()))
  const dependencies = {...record(read['peerDependencies']), ...record(read['dependencies'])}
  const needs = sdkPackages.npm.flatMap(name => {
    const range = dependencies[name]
    // A path or URL names no versions that could be chosen from.
    return typeof range === 'string' && isNpmRange(range) ? [{name, range}] : []
  })
  return {
    ecosystem: 'npm',
    runtime: 'node',
    name: text(read['name']),
    version: text(read['version']),
    requires: text(record(read['engines'])['node']),
    needs: () => needs,
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
