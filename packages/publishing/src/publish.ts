import type {Publisher, State} from './publisher'
import {type RetryPolicy, type Retrying, retry} from './retry'

/** What became of a target. */
export type Outcome<Target> =
  | {readonly target: Target; readonly result: 'published' | 'skipped'}
  | {readonly target: Target; readonly result: 'waiting'; readonly reason: string}

/** How it is published. */
export interface Publishing extends Pick<Retrying<unknown>, 'tell' | 'wait'> {
  readonly policy: RetryPolicy
}

/**
 * Publishes each target once, in order. All are looked at before anything changes, and what is there with other content is refused
 * then, all at once; what is there is skipped. After an attempt whose outcome is not known, what is there decides whether it is
 * repeated. A run that was ended half-way is completed by the next.
 */
export async function publishAll<Target>(
  publisher: Publisher<Target>,
  targets: readonly Target[],
  publishing: Publishing,
): Promise<readonly Outcome<Target>[]> {
  const looked: {readonly target: Target; readonly state: State}[] = []
  for (const target of targets) looked.push({target, state: await look(publisher, target, publishing)})
  rejectDifferent(publisher, looked)
  const outcomes: Outcome<Target>[] = []
  for (const {target, state} of looked) {
    const known = outcomeOf(target, state, 'skipped')
    outcomes.push(known ?? (await push(publisher, target, publishing)))
  }
  for (const {target, result} of outcomes) {
    if (result !== 'waiting') await again(publisher, () => publisher.confirm?.(target) ?? Promise.resolve(), publishing)
  }
  return outcomes
}

function rejectDifferent<Target>(
  publisher: Publisher<Target>,
  looked: readonly {readonly target: Target; readonly state: State}[],
): void {
  const different = looked.flatMap(({target, state}) =>
    state.kind === 'different' ? [{target, difference: state.difference}] : [],
  )
  if (different.length > 0) throw publisher.refusal(different)
}

function look<Target>(publisher: Publisher<Target>, target: Target, publishing: Publishing): Promise<State> {
  return again(publisher, () => publisher.look(target), publishing)
}

function again<Target, T>(publisher: Publisher<Target>, call: () => Promise<T>, publishing: Publishing): Promise<T> {
  return retry(call, {...publishing, isTransient: error => publisher.failure(error)?.isTransient === true})
}

function push<Target>(publisher: Publisher<Target>, target: Target, publishing: Publishing): Promise<Outcome<Target>> {
  const attempt = async (): Promise<Outcome<Target>> => {
    await publisher.push(target)
    return {target, result: 'published'}
  }
  return retry<Outcome<Target>>(attempt, {
    ...publishing,
    isTransient: error => publisher.failure(error)?.isTransient === true,
    settled: async error => {
      const {isUncertain = false, isDuplicate = false} = publisher.failure(error) ?? {}
      if (!isUncertain && !isDuplicate) return undefined
      const state = await look(publisher, target, publishing)
      rejectDifferent(publisher, [{target, state}])
      return outcomeOf(target, state, isDuplicate ? 'skipped' : 'published')
    },
  })
}

function outcomeOf<Target>(target: Target, state: State, same: 'published' | 'skipped'): Outcome<Target> | undefined {
  if (state.kind === 'same') return {target, result: same}
  return state.kind === 'waiting' ? {target, result: 'waiting', reason: state.reason} : undefined
}
