import type {ExecResult, Host} from '@mcp-release/action-kit'
import {type RetryPolicy, type Retrying, retry} from '@mcp-release/publishing'

/** Fits services of Sigstore, which are away for seconds at most. */
export const retries: RetryPolicy = {attempts: 4, delay: 4_000, longestDelay: 30_000}

/** How to wait, in milliseconds; tests do not. */
export type Wait = NonNullable<Retrying<unknown>['wait']>

// What Fulcio, Rekor and the timestamp authority answer when they are overloaded or away for a moment.
const transient =
  /\b(status(?: code)?:? ?|returned |HTTP |\()?(429|50[0234])\b|timed? ?out|deadline exceeded|connection (reset|refused)|TLS handshake|unexpected EOF|temporary failure|too many requests/i

/** Whether a failed call of a service is worth repeating. */
export function isTransient({stderr}: ExecResult): boolean {
  return transient.test(stderr)
}

/** A service did not answer. */
class Away extends Error {
  constructor(readonly result: ExecResult) {
    super(result.stderr.trim().split('\n').at(-1) ?? '')
  }
}

/** Runs again, a few times, what failed for a transient reason; the last answer counts. */
export async function withRetries(host: Host, run: () => Promise<ExecResult>, wait?: Wait): Promise<ExecResult> {
  const attempt = async (): Promise<ExecResult> => {
    const result = await run()
    if (result.exitCode !== 0 && isTransient(result)) throw new Away(result)
    return result
  }
  try {
    return await retry(attempt, {
      policy: retries,
      isTransient: error => error instanceof Away,
      tell: ({error, delay}) => {
        const reason = error instanceof Away ? error.message : ''
        host.warning(`a service of Sigstore did not answer, next attempt in ${Math.ceil(delay / 1000)} s: ${reason}`)
      },
      ...(wait === undefined ? {} : {wait}),
    })
  } catch (error) {
    if (error instanceof Away) return error.result
    throw error
  }
}
