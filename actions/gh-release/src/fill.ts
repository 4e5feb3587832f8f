import type {Asset, Release} from '@mcp-release/github'
import {type Upload, converge} from './converge'
import {type Opened, yieldDraft} from './draft'
import {chooseFiles} from './existing'
import {requireUnchanged} from './immutable'
import type {Scene} from './scene'
import type {Task} from './task'

/** A release that has all files of the task. */
export interface Filled {
  readonly upload: Upload
  /** As they were listed last. */
  readonly assets: readonly Asset[]
  readonly isNew: boolean
}

/**
 * Brings the files to the release. Those of a draft that this run created are on their way while it is found out whether
 * another job created one first; then that one gets them, and the own one goes.
 */
export async function fill(task: Task, scene: Scene, {release, isNew, rival}: Opened): Promise<Filled> {
  if (rival === undefined) return {...(await fillFound(task, scene, release)), isNew}
  const stop = new AbortController()
  const upload = newUpload(task, scene, {release, signal: stop.signal})
  const filling = converge(upload, task.files, [])
  // Its failure counts only once it is known that this is the right release.
  filling.catch(() => undefined)
  const first = await rival.catch(async (error: unknown) => {
    await end(stop, filling)
    throw error
  })
  if (first === undefined) return {upload, assets: await filling, isNew}
  await end(stop, filling)
  await makeWay(task, scene, {first, upload})
  return {...(await fillFound(task, scene, first)), isNew: false}
}

async function fillFound(task: Task, scene: Scene, release: Release): Promise<Omit<Filled, 'isNew'>> {
  const {releases, host} = scene
  const listed = await releases.assets(release.id)
  if (!release.draft && task.draft) host.warning(`${release.tag} is published already and stays so`)
  const {files, kept} = chooseFiles(task, {assets: listed, draft: release.draft})
  if (release.immutable) await requireUnchanged(task, host, {assets: listed, files})
  const upload = newUpload(task, scene, {release})
  for (const {name} of kept) {
    upload.states.set(name, 'kept')
    host.info(`${name}: the release keeps what it has`)
  }
  return {upload, assets: await converge(upload, files, listed)}
}

// Whatever became of it: the rival's release decides.
async function end(stop: AbortController, filling: Promise<unknown>): Promise<void> {
  stop.abort()
  await filling.catch(() => undefined)
}

async function makeWay(
  {files, tag}: Task,
  {releases, host}: Scene,
  {first, upload: {release, proven}}: {readonly first: Release; readonly upload: Upload},
): Promise<void> {
  const gone = await yieldDraft(releases, release, {files, proven})
  const fate = gone ? 'is removed' : 'stays: it holds what is not of this run'
  host.info(`Another job created release ${first.id} for ${tag} first; draft ${release.id} ${fate}`)
}

function newUpload(
  {concurrency}: Task,
  {releases, host}: Scene,
  {release, signal}: {readonly release: Release; readonly signal?: AbortSignal},
): Upload {
  return {
    releases,
    release,
    concurrency,
    tell: line => host.info(line),
    states: new Map(),
    proven: new Map(),
    ...(signal === undefined ? {} : {signal}),
  }
}
