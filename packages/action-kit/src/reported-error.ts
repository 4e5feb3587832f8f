import {writeFile} from 'node:fs/promises'
import {type ErrorCode, errorCodes} from './error-codes'
import {ActionError} from './errors'
import type {Environment} from './inputs'

/** The variable that names the file into which an action writes its error, for a program that started it. */
export const errorFileVariable = 'MCP_RELEASE_ERROR'

/** An error between processes. */
export interface ReportedError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
}

/** Writes an error as JSON, where somebody wants to read it. */
export async function reportError(env: Environment, {code, message, hint}: ActionError): Promise<void> {
  const file = env[errorFileVariable] ?? ''
  if (file === '') return
  const error: ReportedError = {code, message, ...(hint === undefined ? {} : {hint})}
  await writeFile(file, JSON.stringify(error))
}

/** Reads what an action wrote; `undefined` when it did not fail, or in a way that it does not know itself. */
export function readReportedError(text: string): ActionError | undefined {
  if (text === '') return undefined
  const {code, message, hint} = JSON.parse(text) as ReportedError
  const known = errorCodes.find(each => each === code)
  return known === undefined ? undefined : new ActionError(known, message, hint === undefined ? {} : {hint})
}
