import {type Host, type InputsOf, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {isPlainName, plainNameRule} from '@mcp-release/release-model'
import type {contract} from './action.gen'

/** A hand-over, and where it lies. */
export interface Handover {
  readonly name: string
  /** Absolute. */
  readonly folder: string
}

/** A hand-over that must be what was sealed. */
export interface ExpectedHandover extends Handover {
  /** The digest of its record. */
  readonly sha256: string
}

/** What is to be done. */
export type Task =
  | ({readonly mode: 'seal'} & Handover)
  | {readonly mode: 'open'; readonly expected: readonly ExpectedHandover[]}

/** Checks all inputs; throws one `InputError` with all problems. */
export async function refine(raw: InputsOf<typeof contract>, host: Host): Promise<Task> {
  const problems: string[] = []
  const task = raw.mode === 'seal' ? await readSeal(raw, host, problems) : await readOpen(raw, host, problems)
  rejectProblems(problems)
  return task
}

async function readSeal({handovers, handover = ''}: InputsOf<typeof contract>, host: Host, problems: string[]) {
  if (!isPlainName(handover)) {
    problems.push(`handover: ${JSON.stringify(handover)} is not the name of a folder (${plainNameRule})`)
  }
  const folder = await pathInWorkspace(host, {input: 'handovers', path: `${handovers}/${handover}`}, problems)
  if ((await host.files.stat(folder))?.kind !== 'directory') {
    problems.push(`handover: there is no folder ${JSON.stringify(handover)} in ${JSON.stringify(handovers)}`)
  }
  return {mode: 'seal' as const, name: handover, folder}
}

async function readOpen({handovers, expected: lines}: InputsOf<typeof contract>, host: Host, problems: string[]) {
  const expected: ExpectedHandover[] = []
  if (lines.length === 0) problems.push('expected: names no hand-over; each line is `NAME SHA256`')
  for (const line of lines) {
    const [name = '', sha256 = '', ...more] = line.split(' ')
    if (!isPlainName(name) || !/^[0-9a-f]{64}$/.test(sha256) || more.length > 0) {
      problems.push(
        `expected: ${JSON.stringify(line)} is not a name and a sha256; the job that seals it gives the digest`,
      )
      continue
    }
    const folder = await pathInWorkspace(host, {input: 'handovers', path: `${handovers}/${name}`}, problems)
    expected.push({name, folder, sha256})
  }
  return {mode: 'open' as const, expected}
}
