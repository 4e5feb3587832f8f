import {type Job, needsOf} from '../job'
import {expressionsIn} from '../value'
import {allSteps} from './steps'

/** Jobs and steps read only what ran before them. */
export function orderProblems(jobs: readonly Job[]): readonly string[] {
  return jobs.flatMap((job, at) => {
    const earlier = jobs.slice(0, at).map(({id}) => id)
    const later = needsOf(job, jobs).filter(id => !earlier.includes(id))
    return [...later.map(id => `${job.id}: needs ${id}, which does not run before it`), ...stepProblems(job)]
  })
}

function stepProblems(job: Job): readonly string[] {
  const before = new Set<string>()
  return allSteps(job).flatMap(({id, title, inputs, when}) => {
    const read = [...Object.values(inputs), ...(when === undefined ? [] : [when])].flatMap(expressionsIn)
    const unknown = read.filter(each => each.kind === 'output' && each.of === 'step' && !before.has(each.id))
    const entry = read.some(each => each.kind === 'matrix') && job.matrix === undefined
    if (id !== undefined) before.add(id)
    return [
      ...unknown.map(() => `${job.id}: "${title}" reads an output of a step that did not run before it`),
      ...(entry ? [`${job.id}: "${title}" reads an entry of a matrix that the job does not have`] : []),
    ]
  })
}
