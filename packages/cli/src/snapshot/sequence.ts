import {randomBytes} from 'node:crypto'
import {copyFile, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {
  type Plan,
  type Verification,
  parseJson,
  planSchema,
  releaseFiles,
  verificationSchema,
} from '@mcp-release/release-model'
import type {Progress} from '../report/progress'
import type {ReleaseReport, StepReport} from '../report/report'
import {type BundleEnd, type Workplace, startBundle} from './bundle'
import {openForge, verifyPublished} from './embedded-forge'
import type {Source} from './source'
import {type Step, assembleSteps, buildStep, completeStep, planStep, releaseStep, signStep} from './steps'
import type {Scratch} from './workplace'
import type {SnapshotOptions} from '../arguments'

/** Everything that a sequence needs. */
export interface SequenceContext {
  readonly source: Source
  readonly scratch: Scratch
  readonly place: Workplace
  readonly options: SnapshotOptions
  readonly toolchains: readonly string[]
  readonly progress: Progress
}

/** What a sequence came to; as far as it got, when it failed. */
export interface Outcome {
  plan?: Plan
  verification?: Verification
  release?: ReleaseReport
  readonly steps: StepReport[]
}

/** A step failed; its words are the reason of the whole. */
export class StepError extends Error {}

/** This machine lacks the toolchain for every package; the words are release-plan's. */
export class SkipError extends Error {}

const unbuildable = 'release-plan [TOOLCHAIN]: '

/** Runs the whole release: the plan decides, each step starts the bundle that the workflow would start. */
export async function runSequence(context: SequenceContext, outcome: Outcome): Promise<void> {
  const {scratch, options, source} = context
  const given = {
    serverArgs: options.serverArgs,
    serverEnv: options.serverEnv,
    ...(options.toolMirror === undefined ? {} : {toolMirror: options.toolMirror}),
  }
  const base = {
    GITHUB_REPOSITORY: source.repository,
    SOURCE_DATE_EPOCH: String(source.sourceDate),
    ...(source.commit === undefined ? {} : {GITHUB_SHA: source.commit}),
  }
  const step = (each: Step, env: Readonly<Record<string, string>> = {}) =>
    runStep(each, {...base, ...env}, {context, outcome})

  await step(planStep(scratch.folders, {...options, toolchains: context.toolchains}))
  const plan = parseJson(planSchema, {file: 'release-plan.json', text: await readFile(scratch.folders.plan, 'utf8')})
  outcome.plan = plan
  for (const job of plan.jobs) await step(buildStep(job, plan, scratch.folders))
  for (const each of assembleSteps(plan, scratch.folders, given)) {
    await step(each).finally(() => readVerification(scratch, outcome))
  }
  await copyFile(scratch.folders.tools, join(scratch.folders.files, releaseFiles.tools))
  await step(completeStep(scratch.folders))
  await step(signStep(scratch.folders, given))
  outcome.release = await release(plan, context, step)
}

type RunOne = (step: Step, env?: Readonly<Record<string, string>>) => Promise<BundleEnd>

async function release(plan: Plan, {scratch, source}: SequenceContext, step: RunOne): Promise<ReleaseReport> {
  const forge = await openForge(source.repository, plan, randomBytes(20).toString('hex'))
  try {
    const changelog = join(scratch.source, 'CHANGELOG.md')
    const isThere = (await stat(changelog).catch(() => undefined))?.isFile() === true
    const end = await step(
      releaseStep(plan, scratch.folders, {token: forge.token, ...(isThere ? {changelog} : {})}),
      forge.env,
    )
    return {...(await verifyPublished(forge, source.repository, plan)), state: end.outputs['state'] ?? ''}
  } finally {
    await forge.forge.close()
  }
}

async function readVerification({folders}: Scratch, outcome: Outcome): Promise<void> {
  const text = await readFile(folders.verification, 'utf8').catch(() => undefined)
  if (text !== undefined) outcome.verification = parseJson(verificationSchema, {file: 'verification.json', text})
}

async function runStep(
  step: Step,
  env: Readonly<Record<string, string>>,
  {context, outcome}: {readonly context: SequenceContext; readonly outcome: Outcome},
): Promise<BundleEnd> {
  const {progress, scratch, place} = context
  const log = `logs/${String(outcome.steps.length + 1).padStart(2, '0')}-${step.title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}.log`
  progress.start(step.title)
  const end = await startBundle({action: step.action, inputs: step.inputs, env, log: join(scratch.partial, log)}, place)
  const {seconds, toolSeconds} = end
  const error = end.errors.join('\n')
  const skipped = error.startsWith(unbuildable)
  const status = end.ok ? 'done' : skipped ? 'skipped' : 'failed'
  const told = end.ok || skipped ? {} : {error}
  outcome.steps.push({action: step.action, title: step.title, status, seconds, toolSeconds, log, ...told})
  if (end.ok) {
    progress.done(step.title, seconds)
    return end
  }
  if (skipped) {
    const reason = error.slice(unbuildable.length)
    progress.done(step.title, seconds)
    progress.skip(context.source.name, reason)
    throw new SkipError(reason)
  }
  progress.fail(step.title, seconds, error)
  throw new StepError(error)
}
