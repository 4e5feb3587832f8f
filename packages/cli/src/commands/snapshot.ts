import {readdir} from 'node:fs/promises'
import {basename, dirname, join, resolve} from 'node:path'
import {fileURLToPath} from 'node:url'
import {InputError} from '@mcp-release/action-kit'
import {type Report, progress as showProgress, renderTable} from '@mcp-release/report'
import type {SnapshotOptions} from '../arguments'
import {rejectMissing, useColor} from '../terminal'
import {endRunning} from '../snapshot/bundle'
import {releaseProject} from '../snapshot/project'
import {workingToolchains} from '../snapshot/toolchains'

// dist/mcp-release/index.js lies beside the bundles of the actions.
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Releases folders on this machine; returns the exit code: 0 when at least one was released and none failed. */
export async function snapshot(options: SnapshotOptions, cwd: string): Promise<number> {
  const directories = options.directories.length > 0 ? options.directories : await examples()
  await rejectMissing(directories)
  const color = useColor(process.stdout.isTTY)
  const progress = showProgress(process.stdout, {color})
  const abort = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      abort.abort(new InputError([`interrupted by ${name}; nothing was released`]))
      endRunning()
    })
  }
  const shared = {
    dist,
    options,
    toolchains: await workingToolchains(),
    progress,
    signal: abort.signal,
  }
  const reports: Report[] = []
  const folders: string[] = []
  for (const directory of directories) {
    process.stdout.write(`\n${basename(directory)}\n`)
    const out = options.out ?? join(cwd, 'out', basename(directory))
    const end = await releaseProject(directory, out, shared)
    reports.push(end.report)
    folders.push(end.folder)
  }
  progress.close()
  process.stdout.write(`\n${renderTable(reports, {color, width: process.stdout.columns || 100})}\n`)
  for (const folder of folders) process.stdout.write(`${join(folder, 'report.html')}\n`)
  return reports.some(each => each.status === 'failed') || !reports.some(each => each.status === 'released') ? 1 : 0
}

async function examples(): Promise<readonly string[]> {
  const folder = join(dist, '..', 'examples')
  const entries = await readdir(folder, {withFileTypes: true}).catch(() => [])
  const found = entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name))
  if (found.length === 0)
    throw new InputError(['snapshot: no folder was given, and there are no examples beside the program'])
  return found.sort()
}
