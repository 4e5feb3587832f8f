import {setTimeout as sleep} from 'node:timers/promises'

/** How a call over a network is repeated; times in milliseconds. */
export interface RetryPolicy {
  readonly attempts: number
  /** Before the second attempt; each later delay is twice as long. */
  readonly delay: number
  readonly longestDelay: number
  /** After so much time since the first attempt, none follows. */
  readonly deadline?: number
}

/** What a caller knows of its calls. */
export interface Retrying<T> {
  readonly policy: RetryPolicy
  /** Whether another attempt may do better. */
  readonly isTransient: (error: unknown) => boolean
  /** When the other side wants to be asked again, in milliseconds from now, such as by its Retry-After. */
  readonly retryAfter?: (error: unknown) => number | undefined
  /** Asked after a failed attempt: the result, where it is there all the same. */
  readonly settled?: (error: unknown) => Promise<T | undefined>
  /** Told before each further attempt. */
  readonly tell?: (failure: {readonly error: unknown; readonly attempt: number; readonly delay: number}) => void
  readonly wait?: (milliseconds: number) => Promise<unknown>
  readonly now?: () => number
}

/** Calls until it succeeds; throws the error of the last attempt, once it is not transient or the policy ends. */
export async function retry<T>(
  call: (attempt: number) => Promise<T>,
  {policy, isTransient, retryAfter, settled, tell, wait = sleep, now = Date.now}: Retrying<T>,
): Promise<T> {
  const started = now()
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(attempt)
    } catch (error) {
      const found = await settled?.(error)
      if (found !== undefined) return found
      if (!isTransient(error) || attempt >= policy.attempts) throw error
      const delay = Math.max(delayBefore(attempt, policy), retryAfter?.(error) ?? 0)
      if (policy.deadline !== undefined && now() - started + delay >= policy.deadline) throw error
      tell?.({error, attempt: attempt + 1, delay})
      await wait(delay)
    }
  }
}

/** How long to wait after so many failures; half of it is chance, so that jobs that failed together do not meet again. */
export function delayBefore(failures: number, {delay, longestDelay}: RetryPolicy, chance = Math.random()): number {
  const full = Math.min(delay * 2 ** (failures - 1), longestDelay)
  return full / 2 + chance * (full / 2)
}
