import {join} from 'node:path'
import {type BundleEnd, type HeldBundle, holdBundle} from './bundle'
import {type Outcome, type SequenceContext, SkipError, StepError} from './outcome'
import type {Stage} from './stages'
import type {Step} from './steps'
import {coveredSeconds} from './trace'

/** Where stages run, and where what became of them is noted. */
export interface Runner {
  readonly context: SequenceContext
  readonly outcome: Outcome
  /** Variables of the release, such as GITHUB_REPOSITORY. */
  readonly env: Readonly<Record<string, string>>
}

interface HeldStep {
  readonly step: Step
  /** Its place in the report. */
  readonly at: number
  /** Relative to the report. */
  readonly log: string
  readonly bundle: HeldBundle
}

const unbuildable = 'release-plan [TOOLCHAIN]: '

// A stage may take less time than the processes of the next one need until they are ready.
const stagesAhead = 2

/**
 * Runs the stages one after the other; the processes of the next ones are started, and held, while one works. Throws the
 * `StepError` or `SkipError` of the first step that failed, once nothing runs any more.
 */
export async function runStages(stages: readonly Stage[], runner: Runner): Promise<readonly BundleEnd[]> {
  let count = runner.outcome.steps.length
  const held: Promise<readonly HeldStep[]>[] = []
  const holdUpTo = (at: number) => {
    for (const stage of stages.slice(held.length, at + 1)) {
      held.push(holdStage(stage, {runner, first: count}))
      count += stage.steps.length
    }
  }
  const ends: BundleEnd[] = []
  try {
    for (const [at, {before}] of stages.entries()) {
      holdUpTo(at)
      const steps = (await held[at]) ?? []
      await before?.()
      const running = steps.map(each => runStep(each, runner))
      holdUpTo(at + stagesAhead)
      // Also when one fails: nothing may work in folders that are being removed.
      await Promise.allSettled([...running, ...held])
      ends.push(...(await Promise.all(running)))
    }
  } catch (error) {
    for (const each of await Promise.allSettled(held))
      if (each.status === 'fulfilled') for (const {bundle} of each.value) bundle.drop()
    throw error
  }
  return ends
}

async function holdStage(
  {steps, env}: Stage,
  {runner: {context, env: common}, first}: {readonly runner: Runner; readonly first: number},
): Promise<readonly HeldStep[]> {
  const {scratch, place} = context
  const own = await env?.()
  return Promise.all(
    steps.map(async (step, index) => {
      const at = first + index
      const words = step.title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')
      const log = `logs/${String(at + 1).padStart(2, '0')}-${words}.log`
      const {action, inputs} = step
      const start = {action, inputs, env: {...common, ...own}, log: join(scratch.partial, log)}
      return {step, at, log, bundle: await holdBundle(start, place)}
    }),
  )
}

async function runStep(
  {step: {action, title}, at, log, bundle}: HeldStep,
  {context: {progress, source}, outcome}: Runner,
): Promise<BundleEnd> {
  progress.start(title)
  const end = await bundle.run()
  const {ok, seconds, calls} = end
  outcome.calls.push(...calls)
  const error = end.errors.join('\n')
  const skipped = error.startsWith(unbuildable)
  const status = ok ? 'done' : skipped ? 'skipped' : 'failed'
  const told = ok || skipped ? {} : {error}
  outcome.steps[at] = {action, title, status, seconds, toolSeconds: coveredSeconds(calls), log, ...told}
  if (ok) {
    progress.done(title, seconds)
    return end
  }
  if (skipped) {
    const reason = error.slice(unbuildable.length)
    progress.done(title, seconds)
    progress.skip(source.name, reason)
    throw new SkipError(reason)
  }
  progress.fail(title, seconds, error)
  throw new StepError(error)
}
