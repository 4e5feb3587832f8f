import {existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {test} from '@jest/globals'
import {sigstorePrograms, standBinaries} from '@mcp-release/test-stand'

/** Programs of this checkout and of the machine that every release on the stand needs. */
export const releasePrograms = ['act', 'git', 'jq', 'syft', 'node', 'npm', 'openssl', ...sigstorePrograms] as const

/** Those of the programs that are neither in the checkout's cache nor on PATH. */
export function missingPrograms(programs: readonly string[]): readonly string[] {
  const folders = [standBinaries, ...(process.env['PATH'] ?? '').split(delimiter)]
  return [...new Set(programs)].filter(program => !folders.some(folder => existsSync(join(folder, program))))
}

/** A test that needs programs: without them it is skipped under a name that says why, but fails where CI is true. */
export function testWith(
  programs: readonly string[],
  {name, timeout}: {readonly name: string; readonly timeout: number},
  body: () => Promise<void>,
): void {
  const missing = missingPrograms(programs)
  if (missing.length === 0) test(name, body, timeout)
  else if (process.env['CI'] === 'true') test(name, () => Promise.reject(new Error(`CI lacks ${missing.join(', ')}`)))
  else test.skip(`${name} (not on this machine: ${missing.join(', ')})`, body)
}
