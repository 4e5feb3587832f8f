import {join} from 'node:path'
import {type Host, InputError, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {
  type BuiltArtifact,
  type LeftOutFile,
  type Plan,
  parseFragment,
  parseJson,
  planSchema,
} from '@mcp-release/release-model'

/** A file that lies in the folder of the release. */
export interface FoundFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
}

/** What is there: files and what the build jobs said of them. */
export interface Facts {
  /** Absolute path. */
  readonly directory: string
  readonly files: readonly FoundFile[]
  readonly built: readonly BuiltArtifact[]
  /** The planned files that could not be made, as the jobs said. */
  readonly leftOut: readonly LeftOutFile[]
}

/** Reads and validates release-plan.json. */
export async function readPlan(host: Host, {plan}: {readonly plan: string}): Promise<Plan> {
  const problems: string[] = []
  const path = await pathInWorkspace(host, {input: 'plan', path: plan}, problems)
  if ((await host.files.stat(path))?.kind !== 'file') problems.push(`plan: ${JSON.stringify(plan)} is not a file`)
  rejectProblems(problems)
  return parseJson(planSchema, {file: plan, text: await host.files.readText(path)})
}

/** Hashes every file in the folder and merges all fragments. */
export async function gatherFacts(
  host: Host,
  inputs: {readonly directory: string; readonly fragments: string},
): Promise<Facts> {
  const problems: string[] = []
  const directory = await pathInWorkspace(host, {input: 'directory', path: inputs.directory}, problems)
  const fragments = await pathInWorkspace(host, {input: 'fragments', path: inputs.fragments}, problems)
  rejectProblems(problems)
  const files: FoundFile[] = []
  for (const name of await host.files.list(directory)) {
    const path = join(directory, name)
    const stat = await host.files.stat(path)
    if (stat?.kind === 'file') files.push({name, size: stat.size, sha256: await host.files.sha256(path)})
    else
      problems.push(
        `directory: ${JSON.stringify(join(inputs.directory, name))} is a ${stat?.kind ?? 'nothing'}, not a file`,
      )
  }
  const built: BuiltArtifact[] = []
  const leftOut: LeftOutFile[] = []
  for (const name of (await host.files.list(fragments)).filter(each => each.endsWith('.json'))) {
    try {
      const fragment = parseFragment(name, await host.files.readText(join(fragments, name)))
      built.push(...fragment.artifacts)
      leftOut.push(...(fragment.leftOut ?? []))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  rejectProblems(problems)
  return {directory, files, built, leftOut}
}
