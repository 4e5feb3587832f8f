import {errorText} from '@mcp-release/action-kit/errors'
import {archiveError} from './archive-error'

/** What the text of an entry says; `ARCHIVE` with the entry's name when it cannot be parsed. */
export function parsedEntry<T>(name: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw archiveError(`${name} cannot be read: ${errorText(error).split('\n')[0] ?? ''}`)
  }
}

/** The JSON object that an entry holds; `ARCHIVE` with the entry's name when it is none. */
export function jsonEntry(name: string, text: string): Readonly<Record<string, unknown>> {
  const value: unknown = parsedEntry(name, () => JSON.parse(text.replace(/^\uFEFF/, '')) as unknown)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw archiveError(`${name} is no JSON object`)
}
