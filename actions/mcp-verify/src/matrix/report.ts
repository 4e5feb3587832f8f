import {formatJson} from '@mcp-release/release-model'
import type {Candidate} from '../candidate'
import type {Task} from '../verify'
import {incompatibleHint, judge} from './judgement'
import {runMatrix} from './matrix'
import {compatibilityNotes} from '@mcp-release/release-model'
import type {MatrixRequest} from './request'

/** What the matrix adds to the end of the action. */
export interface MatrixReport {
  readonly problems: readonly string[]
  readonly hints: readonly string[]
  readonly outputs: {
    readonly compatibility: string
    readonly 'compatibility-notes': string
    readonly incompatible: string
  }
}

/** Runs the matrix that was asked for, writes what it found, and says what stands against a release. */
export async function compareMatrix(
  candidates: readonly Candidate[],
  {request, ...task}: Task & {readonly request: MatrixRequest | undefined},
): Promise<MatrixReport> {
  if (request === undefined) {
    return {problems: [], hints: [], outputs: {compatibility: '', 'compatibility-notes': '', incompatible: ''}}
  }
  const matrix = await runMatrix(candidates, {...task, request})
  const {host, settings} = task
  const {compatibility, notes} = request.files
  const markdown = compatibilityNotes(matrix.compatibility)
  if (compatibility !== undefined) await host.files.write(compatibility, formatJson(matrix.compatibility))
  if (notes !== undefined) await host.files.write(notes, markdown)
  if (matrix.compatibility.servers.length > 0) await host.summary(markdown)
  const {failing, untried} = judge(matrix)
  if (request.incompatible === 'warning') for (const each of failing) host.warning(each)
  const incompatible = request.incompatible === 'error' ? failing : []
  return {
    problems: [...incompatible, ...(settings.unverifiable === 'error' ? untried : [])],
    hints: incompatible.length > 0 ? [incompatibleHint] : [],
    outputs: {
      compatibility: compatibility ?? '',
      'compatibility-notes': notes ?? '',
      incompatible: String(failing.length),
    },
  }
}
