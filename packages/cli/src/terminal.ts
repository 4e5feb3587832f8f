import {stat} from 'node:fs/promises'
import {InputError} from '@mcp-release/action-kit'

/** Whether text for a stream may have colours: https://no-color.org, and FORCE_COLOR as Node itself reads it. */
export function useColor(isTerminal: boolean): boolean {
  if (process.env['NO_COLOR']) return false
  return process.env['FORCE_COLOR'] ? process.env['FORCE_COLOR'] !== '0' : isTerminal
}

/** Refuses what is not a folder, all at once. */
export async function rejectMissing(directories: readonly string[]): Promise<void> {
  const problems: string[] = []
  for (const directory of directories) {
    const found = await stat(directory).catch(() => undefined)
    if (found?.isDirectory() !== true) problems.push(`${JSON.stringify(directory)} is not a folder`)
  }
  if (problems.length > 0) throw new InputError(problems)
}
