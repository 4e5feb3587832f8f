import {ActionError} from '@mcp-release/action-kit'
import type {Asset, LocalFile, Release} from '@mcp-release/github'
import {suffixes} from '@mcp-release/release-model'
import {isSame} from './reconcile'
import type {Task} from './task'

/** A published release that is left as it is; refuses it when that is asked for. A draft is always gone on with. */
export function leftAlone(task: Pick<Task, 'onExistingRelease'>, release: Release | undefined): Release | undefined {
  if (release === undefined || release.draft || task.onExistingRelease === 'update') return undefined
  if (task.onExistingRelease === 'skip') return release
  throw new ActionError('PUBLISHED', `on-existing-release: ${release.tag} is published already: ${release.url}`, {
    hint: 'Release a new version, or use `on-existing-release: update` or `skip`.',
  })
}

/** The files that are brought to a release, and those in whose place it keeps what it has under their names. */
export function chooseFiles(
  {files, onExistingAsset}: Pick<Task, 'files' | 'onExistingAsset'>,
  {assets, draft}: {readonly assets: readonly Asset[]; readonly draft: boolean},
): {readonly files: readonly LocalFile[]; readonly kept: readonly LocalFile[]} {
  if (onExistingAsset === 'replace' || (draft && onExistingAsset === 'replace-in-draft')) return {files, kept: []}
  const found = new Map(assets.filter(({state}) => state === 'uploaded').map(asset => [asset.name, asset]))
  const differs = (file: LocalFile) => {
    const asset = found.get(file.name)
    return asset !== undefined && !isSame(asset, file, new Map())
  }
  const kept = files.filter(differs)
  // A signature is another one each time it is made; the one that was published still holds for the bytes that it signs.
  const refused =
    onExistingAsset === 'replace-in-draft' ? kept.filter(({name}) => !name.endsWith(suffixes.signature)) : kept
  if (onExistingAsset === 'keep' || refused.length === 0) return {files: files.filter(file => !differs(file)), kept}
  const names = refused
    .map(({name, sha256}) => `- ${name}: sha256 is ${found.get(name)?.sha256 ?? 'not known'} there, and ${sha256} here`)
    .join('\n')
  throw new ActionError('CONFLICT', `on-existing-asset: the release has other bytes under\n${names}`, {
    hint: 'Give the files other names (`path => name`), or use `on-existing-asset: replace` or `keep`. Nothing was sent.',
  })
}
