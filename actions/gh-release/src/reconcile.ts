import type {Asset, LocalFile} from '@mcp-release/github'

/** What brings one file of the release from what is found to what is wanted. */
export interface Step {
  readonly file: LocalFile
  /** Broken or outdated parts of earlier runs, removed first. */
  readonly remnants: readonly Asset[]
  /** The name under which the bytes are sent, or the asset that has them already. */
  readonly bytes: {readonly sendAs: string} | {readonly ready: Asset}
  /** The asset that is removed once the new bytes are safe. */
  readonly old?: Asset
}

/** Digests of assets that this run uploaded, for a server that does not tell digests. */
export type Proven = ReadonlyMap<number, string>

const mark = /^replacement-[0-9a-f]{16}-/

/** The name of a new version while the old one is still there; the same in each run, so that the next one can go on. */
export function temporaryName(file: LocalFile): string {
  return `replacement-${file.sha256.slice(0, 16)}-${file.name}`
}

/** Whether an asset is broken or is the temporary copy of another one. */
export function isRemnant(asset: Asset): boolean {
  return asset.state !== 'uploaded' || mark.test(asset.name)
}

/** Whether an asset is whole and has exactly the bytes of a file. */
export function isSame(asset: Asset, file: LocalFile, proven: Proven): boolean {
  const digest = asset.sha256 ?? proven.get(asset.id)
  return asset.state === 'uploaded' && asset.size === file.size && digest === file.sha256
}

/** The steps that are left; none means that every file is on the release, whole, with the right bytes. */
export function reconcile(
  files: readonly LocalFile[],
  assets: readonly Asset[],
  proven: Proven = new Map(),
): readonly Step[] {
  const byName = new Map(assets.map(asset => [asset.name, asset]))
  return files.flatMap(file => {
    const found = byName.get(file.name)
    const copies = assets.filter(({name}) => mark.test(name) && name.replace(mark, '') === file.name)
    const step = stepFor(file, {found, copies, proven})
    return step === undefined ? [] : [step]
  })
}

function stepFor(
  file: LocalFile,
  {
    found,
    copies,
    proven,
  }: {readonly found: Asset | undefined; readonly copies: readonly Asset[]; readonly proven: Proven},
): Step | undefined {
  if (found !== undefined && isSame(found, file, proven))
    return copies.length === 0 ? undefined : {file, remnants: copies, bytes: {ready: found}}
  const ready = copies.find(copy => copy.name === temporaryName(file) && isSame(copy, file, proven))
  const whole = found?.state === 'uploaded' ? found : undefined
  const broken = found !== undefined && whole === undefined ? [found] : []
  const remnants = [...copies.filter(copy => copy !== ready), ...broken]
  const bytes = ready === undefined ? {sendAs: whole === undefined ? file.name : temporaryName(file)} : {ready}
  return {file, remnants, bytes, ...(whole === undefined ? {} : {old: whole})}
}
