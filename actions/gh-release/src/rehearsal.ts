import {superfluous} from './completion'
import type {FileState} from './converge'
import {chooseFiles, leftAlone} from './existing'
import {locate} from './location'
import {reconcile} from './reconcile'
import type {Result} from './run'
import type {Scene} from './scene'
import {requireTagged} from './tagged'
import type {Task} from './task'

/** What `run` would do, found out by reading alone. */
export async function rehearse(
  task: Task,
  {releases, host}: Scene,
): Promise<Omit<Result, 'release'> & {readonly release: Result['release'] | undefined}> {
  const {release, tagged} = await locate(releases, task)
  const assets = release === undefined ? [] : await releases.assets(release.id)
  if (leftAlone(task, release) !== undefined) {
    host.info(`Would leave ${release?.tag ?? task.tag} as it is`)
    return {release, assets, files: new Map(), state: 'unchanged'}
  }
  requireTagged({...task, tag: release?.tag ?? task.tag}, tagged)
  const chosen = chooseFiles(task, {assets, draft: release?.draft !== false})
  const steps = reconcile(chosen.files, assets)
  const rest = task.complete ? superfluous(assets, task, {draft: release?.draft !== false}) : []
  host.info(
    release === undefined
      ? `Would create a release of ${task.tag}`
      : `Would use ${release.draft ? 'draft' : 'published release'} ${release.id} of ${release.tag}`,
  )
  const files = new Map<string, FileState>(task.files.map(({name}) => [name, 'skipped']))
  for (const {name} of chosen.kept) {
    files.set(name, 'kept')
    host.info(`Would keep the ${name} that the release has`)
  }
  for (const {file, old} of steps) {
    files.set(file.name, old === undefined ? 'uploaded' : 'replaced')
    host.info(`Would ${old === undefined ? 'upload' : 'replace'} ${file.name} (${file.size} bytes)`)
  }
  for (const {name} of rest) host.info(`Would remove ${name}`)
  const publishes = task.complete && !task.draft && release?.draft !== false
  if (publishes) host.info('Would publish it')
  const touched = steps.length + rest.length > 0 || publishes
  return {release, assets, files, state: release === undefined ? 'created' : touched ? 'updated' : 'unchanged'}
}
