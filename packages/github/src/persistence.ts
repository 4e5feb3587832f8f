import {setTimeout as sleep} from 'node:timers/promises'
import {CallFailure} from './call-failure'

/** How long to go on. */
export interface Policy {
  /** Attempts of one call whose outcome stays unknown. */
  readonly attempts: number
  /** Answers `come back later` that one call accepts. */
  readonly limits: number
  /** Milliseconds before the second attempt; each later one waits twice as long. */
  readonly delay: number
  readonly longestDelay: number
  /** Milliseconds without any progress after which an attempt is given up. */
  readonly timeout: number
  /** Milliseconds of the first pause when the forge does not say how long; each later one is twice as long. */
  readonly pause: number
  /** A longer pause than this is an error. */
  readonly longestPause: number
}

/** About a minute of trouble, and one window of the hourly rate limit. */
export const patience: Policy = {
  attempts: 7,
  limits: 12,
  delay: 500,
  longestDelay: 20_000,
  timeout: 60_000,
  pause: 60_000,
  longestPause: 3_900_000,
}

/** Repeats calls under one policy. A rate limit that one call meets makes all of them wait. */
export class Persistence {
  #readyAt = 0

  constructor(
    readonly policy: Policy,
    private readonly tell: (line: string) => void,
  ) {}

  /**
   * Calls until the outcome is known. `truth` is asked after an attempt without an answer: whether the wanted state is
   * there already; only when it says `undefined` the call is repeated.
   */
  async until<T>(
    call: () => Promise<T>,
    truth: () => Promise<T | undefined> = () => Promise.resolve(undefined),
    signal?: AbortSignal,
  ): Promise<T> {
    let lost = 0
    let limited = 0
    for (;;) {
      await this.#ready(signal)
      signal?.throwIfAborted()
      try {
        return await call()
      } catch (error) {
        if (!(error instanceof CallFailure) || error.outcome === 'refused' || signal?.aborted === true) throw error
        if (error.outcome === 'limited') {
          if (++limited > this.policy.limits) throw error
          this.#pause(error, limited)
          continue
        }
        if (++lost >= this.policy.attempts) throw error
        this.tell(`${error.message}; attempt ${lost + 1} of ${this.policy.attempts} follows`)
        await this.wait(lost, signal)
      }
      const found = await truth()
      if (found !== undefined) return found
    }
  }

  /** Waits as is fit after so many failures; half of the time is chance, so that jobs do not meet again. */
  async wait(failures: number, signal?: AbortSignal): Promise<void> {
    const full = Math.min(this.policy.delay * 2 ** (failures - 1), this.policy.longestDelay)
    await sleep(full / 2 + Math.random() * (full / 2), undefined, signal === undefined ? {} : {signal})
  }

  #pause(error: CallFailure, limited: number): void {
    const now = Date.now()
    const guess = now + Math.min(this.policy.pause * 2 ** (limited - 1), this.policy.longestPause)
    const until = Math.max(this.#readyAt, error.readyAt ?? guess)
    if (until - now > this.policy.longestPause) throw error
    this.#readyAt = until
    this.tell(`${error.message}; all calls wait ${Math.ceil((until - now) / 1000)} s`)
  }

  async #ready(signal?: AbortSignal): Promise<void> {
    for (let rest = this.#readyAt - Date.now(); rest > 0; rest = this.#readyAt - Date.now()) {
      // Not all at the same moment.
      const spread = Math.random() * Math.min(this.policy.delay, 1000)
      await sleep(rest + spread, undefined, signal === undefined ? {} : {signal})
    }
  }
}
