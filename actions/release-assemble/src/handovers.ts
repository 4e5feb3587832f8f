import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {
  type LeftOutFile,
  type Plan,
  type PlannedArtifact,
  type SealedFile,
  bundlesJob,
  builtFiles,
  parseFragment,
} from '@mcp-release/release-model'
import {compare} from './compare'
import {type Facts, listFiles} from './facts'
import {contentProblem} from './measure'

/** What one job handed over, as it lies there. */
export interface Handover {
  readonly job: string
  /** Absolute path of the folder with its files. */
  readonly folder: string
  readonly facts: Facts
}

/** What all jobs handed over, measured; `problems` names all that must not be sealed. */
export interface Gathered {
  readonly files: readonly (SealedFile & {readonly path: string})[]
  readonly leftOut: readonly LeftOutFile[]
  readonly problems: readonly string[]
}

/**
 * Reads every hand-over and compares it with what the plan expects of its job: each file and fragment belongs to that job and no
 * other, and is what the plan says of its kind and platform. What the fragments say of sizes and digests is only compared.
 */
export async function gatherHandovers(host: Host, plan: Plan, root: string): Promise<Gathered> {
  const expected = expectations(plan)
  const problems = await strangers(host, root, [...expected.keys()])
  const gathered = {files: [] as (SealedFile & {path: string})[], leftOut: [] as LeftOutFile[]}
  for (const [job, artifacts] of expected) {
    const handover = await readHandover(host, {root, job}, problems)
    if (handover === undefined) {
      // Without bundles that could be made there is nothing to hand over.
      problems.push(...artifacts.map(({name}) => `${name}: planned, but job ${job} did not make it`))
      continue
    }
    const {facts, folder} = handover
    const left = facts.leftOut.map(({name}) => name)
    const own = {...plan, artifacts: artifacts.filter(({name}) => !left.includes(name)).map(each => ({...each, job}))}
    problems.push(...foreignTo({job, artifacts}, facts), ...compare(own, facts, 'built'))
    gathered.leftOut.push(...facts.leftOut)
    for (const artifact of own.artifacts) {
      const found = facts.files.find(({name}) => name === artifact.name)
      if (found === undefined) continue
      const path = join(folder, found.name)
      const problem = await contentProblem(host.files, path, artifact)
      if (problem !== undefined) problems.push(`${artifact.name}: ${problem}`)
      const {name, kind, package: owner, platform} = artifact
      gathered.files.push({
        name,
        kind,
        ...(owner === undefined ? {} : {package: owner}),
        ...(platform === undefined ? {} : {platform}),
        job,
        size: found.size,
        sha256: found.sha256,
        path,
      })
    }
  }
  return {...gathered, problems}
}

/** The files that each job is to hand over. */
function expectations(plan: Plan): ReadonlyMap<string, readonly PlannedArtifact[]> {
  const byJob = new Map<string, PlannedArtifact[]>()
  for (const each of builtFiles(plan)) byJob.set(each.job ?? '', [...(byJob.get(each.job ?? '') ?? []), each])
  const bundles = plan.artifacts.filter(({kind, job}) => kind === 'mcpb' && job === undefined)
  if (bundles.length > 0) byJob.set(bundlesJob, bundles)
  return byJob
}

const prefix = 'built-'

const folderName = (job: string): string => prefix + job

// What other jobs hand over lies beside it, under names of its own.
async function strangers(host: Host, root: string, jobs: readonly string[]): Promise<string[]> {
  const known = new Set(jobs.map(folderName))
  return (await host.files.list(root))
    .filter(name => name.startsWith(prefix) && !known.has(name))
    .map(name => `${JSON.stringify(name)}: is handed over, but the plan has no such job`)
}

async function readHandover(
  host: Host,
  {root, job}: {readonly root: string; readonly job: string},
  problems: string[],
): Promise<Handover | undefined> {
  const place = join(root, folderName(job))
  if ((await host.files.stat(place))?.kind !== 'directory') return undefined
  for (const name of await host.files.list(place)) {
    if (!['files', 'fragment.json'].includes(name)) problems.push(`${folderName(job)}: holds ${JSON.stringify(name)}`)
  }
  const folder = join(place, 'files')
  const files = await listFiles(host, folder, {shown: `${folderName(job)}/files`, problems})
  const said = await readFragment(host, {place, job}, problems)
  return {job, folder, facts: {directory: folder, files, built: said?.artifacts ?? [], leftOut: said?.leftOut ?? []}}
}

async function readFragment(
  host: Host,
  {place, job}: {readonly place: string; readonly job: string},
  problems: string[],
) {
  const file = join(place, 'fragment.json')
  if ((await host.files.stat(file))?.kind !== 'file') {
    problems.push(`${folderName(job)}: has no fragment.json`)
    return undefined
  }
  try {
    return parseFragment(`${folderName(job)}/fragment.json`, await host.files.readText(file))
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

// A fragment speaks of the files of its job alone.
function foreignTo(
  {job, artifacts}: {readonly job: string; readonly artifacts: readonly PlannedArtifact[]},
  {built, leftOut}: Facts,
): readonly string[] {
  return [...built, ...leftOut]
    .filter(({name}) => !artifacts.some(each => each.name === name))
    .map(({name}) => `${name}: the fragment of job ${job} speaks of it, but it is not one of its files`)
}
