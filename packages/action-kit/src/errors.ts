import type {ErrorCode} from './error-codes'

/** What may accompany an error: the remedy for the reader and the error that caused it. */
export interface ErrorOptions {
  /** What the reader can do about it. */
  readonly hint?: string
  readonly cause?: unknown
}

/**
 * A failure that a user can understand and mend. `code` is stable and may be matched by scripts and tests; the message
 * names the file, input or tool and the value; `hint` is the remedy.
 */
export class ActionError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : {cause: options.cause})
    this.name = new.target.name
    this.code = code
    this.hint = options.hint
  }
}

/** One or more problems of the inputs, found before anything ran; all of them at once. Code `INPUT`. */
export class InputError extends ActionError {
  readonly problems: readonly string[]

  constructor(problems: readonly string[], options: ErrorOptions = {}) {
    super(
      'INPUT',
      problems.length === 1 ? (problems[0] ?? '') : problems.map(problem => `- ${problem}`).join('\n'),
      options,
    )
    this.problems = problems
  }
}

/** Throws one `InputError` with all problems, or returns when there are none. */
export function rejectProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new InputError(problems)
}

/** The text of anything that was thrown. */
export function errorText(error: unknown): string {
  if (error instanceof ActionError) return error.hint === undefined ? error.message : `${error.message}\n${error.hint}`
  return isErrorLike(error) ? error.message : String(error)
}

// An error of another realm (a worker, a test's sandbox) is no instance of this realm's Error.
function isErrorLike(error: unknown): error is {readonly message: string} {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
}
