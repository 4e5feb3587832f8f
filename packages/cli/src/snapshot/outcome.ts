import type {Plan, Verification} from '@mcp-release/release-model'
import type {Progress, ReleaseReport, StepReport} from '@mcp-release/report'
import type {SnapshotOptions} from '../arguments'
import type {Holding} from './holding'
import type {Source} from './source'
import type {Call} from './trace'
import type {Scratch} from './workplace'

/** Everything that a sequence needs. */
export interface SequenceContext {
  readonly source: Source
  readonly scratch: Scratch
  readonly holding: Holding
  readonly options: SnapshotOptions
  readonly toolchains: readonly string[]
  readonly progress: Progress
}

/** What a sequence came to; as far as it got, when it failed. */
export interface Outcome {
  plan?: Plan
  verification?: Verification
  release?: ReleaseReport
  /** In the order in which they began. */
  readonly steps: StepReport[]
  /** What a person should know of the sources. */
  readonly warnings: string[]
  /** The programs that were called, by steps and before them. */
  readonly calls: Call[]
}

/** Nothing has happened yet. */
export function newOutcome(): Outcome {
  return {steps: [], warnings: [], calls: []}
}

/** A step failed; its words are the reason of the whole. */
export class StepError extends Error {}

/** This machine lacks the toolchain for every package; the words are release-plan's. */
export class SkipError extends Error {}
