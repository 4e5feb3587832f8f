import {ActionError, type Host} from '@mcp-release/action-kit'
import type {Asset, LocalFile} from '@mcp-release/github'
import {checksumsFile, checksumsOf, superfluous, writesChecksums} from './completion'
import {reconcile} from './reconcile'
import type {Task} from './task'

/** Refuses an immutable release that has not exactly what the task wants; else there is nothing to send. */
export async function requireUnchanged(
  task: Task,
  host: Host,
  {assets, files}: {readonly assets: readonly Asset[]; readonly files: readonly LocalFile[]},
): Promise<void> {
  const rest = superfluous(assets, task, {draft: false})
  const kept = assets.filter(asset => !rest.includes(asset))
  const sums = writesChecksums(task) ? [await checksumsFile(host, checksumsOf(kept, files))] : []
  const problems = [
    ...reconcile([...files, ...sums], assets).map(({file}) => `- ${file.name}: missing, or has other bytes`),
    ...rest.map(({name}) => `- ${name}: would be removed`),
  ]
  if (problems.length === 0) return
  const what = `the published release of ${task.tag} is immutable, and differs from what is wanted:`
  throw new ActionError('IMMUTABLE', [what, ...problems].join('\n'), {
    hint: 'Nothing was sent. Release these files as a new version: an immutable release takes no changes, and deleting it would burn its tag.',
  })
}
