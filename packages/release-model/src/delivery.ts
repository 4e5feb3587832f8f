import {join} from 'node:path'
import {type Host, markdownTable} from '@mcp-release/action-kit'
import type {ArtifactKind, BuiltArtifact, LeftOutFile} from './artifact'
import type {BuildRequest} from './build-request'
import {describeFile, formatFragment} from './fragment'

/** A file that passed all checks and may now appear under its final name. */
export interface FinishedFile {
  readonly name: string
  readonly kind: ArtifactKind
  readonly platform?: string
  /** The plan's package, when it is another than that of the request. */
  readonly package?: string
  readonly content: Uint8Array
}

/** Writes the finished files, the fragment if one was asked for, and tables into the job summary. */
export async function deliver(
  host: Host,
  request: Pick<BuildRequest, 'output' | 'fragment' | 'package'>,
  files: readonly FinishedFile[],
  leftOut: readonly LeftOutFile[] = [],
): Promise<readonly BuiltArtifact[]> {
  const artifacts: BuiltArtifact[] = []
  for (const {content, ...file} of files) {
    const path = join(request.output, file.name)
    await host.files.write(path, content)
    const owner = file.package ?? request.package
    const described = {...file, ...(owner === undefined ? {} : {package: owner})}
    artifacts.push(await describeFile(host.files, path, described))
  }
  if (request.fragment !== undefined) await host.files.write(request.fragment, formatFragment(artifacts, leftOut))
  for (const {name, size, sha256} of artifacts) host.info(`${name}: ${size} bytes, sha256 ${sha256}`)
  const rows = artifacts.map(({name, kind, size, sha256}) => [`\`${name}\``, kind, `${size}`, `\`${sha256}\``])
  await host.summary(markdownTable(['file', 'kind', 'bytes', 'sha256'], rows))
  if (leftOut.length > 0) {
    const reasons = leftOut.map(({name, reason, hint}) => [`\`${name}\``, [reason, hint ?? ''].join(' ').trim()])
    await host.summary(markdownTable(['left out', 'why'], reasons))
  }
  return artifacts
}
