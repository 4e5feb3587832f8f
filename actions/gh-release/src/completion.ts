import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {type Asset, type LocalFile, githubAssetName} from '@mcp-release/github'
import {formatChecksums, releaseFiles} from '@mcp-release/release-model'
import {matchesName} from './name-pattern'
import {isRemnant} from './reconcile'
import type {Task} from './task'

/** The assets that a complete release must not keep: broken ones, temporary copies, and what `prune` or `on-extra-asset` names. */
export function superfluous(
  assets: readonly Asset[],
  task: Pick<Task, 'files' | 'prune' | 'checksums' | 'expect' | 'onExtraAsset'>,
  {draft}: {readonly draft: boolean},
): readonly Asset[] {
  const {files, prune, checksums} = task
  const wanted = new Set([...files.map(({name}) => name), ...(checksums ? [releaseFiles.checksums] : [])])
  const extra = new Set(task.onExtraAsset === 'remove-from-draft' && draft ? extraAssets(assets, task) : [])
  return assets.filter(
    asset =>
      !wanted.has(asset.name) &&
      (isRemnant(asset) || extra.has(asset) || prune.some(pattern => matchesName(pattern, asset.name))),
  )
}

/** The assets that are neither among the files nor expected. */
export function extraAssets(
  assets: readonly Asset[],
  {files, expect, checksums}: Pick<Task, 'files' | 'expect' | 'checksums'>,
): readonly Asset[] {
  const expected = [...files.map(({name}) => name), ...expect.map(githubAssetName)]
  const known = new Set([...expected, ...(checksums ? [releaseFiles.checksums] : [])])
  return assets.filter(({name}) => !known.has(name))
}

/** Refuses a release that lacks a name which it must have. */
export function requireExpected(assets: readonly Asset[], expect: readonly string[]): void {
  const names = new Set(assets.filter(({state}) => state === 'uploaded').map(({name}) => name))
  const missing = expect.filter(name => !names.has(githubAssetName(name)))
  if (missing.length === 0) return
  throw new ActionError(
    'INCOMPLETE',
    `the release lacks what \`expect\` names:\n${missing.map(name => `- ${name}`).join('\n')}`,
    {
      hint: 'Nothing was published. Run the job that makes the file, then this one again.',
    },
  )
}

/** Whether the action makes SHA256SUMS: not when it is among the files. */
export function writesChecksums({checksums, files}: Pick<Task, 'checksums' | 'files'>): boolean {
  return checksums && !files.some(({name}) => name === releaseFiles.checksums)
}

/** SHA256SUMS over all assets but itself. */
export function checksumsOf(assets: readonly Asset[], files: readonly LocalFile[]): string {
  const own = new Map(files.map(({name, sha256}) => [name, sha256]))
  const sums = assets
    .filter(({name}) => name !== releaseFiles.checksums)
    .map(({name, sha256}) => ({name, sha256: sha256 ?? own.get(name)}))
  const unknown = sums.filter(({sha256}) => sha256 === undefined).map(({name}) => `- ${name}`)
  if (unknown.length === 0) return formatChecksums(sums.map(({name, sha256 = ''}) => ({name, sha256})))
  throw new ActionError('NO_DIGEST', `the server does not tell the digest of\n${unknown.join('\n')}`, {
    hint: 'List these files under `files`, or write SHA256SUMS in the workflow and list it.',
  })
}

/** Writes SHA256SUMS into a temporary folder, as a file to upload. */
export async function checksumsFile(host: Host, text: string): Promise<LocalFile> {
  const path = join(await host.files.makeTemporary('gh-release'), releaseFiles.checksums)
  await host.files.write(path, text)
  return {path, name: releaseFiles.checksums, size: Buffer.byteLength(text), sha256: await host.files.sha256(path)}
}
