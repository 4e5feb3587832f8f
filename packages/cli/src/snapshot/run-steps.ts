import {join} from 'node:path'
import {errorText} from '@mcp-release/action-kit'
import {
  type Given,
  type Outputs,
  type StepRun,
  inputsOf,
  pipeline,
  record,
  scopeOf,
  sideBySide,
} from '@mcp-release/pipeline'
import {type Outcome, type SequenceContext, SkipError, StepError} from './outcome'
import {coveredSeconds} from './trace'

/** Where steps run, and where what became of them is noted. */
export interface Runner {
  readonly context: SequenceContext
  readonly outcome: Outcome
  /** What the workflow would say. */
  readonly given: Given
  /** What the steps gave so far. */
  readonly outputs: Outputs
  /** Variables of the release, such as GITHUB_REPOSITORY, and those that only one action gets. */
  readonly env: (action: string) => Promise<Readonly<Record<string, string>>>
}

// Three, because of the short ones: what is started while they run, or while the one after them does, makes them longer.
const groupsAhead = 3

/**
 * Runs the steps in order; the processes of the next ones are started, and held, while one works. Throws the `StepError` or
 * `SkipError` of the first step that failed, once nothing runs any more.
 */
export async function runSteps(runs: readonly StepRun[], runner: Runner): Promise<void> {
  const {holding} = runner.context
  const groups = sideBySide(runs)
  for (const [at, group] of groups.entries()) {
    holding.prepare(actionsOf(group))
    const first = runner.outcome.steps.length
    const running = group.map((run, index) => runStep(run, first + index, runner))
    const ahead = groups.slice(at + 1, at + 1 + groupsAhead).flatMap(actionsOf)
    holding.prepare(ahead)
    // What they wait for may take a moment; its failure is met when their turn comes.
    for (const action of ahead) runner.env(action).catch(() => undefined)
    // Also when one fails: nothing may work in folders that are being removed.
    await Promise.allSettled(running)
    await Promise.all(running)
  }
}

const actionsOf = (group: readonly StepRun[]): readonly string[] => group.map(({step}) => step.action)

async function runStep(run: StepRun, at: number, runner: Runner): Promise<void> {
  const {
    context: {progress, scratch, holding},
    outcome,
    outputs,
    given,
  } = runner
  const {title, step} = run
  const {action} = step
  const words = title.replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '')
  const log = `logs/${String(at + 1).padStart(2, '0')}-${words}.log`
  progress.start(title)
  const inputs = inputsOf(run, scopeOf(given, run, {jobs: pipeline, outputs}))
  const end = await holding.take(action).run({inputs, env: await runner.env(action), log: join(scratch.partial, log)})
  const {ok, seconds, calls} = end
  outcome.calls.push(...calls)
  const error = end.errors.join('\n')
  // Nothing of the release can be built here.
  const skipped = end.error?.code === 'TOOLCHAIN' && run.job.id === 'plan'
  const status = ok ? 'done' : skipped ? 'skipped' : 'failed'
  const warnings = [...new Set(end.warnings)]
  const told = {...(ok || skipped ? {} : {error}), ...(warnings.length === 0 ? {} : {warnings})}
  outcome.steps[at] = {action, title, status, seconds, toolSeconds: coveredSeconds(calls), log, ...told}
  if (ok) {
    progress.done(title, seconds)
    record(outputs, run, end.outputs)
    return
  }
  if (skipped) {
    progress.skip(title, seconds)
    throw new SkipError(errorText(end.error))
  }
  progress.fail(title, seconds)
  throw new StepError(error)
}
