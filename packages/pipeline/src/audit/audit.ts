import type {Job} from '../job'
import {handoverProblems} from './handovers'
import {orderProblems} from './order'
import {permissionProblems} from './permissions'
import {publishingProblems} from './publishing'
import {sourceProblems} from './sources'

/**
 * What in a pipeline would let something reach the public that was not verified, or put a secret where it does not belong; none
 * for ours. The compiler checks names of inputs and outputs; this checks what they are wired to.
 */
export function auditPipeline(jobs: readonly Job[]): readonly string[] {
  return [
    ...orderProblems(jobs),
    ...permissionProblems(jobs),
    ...handoverProblems(jobs),
    ...sourceProblems(jobs),
    ...publishingProblems(jobs),
  ]
}
