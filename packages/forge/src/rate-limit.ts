import {ApiError} from './errors'

/** How many requests a token has, and what happens to those who hurry; without `secondary` nobody is slowed down. */
export interface RateLimitOptions {
  readonly limit?: number
  readonly windowSeconds?: number
  readonly status?: 403 | 429
  readonly secondary?: {
    /** Most requests at one time. */
    readonly concurrent?: number
    /** Most mutations within a window. */
    readonly mutations?: number
    readonly windowSeconds?: number
    readonly retryAfterSeconds?: number
    readonly status?: 403 | 429
  }
}

/** The refusal for a spent quota, with the headers that say when it returns. */
export function quotaSpent(status: 403 | 429, limit: number, reset: number): ApiError {
  return new ApiError(status, 'API rate limit exceeded for installation.', {
    headers: quotaHeaders(limit, limit, reset),
  })
}

/** The refusal for too many requests at once. */
export function slowDown(status: 403 | 429, retryAfterSeconds: number): ApiError {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return new ApiError(status, message, {headers: {'retry-after': String(retryAfterSeconds)}})
}

function quotaHeaders(limit: number, used: number, reset: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(limit - used, 0)),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(reset),
    'x-ratelimit-resource': 'core',
  }
}

/** Counts the requests of each token. */
export class RateLimiter {
  readonly #windows = new Map<string, {used: number; reset: number}>()
  #mutations: number[] = []
  #running = 0

  constructor(
    private readonly options: RateLimitOptions,
    private readonly now: () => Date,
  ) {}

  /** Admits a request and returns the headers for its answer, or throws the refusal. */
  enter(token: string, mutation: boolean): Readonly<Record<string, string>> {
    this.#running += 1
    const seconds = Math.floor(this.now().getTime() / 1000)
    const limit = this.options.limit ?? 5000
    const known = this.#windows.get(token)
    const fresh = {used: 0, reset: seconds + (this.options.windowSeconds ?? 3600)}
    const window = known !== undefined && known.reset > seconds ? known : fresh
    this.#windows.set(token, window)
    if (window.used >= limit) throw quotaSpent(this.options.status ?? 403, limit, window.reset)
    window.used += 1
    this.#secondary(mutation)
    return quotaHeaders(limit, window.used, window.reset)
  }

  /** Ends a request that entered. */
  leave(): void {
    this.#running -= 1
  }

  #secondary(mutation: boolean): void {
    const rules = this.options.secondary
    if (rules === undefined) return
    const now = this.now().getTime()
    const since = now - (rules.windowSeconds ?? 60) * 1000
    this.#mutations = this.#mutations.filter(time => time > since)
    const crowded = this.#running > (rules.concurrent ?? Infinity)
    const hasty = mutation && this.#mutations.length >= (rules.mutations ?? Infinity)
    if (crowded || hasty) throw slowDown(rules.status ?? 403, rules.retryAfterSeconds ?? 60)
    if (mutation) this.#mutations.push(now)
  }
}
