import {basename, join} from 'node:path'
import {type Host, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {
  type AccompanyingFile,
  isLicenseFile,
  licenseFiles,
  nearestFiles,
  withoutLicenseFile,
} from '@mcp-release/release-model'
import {contract} from './action.gen'
import type {Inputs} from './inputs'

const optional: readonly string[] = contract.inputs.include.default.split('\n')

/**
 * The files that go into every archive beside the executable, at its top level: the licences always, and what the input
 * `include` names. What the default patterns name may lie above the package, in the repository.
 */
export async function readIncluded(host: Host, {directory, include}: Inputs): Promise<readonly ArchiveFile[]> {
  const problems: string[] = []
  const licenses = await licenseFiles(host, directory)
  for (const problem of licenses.problems) host.warning(`${problem}; it is in no archive`)
  if (!licenses.files.some(({name}) => isLicenseFile(basename(name)))) {
    host.warning(`${directory}: ${withoutLicenseFile.text}\n${withoutLicenseFile.hint}`)
  }
  const found = new Map(licenses.files.map(({name, path}) => [name, path]))
  for (const pattern of include) {
    for (const {name, path} of await matching(host, {pattern, directory}, problems)) {
      const before = found.get(name) ?? path
      const same = (await host.files.realPath(before)) === (await host.files.realPath(path))
      if (!same) problems.push(`include: ${before} and ${path} would have the same name in the archive`)
      found.set(name, before)
    }
  }
  rejectProblems(problems)
  const sorted = [...found].sort(([one], [other]) => (one < other ? -1 : 1))
  return Promise.all(sorted.map(([name, path]) => readFile(host, name, path)))
}

async function matching(
  host: Host,
  {pattern, directory}: {readonly pattern: string; readonly directory: string},
  problems: string[],
): Promise<readonly AccompanyingFile[]> {
  // goreleaser's own defaults, in any case: https://goreleaser.com/customization/archive/
  if (pattern === 'LICENSE*') return []
  if (optional.includes(pattern)) {
    const start = pattern.replace('*', '').toLowerCase()
    const fits = (name: string) => name.toLowerCase().startsWith(start) && !/\.(?:go|rs|tmpl|tpl|sh|py)$/.test(name)
    return (await nearestFiles(host, directory, fits)).files
  }
  const matches = await host.files.find([pattern], {cwd: directory})
  if (matches.length === 0) problems.push(`include: ${JSON.stringify(pattern)} matches no file in ${directory}`)
  const paths = matches.map(match => pathInWorkspace(host, {input: 'include', path: join(directory, match)}, problems))
  return (await Promise.all(paths)).map(path => ({name: basename(path), path}))
}

async function readFile(host: Host, name: string, path: string): Promise<ArchiveFile> {
  const real = await host.files.realPath(path)
  const mode = ((await host.files.stat(real))?.mode ?? 0) & 0o100 ? 0o755 : 0o644
  return {name, mode, content: await host.files.readBytes(real)}
}
