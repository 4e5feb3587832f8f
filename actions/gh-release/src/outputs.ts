import {type OutputsOf, markdownTable} from '@mcp-release/action-kit'
import type {Asset, LocalFile, Release} from '@mcp-release/github'
import {formatChecksums} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {FileState} from './converge'
import type {Result} from './run'

/** A result, also of a rehearsal that found no release. */
export type Ending = Omit<Result, 'release'> & {readonly release: Release | undefined}

interface Row {
  readonly name: string
  readonly url: string
  readonly size: number
  readonly sha256: string
  readonly state: FileState | 'other'
}

function rowsOf({release, assets, files: states}: Ending, files: readonly LocalFile[]): readonly Row[] {
  const own = files.filter(({name}) => states.get(name) !== 'kept')
  const digests = new Map(own.map(({name, sha256}) => [name, sha256]))
  return [...assets]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(asset => ({
      name: asset.name,
      url: publicUrl(asset, release),
      size: asset.size,
      sha256: asset.sha256 ?? digests.get(asset.name) ?? '',
      state: states.get(asset.name) ?? 'other',
    }))
}

// The address that a draft's file will have: today's has a random word in place of the tag.
function publicUrl({url}: Asset, release: Release | undefined): string {
  if (release?.draft !== true) return url
  const tag = release.tag.split('/').map(encodeURIComponent).join('/')
  return url.replace(/\/releases\/download\/untagged-[^/]+\//, () => `/releases/download/${tag}/`)
}

/** The outputs of the action. */
export function outputsOf(ending: Ending, tag: string, files: readonly LocalFile[]): OutputsOf<typeof contract> {
  const {release, state} = ending
  const rows = rowsOf(ending, files)
  return {
    id: release === undefined ? '' : String(release.id),
    url: release?.url ?? '',
    'upload-url': release?.uploadUrl ?? '',
    tag: release?.tag ?? tag,
    draft: String(release?.draft ?? true),
    prerelease: String(release?.prerelease ?? false),
    immutable: String(release?.immutable ?? false),
    state,
    assets: JSON.stringify(rows),
    checksums: formatChecksums(rows.filter(({sha256}) => sha256 !== '')),
  }
}

/** The job summary. */
export function summaryOf(ending: Ending, tag: string, files: readonly LocalFile[]): string {
  const {release, state} = ending
  const kind = release?.draft === false ? 'Release' : 'Draft'
  const rows = rowsOf(ending, files).map(row => [row.name, String(row.size), row.sha256, row.state])
  const title = `### ${kind} ${release?.tag ?? tag}: ${state}\n\n`
  return `${title}${release === undefined ? '' : `${release.url}\n\n`}${markdownTable(['asset', 'bytes', 'sha256', 'state'], rows)}\n`
}
