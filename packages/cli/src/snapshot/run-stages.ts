import {join} from 'node:path'
import type {BundleEnd} from './bundle'
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

const unbuildable = 'release-plan [TOOLCHAIN]: '

// Three, because of the short ones: what is started while they run, or while the one after them does, makes them longer.
const stagesAhead = 3

/**
 * Runs the stages one after the other; the processes of the next ones are started, and held, while one works. Throws the
 * `StepError` or `SkipError` of the first step that failed, once nothing runs any more.
 */
export async function runStages(stages: readonly Stage[], runner: Runner): Promise<readonly BundleEnd[]> {
  const {holding} = runner.context
  const ends: BundleEnd[] = []
  for (const [at, {steps, before, env}] of stages.entries()) {
    holding.prepare(actionsOf(steps))
    await before?.()
    const variables = {...runner.env, ...(await env?.())}
    const first = runner.outcome.steps.length
    const outputs = ends.at(-1)?.outputs ?? {}
    const running = steps.map((step, index) => runStep(step, {at: first + index, env: variables, outputs}, runner))
    const ahead = stages.slice(at + 1, at + 1 + stagesAhead)
    holding.prepare(ahead.flatMap(next => actionsOf(next.steps)))
    // Its failure is met when its turn comes.
    for (const next of ahead) next.env?.().catch(() => undefined)
    // Also when one fails: nothing may work in folders that are being removed.
    await Promise.allSettled(running)
    ends.push(...(await Promise.all(running)))
  }
  return ends
}

const actionsOf = (steps: readonly Step[]): readonly string[] => steps.map(({action}) => action)

/** Where a step stands. */
interface Place {
  readonly at: number
  readonly env: Readonly<Record<string, string>>
  /** Of the step before it. */
  readonly outputs: Readonly<Record<string, string>>
}

async function runStep(
  {action, title, inputs, from}: Step,
  {at, env, outputs}: Place,
  {context: {progress, scratch, holding}, outcome}: Runner,
): Promise<BundleEnd> {
  const words = title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')
  const log = `logs/${String(at + 1).padStart(2, '0')}-${words}.log`
  progress.start(title)
  const end = await holding
    .take(action)
    .run({inputs: {...inputs, ...from?.(outputs)}, env, log: join(scratch.partial, log)})
  const {ok, seconds, calls} = end
  outcome.calls.push(...calls)
  const error = end.errors.join('\n')
  const skipped = error.startsWith(unbuildable)
  const status = ok ? 'done' : skipped ? 'skipped' : 'failed'
  const warnings = [...new Set(end.warnings)]
  const told = {...(ok || skipped ? {} : {error}), ...(warnings.length === 0 ? {} : {warnings})}
  outcome.steps[at] = {action, title, status, seconds, toolSeconds: coveredSeconds(calls), log, ...told}
  if (ok) {
    progress.done(title, seconds)
    return end
  }
  if (skipped) {
    progress.skip(title, seconds)
    throw new SkipError(error.slice(unbuildable.length))
  }
  progress.fail(title, seconds)
  throw new StepError(error)
}
