import {existsSync} from 'node:fs'
import {cp, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {errorText} from '@mcp-release/action-kit'
import {formatJson} from '@mcp-release/release-model'
import {type Progress, type Report, renderHtml} from '@mcp-release/report'
import type {SnapshotOptions} from '../arguments'
import {composeReport} from './compose-report'
import {Holding} from './holding'
import {SkipError, StepError, newOutcome} from './outcome'
import {runSequence} from './sequence'
import {readSource} from './source'
import {type Scratch, discard, keep, keepFailed, makeScratch} from './workplace'

/** What all projects of one call share. */
export interface Shared {
  readonly dist: string
  readonly options: SnapshotOptions
  readonly toolchains: readonly string[]
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** A project that was released, skipped or failed, and where its files or logs lie. */
export interface ProjectEnd {
  readonly report: Report
  readonly folder: string
}

/** Releases one folder to the embedded forge and leaves everything in `out`, or the logs in `out.failed`. */
export async function releaseProject(directory: string, out: string, shared: Shared): Promise<ProjectEnd> {
  const startedAt = new Date()
  const scratch = await makeScratch(out)
  const holding = new Holding({dist: shared.dist, workspace: scratch.source, temp: scratch.temp})
  try {
    holding.prepare(firstActions(directory))
    const outcome = newOutcome()
    const source = await readSource(directory, outcome.calls)
    const ended = await attempt(() => runSequence({...shared, source, scratch, holding}, outcome))
    shared.signal.throwIfAborted()
    const {files, signatures} = scratch.folders
    const seconds = (Date.now() - startedAt.getTime()) / 1000
    const report = await composeReport({directory, source, startedAt, seconds, files, signatures}, outcome, ended)
    return {report, folder: await leave(report, {scratch, out})}
  } finally {
    holding.dropAll()
    await discard(scratch)
  }
}

const builders = {
  'pyproject.toml': 'build-wheel',
  'package.json': 'build-npm',
  'go.mod': 'cross-compile',
  'Cargo.toml': 'cross-compile',
} as const

// The plan decides; this is a guess at what it will need first.
function firstActions(directory: string): readonly string[] {
  const guess = Object.entries(builders).find(([file]) => existsSync(join(directory, file)))
  return ['release-plan', ...(guess === undefined ? [] : [guess[1]])]
}

async function attempt(
  run: () => Promise<void>,
): Promise<{readonly status: Report['status']; readonly reason?: string}> {
  try {
    await run()
    return {status: 'released'}
  } catch (error) {
    if (error instanceof SkipError) return {status: 'skipped', reason: error.message}
    return {status: 'failed', reason: error instanceof StepError ? error.message : errorText(error)}
  }
}

async function leave(
  report: Report,
  {scratch, out}: {readonly scratch: Scratch; readonly out: string},
): Promise<string> {
  await writeFile(join(scratch.partial, 'report.json'), formatJson(report))
  await writeFile(join(scratch.partial, 'report.html'), renderHtml(report))
  if (report.status === 'released') {
    for (const folder of [scratch.folders.files, scratch.folders.signatures])
      await cp(folder, scratch.partial, {recursive: true})
    await cp(scratch.folders.plan, join(scratch.partial, 'release-plan.json'))
    await cp(scratch.folders.publicKey, join(scratch.partial, 'cosign.pub'))
    await keep(scratch, out)
    return out
  }
  return keepFailed(scratch, out)
}
