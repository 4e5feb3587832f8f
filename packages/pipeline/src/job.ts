import type {Step} from './step'
import {type Expression, type Value, expressionsIn, join, matrix} from './value'

/** What a token of a job may do. */
export interface Permission {
  readonly scope: 'contents' | 'id-token'
  readonly access: 'read' | 'write'
  /** What needs it. */
  readonly why: string
}

/** What a job leaves for later jobs: one folder, and in the workflow an artifact of that name. */
export interface Handover {
  readonly name: Value
  /**
   * How the jobs that get it know that it is what was handed over: by a digest that is an output of the job; or, where a matrix
   * can have no outputs and programs of the user's ran beside it, because the job that gets it compares each file with the plan.
   */
  readonly proof: 'digest' | 'plan'
}

/** A toolchain that the job needs. */
export interface Toolchain {
  readonly name: 'python' | 'node' | 'go'
  readonly when?: Expression
}

export interface Job {
  readonly id: string
  /** For those who read the workflow. */
  readonly comment?: string
  readonly timeoutMinutes: number
  readonly permissions: readonly Permission[]
  /** Whether code of the user's runs in it, in words. */
  readonly runs: string
  /** Entries for each of which the job runs once, as `{"include":[…]}`, each with `id` and `runner`. */
  readonly matrix?: Expression
  /** Whether it runs; always without it. */
  readonly when?: Expression
  /** Whether the repository is checked out, and with its history. */
  readonly checkout?: 'commit' | 'history'
  readonly toolchains?: readonly Toolchain[]
  /** The jobs whose hand-overs it gets. */
  readonly receives: readonly Job[]
  readonly steps: readonly Step[]
  readonly handover?: Handover
  /** Steps once everything is handed over, which could otherwise change it. */
  readonly afterwards?: readonly Step[]
  readonly outputs: Readonly<Record<string, Expression>>
}

/** A job whose outputs can be read by their names. */
export interface JobWith<Output extends string> extends Job {
  readonly output: (name: Output) => Expression
}

/** The output of a job that holds the digest of its hand-over. */
export const handoverDigest = 'handover'

/** A job with outputs that are known to the compiler. */
export function job<const O extends Readonly<Record<string, Expression>>>(
  what: Omit<Job, 'outputs'> & {readonly outputs: O},
): JobWith<keyof O & string> {
  return {...what, output: name => ({kind: 'output', of: 'job', id: what.id, name})}
}

/** Below the runner's temporary folder: the folder that holds a folder for each hand-over. */
export const handoversFolder = 'handovers'

/** The folder of the hand-overs. */
export const handovers: Expression = join({kind: 'temp'}, `/${handoversFolder}`)

/** A path in the folder of the hand-overs. */
export function handedOver(...parts: readonly Value[]): Expression {
  return join(handovers, '/', ...parts)
}

/** The name of a hand-over that each entry of a matrix makes. */
export const namedById = (prefix: string): Expression => join(prefix, matrix('id'))

/** The ids of the jobs that a job waits for: those whose hand-overs it gets or whose outputs it reads, in the given order. */
export function needsOf(one: Job, order: readonly Job[]): readonly string[] {
  const steps = [...one.steps, ...(one.afterwards ?? [])]
  const values: readonly Value[] = [
    ...steps.flatMap(({inputs, when}) => [...Object.values(inputs), ...(when === undefined ? [] : [when])]),
    ...Object.values(one.outputs),
    ...[one.when, one.matrix].filter(each => each !== undefined),
  ]
  const read = values
    .flatMap(expressionsIn)
    .flatMap(each => (each.kind === 'output' && each.of === 'job' ? [each.id] : []))
  const received = one.receives.map(({id}) => id)
  return order.map(({id}) => id).filter(id => read.includes(id) || received.includes(id))
}
