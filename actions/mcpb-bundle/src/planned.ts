import {basename} from 'node:path'
import {type Host, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type Plan, type PlannedBundle, parseVersion} from '@mcp-release/release-model'
import type {BundleRequest} from './request'

type Name = PlannedBundle['files'][number]

/**
 * The bundles of a plan as requests, one for each file, so that one which cannot be made stops no other; throws one
 * `InputError` with all files and folders that are not there.
 */
export async function plannedRequests(
  plan: Plan,
  files: readonly string[],
  host: Host,
): Promise<readonly BundleRequest[]> {
  const found = new Map(files.map(path => [basename(path), path]))
  const problems: string[] = []
  const requests: BundleRequest[] = []
  for (const bundle of plan.bundles) {
    const directory = await pathInWorkspace(host, {input: 'plan', path: bundle.directory}, problems)
    if ((await host.files.stat(directory))?.kind !== 'directory')
      problems.push(`plan: ${JSON.stringify(bundle.directory)} is not a folder; check the repository out first`)
    const manifest =
      bundle.manifest === undefined
        ? undefined
        : await pathInWorkspace(host, {input: 'plan', path: bundle.manifest}, problems)
    const common = {...ofPackage(plan, bundle), directory, ...(manifest === undefined ? {} : {manifest})}
    for (const file of bundle.files) {
      problems.push(...missing(file, found))
      requests.push({
        ...common,
        ...ofFile(bundle, file),
        ...madeOf(
          bundle,
          file.from.flatMap(name => found.get(name) ?? []),
        ),
        siblings: files.filter(path => !file.from.includes(basename(path))),
      })
    }
  }
  rejectProblems(problems)
  return requests
}

// Of npm packages, the first is the server's, and the others lie below its node_modules.
function madeOf({type}: PlannedBundle, files: readonly string[]): Pick<BundleRequest, 'files' | 'companions'> {
  return type === 'node' && files.length > 1 ? {files: files.slice(0, 1), companions: files.slice(1)} : {files}
}

function missing({name, from}: Name, found: ReadonlyMap<string, string>): readonly string[] {
  return from
    .filter(each => !found.has(each))
    .map(each => `files: ${each}, of which ${name} is made, is not among them`)
}

function ofFile({type, dependencies, executable}: PlannedBundle, {name, platform}: Name) {
  // What has no platform of its own is for all.
  const targets = platform === undefined ? [] : [platform]
  const installed = dependencies === undefined ? {} : {dependencies}
  return {type, ...installed, executable, targets, launcher: 'none' as const, names: [name]}
}

function ofPackage(plan: Plan, {package: id}: PlannedBundle) {
  const version = parseVersion(plan.version.text)
  const {license, start} = plan.packages.find(each => each.id === id) ?? {}
  return {
    package: id,
    ...(version === undefined ? {} : {version}),
    ...(license === undefined ? {} : {license}),
    ...(start === undefined ? {} : {start}),
  }
}
