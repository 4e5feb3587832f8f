import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type Manifest, formatChecksums, formatJson, suffixes} from '@mcp-release/release-model'

/** Writes the manifest, then the checksums of every file but signatures and the checksums file itself. */
export async function writeRecords(
  host: Host,
  what: {
    readonly directory: string
    readonly manifest: Manifest
    readonly names: {readonly manifest: string; readonly checksums: string}
  },
): Promise<{manifest: string; checksums: string; files: string}> {
  const manifest = join(what.directory, what.names.manifest)
  const checksums = join(what.directory, what.names.checksums)
  await host.files.write(manifest, formatJson(what.manifest))
  const names = (await host.files.list(what.directory)).filter(
    name => name !== what.names.checksums && !name.endsWith(suffixes.signature),
  )
  const lines = await Promise.all(
    names.map(async name => ({name, sha256: await host.files.sha256(join(what.directory, name))})),
  )
  await host.files.write(checksums, formatChecksums(lines))
  return {manifest, checksums, files: [...names, what.names.checksums].join('\n')}
}
