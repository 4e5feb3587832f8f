import {type Job, needsOf} from '../job'
import type {Step} from '../step'
import type {Value} from '../value'
import {workflowText} from '../github/expression'

/** All steps of a job, in order. */
export const allSteps = (job: Job): readonly Step[] => [...job.steps, ...(job.afterwards ?? [])]

/** A value as text that can be compared. */
export function shown(value: Value | undefined): string {
  if (value === undefined) return ''
  return typeof value !== 'string' && value.kind === 'local' ? `local ${value.name}` : workflowText(value)
}

/** The jobs that have ended before a job begins. */
export function before(job: Job, jobs: readonly Job[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (each: Job): void => {
    for (const id of needsOf(each, jobs)) {
      if (found.has(id)) continue
      found.add(id)
      for (const other of jobs) if (other.id === id) visit(other)
    }
  }
  visit(job)
  return found
}
