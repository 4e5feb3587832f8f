import {ActionError, inParallel} from '@mcp-release/action-kit'
import {type Asset, type LocalFile, type Release, type Releases} from '@mcp-release/github'
import {type Step, isSame, reconcile} from './reconcile'

/** What this run did with a file. */
export type FileState = 'uploaded' | 'replaced' | 'skipped' | 'kept'

/** The uploads of one run to one release. */
export interface Upload {
  readonly releases: Releases
  readonly release: Release
  readonly concurrency: number
  readonly tell: (line: string) => void
  /** What was done so far, by name; filled here. */
  readonly states: Map<string, FileState>
  /** Digests of what this run sent, by the asset's id; filled here. */
  readonly proven: Map<number, string>
  /** Ends it when the release turns out to be the wrong one. */
  readonly signal?: AbortSignal
}

// Each round after the first one mends what another job did meanwhile.
const rounds = 4

/**
 * Brings all files on the release and returns the assets as they were listed last, when nothing was left to do: that
 * list is the proof that all are whole and have the right bytes.
 */
export async function converge(
  upload: Upload,
  files: readonly LocalFile[],
  listed: readonly Asset[],
): Promise<readonly Asset[]> {
  const {releases, release, concurrency, states, proven} = upload
  const names = new Set(files.map(({name}) => name))
  let assets = listed
  for (let round = 1; round <= rounds; round++) {
    const steps = reconcile(files, assets, proven)
    if (steps.length === 0) {
      for (const {name} of files) if (!states.has(name)) states.set(name, 'skipped')
      await relabel(upload, files, assets)
      return assets
    }
    // What looks broken may be another job's upload that is going on.
    if (round === 1 && steps.some(({remnants}) => remnants.some(({state}) => state !== 'uploaded'))) {
      assets = await releases.settledAssets(release.id, names)
      continue
    }
    const work = (step: Step, signal: AbortSignal) => perform(upload, step, eitherOf(signal, upload.signal))
    await inParallel(steps, {width: concurrency, work})
    assets = await releases.assets(release.id)
  }
  throw contested(release, reconcile(files, assets, proven))
}

function eitherOf(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  return other === undefined ? one : AbortSignal.any([one, other])
}

async function perform(upload: Upload, {file, remnants, bytes, old}: Step, signal: AbortSignal): Promise<void> {
  const {releases, release, proven, states, tell} = upload
  signal.throwIfAborted()
  for (const asset of remnants) await releases.deleteAsset(asset.id)
  const sent = 'ready' in bytes ? bytes.ready : await releases.upload(release, {...file, name: bytes.sendAs}, signal)
  if ('sendAs' in bytes) {
    proven.set(sent.id, file.sha256)
    states.set(file.name, old === undefined ? 'uploaded' : 'replaced')
    if (!isSame(sent, file, proven)) throw damaged(file, sent)
    tell(`${file.name}: ${file.size} bytes ${old === undefined ? 'uploaded' : 'uploaded in place of the old ones'}`)
  }
  if (old !== undefined) await releases.deleteAsset(old.id)
  if (sent.name === file.name) return
  await releases.changeAsset(sent.id, {name: file.name})
  states.set(file.name, 'replaced')
}

async function relabel(
  {releases, release}: Upload,
  files: readonly LocalFile[],
  assets: readonly Asset[],
): Promise<void> {
  if (release.immutable) return
  for (const {name, label} of files) {
    const asset = assets.find(each => each.name === name)
    if (label === undefined || asset === undefined || asset.label === label) continue
    await releases.changeAsset(asset.id, {label})
  }
}

function damaged(file: LocalFile, asset: Asset): ActionError {
  return new ActionError(
    'DAMAGED',
    `${file.name}: GitHub has ${asset.size} bytes with sha256 ${asset.sha256 ?? 'unknown'} under ${JSON.stringify(asset.name)}; ` +
      `the file had ${file.size} bytes with sha256 ${file.sha256}`,
    {
      hint: 'The file changed after it was hashed, or something on the way changes bytes. Let no other step write the file while it is uploaded, and run the job again. Nothing was published.',
    },
  )
}

function contested(release: Release, steps: readonly Step[]): ActionError {
  const names = steps.map(({file}) => `- ${file.name}`).join('\n')
  return new ActionError('CONFLICT', `release ${release.id} still lacks the right bytes of\n${names}`, {
    hint: 'Another job keeps changing the same release. Let one job at a time upload these files.',
  })
}
