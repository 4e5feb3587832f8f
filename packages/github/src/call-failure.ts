import {ActionError} from '@mcp-release/action-kit/errors'
import {answerMessage, hintFor} from './failure-words'

/**
 * What a failed call means: `refused` is final; `limited` had no effect and is welcome later; after `unknown` nobody can
 * tell whether the call took effect.
 */
export type Outcome = 'refused' | 'limited' | 'unknown'

/** An answer that is not the one that was asked for. */
export interface FailedAnswer {
  /** Method and path. */
  readonly call: string
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: unknown
}

const codes = {refused: 'GITHUB_REFUSED', limited: 'GITHUB_LIMIT', unknown: 'GITHUB_UNREACHABLE'} as const

/** One call that failed, with everything that its reader needs. */
export class CallFailure extends ActionError {
  readonly outcome: Outcome
  readonly status: number | undefined
  /** For `limited`: when the forge is ready again, in milliseconds since 1970. */
  readonly readyAt: number | undefined
  /** The codes in `errors`, such as `already_exists`. */
  readonly reasons: readonly string[]

  constructor(
    about: {readonly outcome: Outcome; readonly message: string; readonly hint?: string; readonly cause?: unknown},
    facts: {readonly status?: number; readonly readyAt?: number; readonly reasons?: readonly string[]} = {},
  ) {
    super(codes[about.outcome], about.message, {
      ...(about.hint === undefined ? {} : {hint: about.hint}),
      ...(about.cause === undefined ? {} : {cause: about.cause}),
    })
    this.outcome = about.outcome
    this.status = facts.status
    this.readyAt = facts.readyAt
    this.reasons = facts.reasons ?? []
  }
}

/** A call that got no answer, or half of one. */
export function noAnswer(call: string, reason: string, cause?: unknown): CallFailure {
  const hint = 'The network or the server failed again and again. Run the job again: what is done is recognised.'
  return new CallFailure({outcome: 'unknown', message: `${call}: ${reason}`, hint, cause})
}

/** Reads an answer with an error status. */
export function failureOf(answer: FailedAnswer, now: number): CallFailure {
  const outcome = outcomeOf(answer)
  const readyAt = outcome === 'limited' ? readyTime(answer.headers, now) : undefined
  const hint = hintFor(answer, outcome, readyAt)
  return new CallFailure(
    {outcome, message: answerMessage(answer), ...(hint === undefined ? {} : {hint})},
    {status: answer.status, reasons: reasonsOf(answer.body), ...(readyAt === undefined ? {} : {readyAt})},
  )
}

function outcomeOf({status, headers, body}: FailedAnswer): Outcome {
  if (status >= 500 || status === 408) return 'unknown'
  if (status === 429) return 'limited'
  if (status !== 403) return 'refused'
  const spent = headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0'
  return spent || /rate limit|abuse detection/i.test(textOf(body)) ? 'limited' : 'refused'
}

// Seconds from now, or a date; else the end of the window that is spent.
function readyTime(headers: FailedAnswer['headers'], now: number): number | undefined {
  const after = headers['retry-after']
  if (after !== undefined) {
    const time = /^\d+$/.test(after) ? now + Number(after) * 1000 : Date.parse(after)
    if (Number.isFinite(time)) return time
  }
  const reset = headers['x-ratelimit-reset']
  if (headers['x-ratelimit-remaining'] !== '0' || reset === undefined || !/^\d+$/.test(reset)) return undefined
  // The window ends within that second.
  return Number(reset) * 1000 + 1000
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body ?? null)
}

function reasonsOf(body: unknown): readonly string[] {
  const errors = (body as {readonly errors?: unknown} | null)?.errors
  if (!Array.isArray(errors)) return []
  return errors.flatMap((each: unknown) => {
    const code = (each as {readonly code?: unknown} | null)?.code
    return typeof code === 'string' ? [code] : []
  })
}
