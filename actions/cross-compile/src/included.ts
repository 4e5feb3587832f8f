import {basename, join} from 'node:path'
import {type Host, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {contract} from './action.gen'
import type {Inputs} from './inputs'

const optional: readonly string[] = contract.inputs.include.default.split('\n')

/** The files that go into every archive beside the executable, at its top level. */
export async function readIncluded(host: Host, {directory, include}: Inputs): Promise<readonly ArchiveFile[]> {
  const problems: string[] = []
  const found = new Map<string, string>()
  for (const pattern of include) {
    const matches = await host.files.find([pattern], {cwd: directory})
    if (matches.length === 0 && !optional.includes(pattern))
      problems.push(`include: ${JSON.stringify(pattern)} matches no file in ${directory}`)
    for (const match of matches) {
      const path = await pathInWorkspace(host, {input: 'include', path: join(directory, match)}, problems)
      const before = found.get(basename(match)) ?? path
      if (before !== path) problems.push(`include: ${before} and ${path} would have the same name in the archive`)
      found.set(basename(match), path)
    }
  }
  rejectProblems(problems)
  return Promise.all([...found].map(([name, path]) => readFile(host, name, path)))
}

async function readFile(host: Host, name: string, path: string): Promise<ArchiveFile> {
  const real = await host.files.realPath(path)
  const mode = ((await host.files.stat(real))?.mode ?? 0) & 0o100 ? 0o755 : 0o644
  return {name, mode, content: await host.files.readBytes(real)}
}
