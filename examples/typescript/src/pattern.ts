import {runInNewContext} from 'node:vm'

import {TextError} from './text-error.js'

/** A place where a pattern matched. */
export interface Match {
  readonly index: number
  readonly text: string
  readonly groups: readonly (string | null)[]
}

/** Longest time that a pattern may take on a text. */
export const TIMEOUT_MS = 500

// The pattern is the caller's and may backtrack for years. Inside a vm context V8 can be told to give up.
const SEARCH = `
  const found = []
  for (const match of text.matchAll(expression)) {
    if (found.length === limit) break
    found.push([match.index, ...match])
  }
  JSON.stringify(found)
`

/** Finds the first matches of a regular expression. */
export function findMatches(pattern: string, flags: string, text: string, limit: number): Match[] {
  const expression = compile(pattern, flags)
  const found = JSON.parse(search({expression, text, limit})) as [number, string, ...(string | null)[]][]
  return found.map(([index, whole, ...groups]) => ({index, text: whole, groups}))
}

function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)
  } catch (error) {
    throw new TextError(`pattern: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function search(context: {expression: RegExp; text: string; limit: number}): string {
  try {
    return runInNewContext(SEARCH, context, {timeout: TIMEOUT_MS}) as string
  } catch (error) {
    // The error belongs to the other context, so it is no instance of this one's Error.
    if ((error as {code?: unknown} | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
      throw new TextError(`pattern: no result after ${TIMEOUT_MS} ms; nested repetition is the usual cause`)
    }
    throw error
  }
}
