import type {Job} from './job'
import {assembleJob} from './jobs/assemble'
import {buildJob} from './jobs/build'
import {bundleJob} from './jobs/bundle'
import {planJob} from './jobs/plan'
import {registryJob} from './jobs/registry'
import {releaseJob} from './jobs/release'
import {sealJob} from './jobs/seal'
import {signJob} from './jobs/sign'
import {verifyJob} from './jobs/verify'
import type {Expression} from './value'

/**
 * The release, from the tag to the registry, in this order. Nothing is public before the release job; each job has only the
 * permissions that it names, and takes from another job nothing but what that one handed over.
 */
export const pipeline: readonly Job[] = [
  planJob,
  buildJob,
  bundleJob,
  sealJob,
  verifyJob,
  assembleJob,
  signJob,
  releaseJob,
  registryJob,
]

/** What the caller of the workflow gets. */
export const workflowOutputs: Readonly<Record<string, {readonly description: string; readonly value: Expression}>> = {
  tag: {description: 'The tag that was released.', value: planJob.output('tag')},
  version: {description: 'The version as SemVer, without v.', value: planJob.output('version')},
  url: {description: 'The page of the release.', value: releaseJob.output('url')},
}
