import {basename} from 'node:path'
import {type Host, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type Plan, parseVersion} from '@mcp-release/release-model'
import type {BundleRequest} from './request'

/** The bundles of a plan as requests; throws one `InputError` with all files and folders that are not there. */
export async function plannedRequests(
  plan: Plan,
  files: readonly string[],
  host: Host,
): Promise<readonly BundleRequest[]> {
  const found = new Map(files.map(path => [basename(path), path]))
  const version = parseVersion(plan.version.semver)
  const problems: string[] = []
  const requests: BundleRequest[] = []
  for (const bundle of plan.bundles) {
    const directory = await pathInWorkspace(host, {input: 'plan', path: bundle.directory}, problems)
    if ((await host.files.stat(directory))?.kind !== 'directory')
      problems.push(`plan: ${JSON.stringify(bundle.directory)} is no folder; check the repository out first`)
    const sources = [...new Set(bundle.files.flatMap(each => each.from))]
    problems.push(
      ...sources
        .filter(name => !found.has(name))
        .map(name => `files: ${name}, of which ${bundle.files[0]?.name ?? ''} is made, is not among them`),
    )
    const {license} = plan.packages.find(each => each.id === bundle.package) ?? {}
    requests.push({
      type: bundle.type,
      directory,
      files: sources.flatMap(name => found.get(name) ?? []),
      executable: bundle.executable,
      targets: [],
      launcher: 'none',
      package: bundle.package,
      names: bundle.files.map(each => each.name),
      ...(version === undefined ? {} : {version}),
      ...(license === undefined ? {} : {license}),
    })
  }
  rejectProblems(problems)
  return requests
}
