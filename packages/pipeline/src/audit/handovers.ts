import {type Job, handoversFolder} from '../job'
import {allSteps, shown} from './steps'

/** A job reads and writes only the folders of what it gets and of what it hands over, and proves what can be proved. */
export function handoverProblems(jobs: readonly Job[]): readonly string[] {
  return jobs.flatMap(job => [...proofProblems(job, jobs), ...folderProblems(job)])
}

// Where nothing of the user's runs, the digest is known to nobody else; what runs beside such code is compared with the plan, by
// the job that takes it.
function proofProblems({id, handover, runs}: Job, jobs: readonly Job[]): readonly string[] {
  if (handover?.proof === 'digest') return []
  if (handover === undefined) return []
  const takers = jobs.filter(({receives}) => receives.some(each => each.id === id)).filter(each => each.runs === 'no')
  const compared = takers.every(taker =>
    taker.steps.some(
      ({action, inputs}) => action === 'release-assemble' && ['sealed', 'complete'].includes(shown(inputs['stage'])),
    ),
  )
  return runs === 'no' || !compared ? [`${id}: what it hands over could be changed before it is opened`] : []
}

const place = new RegExp(`^\\$\\{\\{ runner\\.temp \\}\\}/${handoversFolder}/([^/]*)`)

function folderProblems(job: Job): readonly string[] {
  const own = job.handover === undefined ? [] : [shown(job.handover.name)]
  const known = [
    ...own,
    ...job.receives.flatMap(({handover}) => (handover === undefined ? [] : [shown(handover.name)])),
  ]
  const covers = (folder: string) => known.some(name => name === folder || pattern(name) === folder)
  return allSteps(job).flatMap(({action, inputs}) =>
    Object.entries(inputs).flatMap(([name, value]) => {
      const [, folder] = place.exec(shown(value)) ?? []
      return folder === undefined || covers(folder)
        ? []
        : [`${job.id}: ${name} of ${action} is in ${folder}, which the job neither gets nor hands over`]
    }),
  )
}

const pattern = (name: string): string => name.replace('${{ matrix.id }}', '*')
