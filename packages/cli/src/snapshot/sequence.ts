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
import {type EmbeddedForge, openForge, verifyPublished} from './embedded-forge'
import type {Source} from './source'
import {type Step, assembleSteps, buildStep, completeStep, planStep, releaseStep, signStep} from './steps'
import {type Call, coveredSeconds} from './trace'
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
  /** In the order in which they started. */
  readonly steps: StepReport[]
  started: number
  /** The programs that all steps called. */
  readonly calls: Call[]
}

/** Nothing has happened yet. */
export function newOutcome(): Outcome {
  return {steps: [], started: 0, calls: []}
}

/** A step failed; its words are the reason of the whole. */
export class StepError extends Error {}

/** This machine lacks the toolchain for every package; the words are release-plan's. */
export class SkipError extends Error {}

// They only read the built files, so that one works while the other waits for its tools.
const readers: ReadonlySet<string> = new Set(['mcp-verify', 'syft-sbom'])
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
  for (const group of overlapping(assembleSteps(plan, scratch.folders, given))) {
    await all(group.map(each => step(each))).finally(() => readVerification(scratch, outcome))
  }
  await copyFile(scratch.folders.tools, join(scratch.folders.files, releaseFiles.tools))
  await step(completeStep(scratch.folders))
  const opening = openForge(source.repository, plan, randomBytes(20).toString('hex'))
  const [forge] = await all([opening, step(signStep(scratch.folders, given))] as const).catch(
    async (error: unknown) => {
      await opening.then(({forge}) => forge.close())
      throw error
    },
  )
  outcome.release = await release(plan, {forge, context, step})
}

/** The steps in their order, those side by side that may run at the same time. */
function overlapping(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last !== undefined && [step, ...last].every(({action}) => readers.has(action))) last.push(step)
    else groups.push([step])
  }
  return groups
}

/** Waits until all have ended, also when one fails: nothing may work in folders that are being removed. */
async function all<const T extends readonly unknown[]>(work: T): Promise<{-readonly [K in keyof T]: Awaited<T[K]>}> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

type RunOne = (step: Step, env?: Readonly<Record<string, string>>) => Promise<BundleEnd>

interface Releasing {
  readonly forge: EmbeddedForge
  readonly context: SequenceContext
  readonly step: RunOne
}

async function release(plan: Plan, {forge, context, step}: Releasing): Promise<ReleaseReport> {
  const {scratch, source} = context
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
  const at = outcome.started++
  const log = `logs/${String(at + 1).padStart(2, '0')}-${step.title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}.log`
  progress.start(step.title)
  const end = await startBundle({action: step.action, inputs: step.inputs, env, log: join(scratch.partial, log)}, place)
  const {seconds, calls} = end
  const toolSeconds = coveredSeconds(calls)
  outcome.calls.push(...calls)
  const error = end.errors.join('\n')
  const skipped = error.startsWith(unbuildable)
  const status = end.ok ? 'done' : skipped ? 'skipped' : 'failed'
  const told = end.ok || skipped ? {} : {error}
  outcome.steps[at] = {action: step.action, title: step.title, status, seconds, toolSeconds, log, ...told}
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
