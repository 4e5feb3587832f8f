import type {ErrorCode} from './error-codes'
import {ActionError} from './errors'
import type {Log} from './host'

/** What a check of a built file found; an error stops the action, a warning does not. */
export interface Finding {
  readonly level: 'error' | 'warning'
  /** Names the file and the value; several lines when a remedy belongs to it. */
  readonly text: string
}

/** Logs all warnings, then throws one `ActionError` that lists all errors, if there are any. */
export function settle(log: Log, code: ErrorCode, findings: readonly Finding[]): void {
  for (const {level, text} of findings) if (level === 'warning') log.warning(text)
  const errors = findings.filter(({level}) => level === 'error').map(({text}) => text)
  const listed = errors.map(text => `- ${text.replaceAll('\n', '\n  ')}`)
  if (errors.length > 0) throw new ActionError(code, (errors.length === 1 ? errors : listed).join('\n'))
}
