import {inParallel} from '@mcp-release/action-kit'
import type {Asset, Release, ReleaseChange, Releases} from '@mcp-release/github'
import {releaseFiles} from '@mcp-release/release-model'
import {checksumsFile, checksumsOf, extraAssets, requireExpected, superfluous, writesChecksums} from './completion'
import {type FileState, type Upload, converge} from './converge'
import {type Opened, openDraft} from './draft'
import {leftAlone} from './existing'
import {fill} from './fill'
import {type Location, locate} from './location'
import {difference, latestMark} from './metadata'
import {newDraft, wantedBody} from './new-draft'
import type {Scene} from './scene'
import {requireTagged} from './tagged'
import type {Task} from './task'

/** How a release ended. */
export interface Result {
  readonly release: Release
  readonly assets: readonly Asset[]
  readonly state: 'created' | 'updated' | 'unchanged'
  readonly files: ReadonlyMap<string, FileState>
}

/** Brings the release to what the task wants, from whatever is found; safe to do again at any point. */
export async function run(task: Task, scene: Scene): Promise<Result> {
  const {releases} = scene
  const location = await locate(releases, task)
  const settled = leftAlone(task, location.release)
  if (settled !== undefined) return skip(scene, settled)
  requireTagged({...task, tag: location.release?.tag ?? task.tag}, location.tagged)
  const opened = await open(task, scene, location)
  const {upload, assets: uploaded, isNew} = await fill(task, scene, opened)
  const {release} = upload
  const {assets, pruned} = task.complete
    ? await complete(task, scene, {upload, assets: uploaded})
    : {assets: uploaded, pruned: 0}
  const change = task.complete ? await lastChange(task, scene, {release, all: location.all}) : {}
  const changed = Object.keys(change).length > 0
  const final = changed ? await releases.update(release.id, change) : release
  const touched =
    changed || pruned > 0 || [...upload.states.values()].some(state => state === 'uploaded' || state === 'replaced')
  return {
    release: final,
    assets: release.draft && !final.draft ? await withFinalAddresses(releases, final, assets) : assets,
    state: isNew ? 'created' : touched ? 'updated' : 'unchanged',
    files: upload.states,
  }
}

async function skip({releases, host}: Scene, release: Release): Promise<Result> {
  host.info(`${release.tag} is published already and stays as it is`)
  return {release, assets: await releases.assets(release.id), state: 'unchanged', files: new Map()}
}

// The addresses of a draft's files change when it is published; the answer to that change mostly shows them all.
async function withFinalAddresses(
  releases: Releases,
  release: Release,
  verified: readonly Asset[],
): Promise<readonly Asset[]> {
  const shown = new Map(release.assets.map(asset => [asset.id, asset]))
  if (!verified.every(({id}) => shown.has(id))) return releases.assets(release.id)
  return verified.map(asset => ({...asset, url: shown.get(asset.id)?.url ?? asset.url}))
}

async function open(task: Task, {releases, host}: Scene, location: Location): Promise<Opened> {
  if (location.release !== undefined) {
    const {release} = location
    host.info(`${release.draft ? 'Draft' : 'Published release'} ${release.id} of ${release.tag} is there`)
    return {release, isNew: false}
  }
  const opened = await openDraft(releases, await newDraft(task, releases, location.tagged))
  host.info(`Draft ${opened.release.id} of ${task.tag} ${opened.isNew ? 'created' : 'is there'}`)
  return opened
}

async function complete(
  task: Task,
  {releases, host}: Scene,
  {upload, assets: listed}: {readonly upload: Upload; readonly assets: readonly Asset[]},
): Promise<{readonly assets: readonly Asset[]; readonly pruned: number}> {
  const {release} = upload
  // What is broken may be another job's upload that is going on.
  const broken = listed.some(({state}) => state !== 'uploaded')
  let assets = broken ? await releases.settledAssets(release.id) : listed
  const rest = superfluous(assets, task, release)
  if (task.onExtraAsset === 'remove-from-draft' && !release.draft) {
    for (const {name} of extraAssets(assets, task))
      host.warning(`${name}: is on the published release, but not one of its files; it stays`)
  }
  const kept = assets.filter(asset => !rest.includes(asset))
  requireExpected(task.checksums ? [...kept, {...placeholder, name: releaseFiles.checksums}] : kept, task.expect)
  if (writesChecksums(task)) {
    const ownFiles = task.files.filter(({name}) => upload.states.get(name) !== 'kept')
    const file = await checksumsFile(host, checksumsOf(kept, ownFiles))
    assets = await converge(upload, [file], assets)
  }
  await inParallel(rest, {width: task.concurrency, work: ({id}) => releases.deleteAsset(id)})
  for (const {name} of rest) host.info(`${name}: removed from the release`)
  return {assets: assets.filter(({id}) => !rest.some(each => each.id === id)), pruned: rest.length}
}

// SHA256SUMS counts as there while it is about to be written.
const placeholder: Asset = {id: 0, name: '', label: undefined, state: 'uploaded', size: 0, sha256: undefined, url: ''}

async function lastChange(
  task: Task,
  {releases}: Scene,
  {release, all}: {readonly release: Release; readonly all: readonly Release[] | undefined},
): Promise<ReleaseChange> {
  const body = await wantedBody(task, releases, release)
  const change = difference(release, {...task.metadata, body})
  const prerelease = change.prerelease ?? release.prerelease
  if (!release.draft) return {...change, ...(await explicitMark(task, releases, release))}
  if (task.draft) return change
  // Uploads take their time; the tag may have been moved meanwhile.
  const tagged = await releases.tagCommit(release.tag)
  requireTagged({...task, tag: release.tag}, tagged)
  const auto = async () => latestMark({tag: release.tag, prerelease}, all ?? (await releases.list()))
  return {
    ...change,
    draft: false,
    // A draft of an earlier run has the commit of that run.
    ...(tagged === undefined && task.target !== undefined ? {target: task.target} : {}),
    makeLatest: task.makeLatest === 'auto' ? await auto() : task.makeLatest,
    ...(task.discussionCategory === undefined ? {} : {discussionCategory: task.discussionCategory}),
  }
}

// A published release keeps its mark unless the input says otherwise.
async function explicitMark({makeLatest}: Task, releases: Releases, release: Release): Promise<ReleaseChange> {
  // What GitHub makes of `legacy` cannot be seen, so it is said once, when the release is published.
  if (makeLatest === 'auto' || makeLatest === 'legacy') return {}
  const isLatest = (await releases.latest())?.id === release.id
  return isLatest === (makeLatest === 'true') ? {} : {makeLatest}
}
