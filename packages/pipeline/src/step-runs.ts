import {type Scope, evaluate, holds} from './evaluate'
import type {Job} from './job'
import type {Step} from './step'

/** One start of a step: for one entry of the matrix, where its job has one. */
export interface StepRun {
  readonly job: Job
  readonly entry: unknown
  readonly step: Step
  /** What people read while it runs. */
  readonly title: string
}

/** What the steps that ran gave, by job and step. */
export type Outputs = Map<string, Readonly<Record<string, string>>>

/** What is the same for all steps of a run on one machine. */
export type Given = Omit<Scope, 'matrix' | 'outputs'>

/** The scope of a step of a job, with what the steps before it gave. */
export function scopeOf(
  given: Given,
  {job, entry}: Pick<StepRun, 'job' | 'entry'>,
  {jobs, outputs}: {readonly jobs: readonly Job[]; readonly outputs: Outputs},
): Scope {
  const ofJob = (id: string): Readonly<Record<string, string>> => {
    const other = jobs.find(each => each.id === id)
    if (other === undefined) return {}
    const scope = scopeOf(given, {job: other, entry: undefined}, {jobs, outputs})
    return Object.fromEntries(Object.entries(other.outputs).map(([name, value]) => [name, evaluate(value, scope)]))
  }
  return {
    ...given,
    matrix: entry,
    outputs: (of, id) => (of === 'job' ? ofJob(id) : (outputs.get(outputKey(job, id)) ?? {})),
  }
}

const outputKey = ({id}: Job, step: string): string => `${id}/${step}`

/** Keeps what a step gave, for those behind it. */
export function record(outputs: Outputs, {job, step}: StepRun, gave: Readonly<Record<string, string>>): void {
  if (step.id !== undefined) outputs.set(outputKey(job, step.id), gave)
}

/**
 * The steps of jobs in the order in which one machine runs them: without hand-overs, since all of them share its folders.
 * What decides about them must be known, which is what the job `plan` gives.
 */
export function stepRuns(
  jobs: readonly Job[],
  given: Given,
  known: {readonly jobs: readonly Job[]; readonly outputs: Outputs},
): readonly StepRun[] {
  return jobs.flatMap(job => {
    const scope = scopeOf(given, {job, entry: undefined}, known)
    if (job.when !== undefined && !holds(job.when, scope)) return []
    const entries = job.matrix === undefined ? [undefined] : entriesOf(evaluate(job.matrix, scope))
    return entries.flatMap(entry => {
      const own = scopeOf(given, {job, entry}, known)
      return [...job.steps, ...(job.afterwards ?? [])]
        .filter(step => step.when === undefined || holds(step.when, own))
        .map(step => ({job, entry, step, title: entry === undefined ? step.title : `${step.title} (${idOf(entry)})`}))
    })
  })
}

/** The runs in groups that may go on at the same time. */
export function sideBySide(runs: readonly StepRun[]): readonly (readonly StepRun[])[] {
  const groups: StepRun[][] = []
  for (const run of runs) {
    const last = groups.at(-1)
    if (run.step.beside === true && last !== undefined) last.push(run)
    else groups.push([run])
  }
  return groups
}

/** The inputs of a run, as texts. */
export function inputsOf({step}: StepRun, scope: Scope): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(step.inputs).map(([name, value]) => [name, evaluate(value, scope)]))
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
function entriesOf(matrix: string): readonly unknown[] {
  return (JSON.parse(matrix) as {readonly include: readonly unknown[]}).include
}

const idOf = (entry: unknown): string => String((entry as {readonly id?: unknown}).id)
