import type {Job} from '../job'
import {assembled, assembleJob} from '../jobs/assemble'
import {sealJob, sealed} from '../jobs/seal'
import {signatures} from '../jobs/sign'
import type {Step} from '../step'
import {join} from '../value'
import {allSteps, before, shown} from './steps'

const isRelease = (step: Step): boolean => step.action === 'gh-release'
const isSigning = (step: Step): boolean => step.action === 'cosign-sign'
const isRegistration = (step: Step): boolean => step.action === 'mcp-publish' && step.inputs['dry-run'] !== 'true'

/** Nothing becomes public but what was verified, complete, compared and signed; and all of that does. */
export function publishingProblems(jobs: readonly Job[]): readonly string[] {
  return jobs.flatMap(job =>
    job.steps.flatMap((step, at) => {
      if (isRelease(step)) return [...releaseProblems(job, at), ...waitProblems(job, jobs)]
      if (isSigning(step))
        return [...unchangedProblems(job, at, 'none'), ...listProblems(job, step, {files: 'subjects'})]
      if (isRegistration(step)) return registrationProblems(job, at, jobs)
      if (step.action === 'mcp-verify') return verifyProblems(job, step)
      return completeProblems(job, step)
    }),
  )
}

function releaseProblems(job: Job, at: number): readonly string[] {
  const step = job.steps[at]
  if (step === undefined) return []
  return [
    ...unchangedProblems(job, at, 'signed'),
    ...listProblems(job, step, {files: 'paths', expect: 'files'}),
    ...(shown(step.inputs['body-path']) === shown(assembled.notes)
      ? []
      : [`${job.id}: the notes are not those that were made`]),
    ...(step.inputs['on-extra-asset'] === 'remove-from-draft'
      ? []
      : [`${job.id}: files that nobody compared may stay on the draft`]),
    ...(at === job.steps.length - 1 ? [] : [`${job.id}: something happens once the release is public`]),
  ]
}

/** Before the step, the files are compared with what was written down of them. */
function unchangedProblems(job: Job, at: number, which: 'none' | 'signed'): readonly string[] {
  const {action, inputs = {}} = job.steps[at - 1] ?? {}
  const isCompared =
    action === 'release-assemble' &&
    inputs['stage'] === 'unchanged' &&
    shown(inputs['directory']) === shown(assembled.files) &&
    shown(inputs['sha256']) === shown(assembleJob.output('sha256')) &&
    shown(inputs['signatures']) === (which === 'signed' ? shown(signatures) : '')
  return isCompared ? [] : [`${job.id}: the files are not compared before "${job.steps[at]?.title ?? ''}"`]
}

/** Files are named one by one, by the step that compared them: never by a pattern. */
function listProblems(job: Job, {title, inputs}: Step, lists: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(lists).flatMap(([name, output]) => {
    const found = inputs[name]
    const isList = typeof found === 'object' && found.kind === 'output' && found.of === 'step' && found.name === output
    return isList ? [] : [`${job.id}: ${name} of "${title}" is not the list of the files that were compared`]
  })
}

/** Whatever can stop a release has ended. */
function waitProblems(job: Job, jobs: readonly Job[]): readonly string[] {
  const ended = before(job, jobs)
  const earlier = jobs.slice(0, jobs.indexOf(job))
  return earlier.filter(({id}) => !ended.has(id)).map(({id}) => `${job.id}: does not wait for ${id}`)
}

function registrationProblems(job: Job, at: number, jobs: readonly Job[]): readonly string[] {
  const ended = before(job, jobs)
  const release = jobs.find(each => each.steps.some(isRelease))
  const file = shown(join(assembled.files, '/server.json'))
  return [
    ...unchangedProblems(job, at, 'none'),
    ...(release !== undefined && ended.has(release.id) ? [] : [`${job.id}: registers what is not public yet`]),
    ...(shown(job.steps[at]?.inputs['server-json']) === file
      ? []
      : [`${job.id}: registers another server.json than the released one`]),
  ]
}

/** What is verified is what is released. */
function verifyProblems(job: Job, {inputs}: Step): readonly string[] {
  return [
    ...(shown(inputs['files']) === shown(join(sealed.files, '/*'))
      ? []
      : [`${job.id}: starts other files than the sealed ones`]),
    ...(inputs['report'] === undefined ? [`${job.id}: leaves no report`] : []),
  ]
}

function completeProblems(job: Job, {action, inputs}: Step): readonly string[] {
  if (action !== 'release-assemble') return []
  const stage = shown(inputs['stage'])
  const expected = {seal: 'sealed', assemble: 'complete'}[job.id] ?? 'unchanged'
  const problems = stage === expected ? [] : [`${job.id}: release-assemble has stage ${stage}, not ${expected}`]
  if (expected !== 'complete') return problems
  const wired = {
    seal: sealed.seal,
    sealed: sealed.files,
    sha256: sealJob.output('sha256'),
    directory: assembled.files,
    notes: assembled.notes,
  }
  const wrong = Object.entries(wired).filter(([name, value]) => shown(inputs[name]) !== shown(value))
  return [
    ...problems,
    ...wrong.map(([name]) => `${job.id}: ${name} of the complete release is not what was sealed or is handed over`),
    ...(inputs['verified'] === undefined ? [`${job.id}: the release is complete without reports`] : []),
    ...(allSteps(job).some(each => each.action === 'syft-sbom') ? [] : [`${job.id}: no components are listed`]),
  ]
}
