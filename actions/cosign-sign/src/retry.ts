import {setTimeout as sleep} from 'node:timers/promises'
import type {ExecResult, Host} from '@mcp-release/action-kit'

/** Seconds to wait before each further attempt. */
export const pauses: readonly number[] = [2, 8, 30]

/** How to wait; tests do not. */
export type Wait = (seconds: number) => Promise<unknown>

const realWait: Wait = seconds => sleep(seconds * 1000)

// What Fulcio, Rekor and the timestamp authority answer when they are overloaded or away for a moment.
const passing =
  /\b(status(?: code)?:? ?|returned |HTTP |\()?(429|50[0234])\b|timed? ?out|deadline exceeded|connection (reset|refused)|TLS handshake|unexpected EOF|temporary failure|too many requests/i

/** Whether a failed call of a service is worth repeating. */
export function isPassing({stderr}: ExecResult): boolean {
  return passing.test(stderr)
}

/** Runs again, a few times, what failed for a passing reason; the last answer counts. */
export async function withRetries(host: Host, run: () => Promise<ExecResult>, wait = realWait): Promise<ExecResult> {
  for (const pause of pauses) {
    const result = await run()
    if (result.exitCode === 0 || !isPassing(result)) return result
    host.warning(`a service of Sigstore did not answer, next attempt in ${pause} s: ${lastLine(result.stderr)}`)
    await wait(pause)
  }
  return run()
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
