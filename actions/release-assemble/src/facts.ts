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
export async function readPlan(
  host: Host,
  {plan}: {readonly plan: string},
): Promise<{readonly plan: Plan; readonly text: string}> {
  const problems: string[] = []
  const path = await pathInWorkspace(host, {input: 'plan', path: plan}, problems)
  if ((await host.files.stat(path))?.kind !== 'file') problems.push(`plan: ${JSON.stringify(plan)} is not a file`)
  rejectProblems(problems)
  const text = await host.files.readText(path)
  return {plan: parseJson(planSchema, {file: plan, text}), text}
}

const words = {file: 'a file', directory: 'a folder', link: 'a link', other: 'a special file'} as const

/** Hashes every file in a folder; what is not a plain file is a problem. */
export async function listFiles(
  host: Host,
  directory: string,
  {shown, problems}: {readonly shown: string; readonly problems: string[]},
): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = []
  for (const name of await host.files.list(directory)) {
    const path = join(directory, name)
    const stat = await host.files.stat(path)
    if (stat?.kind === 'file') files.push({name, size: stat.size, sha256: await host.files.sha256(path)})
    else problems.push(`directory: ${JSON.stringify(join(shown, name))} is ${words[stat?.kind ?? 'other']}, not a file`)
  }
  return files
}

/** The text of a file that must be a plain one: reading a named pipe would never end, and a link may lead anywhere. */
export async function readPlain(host: Host, path: string, shown: string): Promise<string> {
  const kind = (await host.files.stat(path))?.kind
  if (kind !== 'file')
    throw new InputError([`${shown}: is ${kind === undefined ? 'not there' : `${words[kind]}, not a file`}`])
  return host.files.readText(path)
}

/** Hashes every file in the folder and merges all fragments. */
export async function gatherFacts(
  host: Host,
  inputs: {readonly directory: string; readonly fragments: string},
): Promise<Facts> {
  const problems: string[] = []
  const directory = await pathInWorkspace(host, {input: 'directory', path: inputs.directory}, problems)
  rejectProblems(problems)
  const files = await listFiles(host, directory, {shown: inputs.directory, problems})
  const said = await readFragments(host, inputs, problems)
  return {directory, files, ...said}
}

/** Merges all fragments; throws one `InputError` with what is wrong with them, and with the problems that were met before. */
export async function readFragments(
  host: Host,
  inputs: {readonly fragments: string},
  problems: string[] = [],
): Promise<Pick<Facts, 'built' | 'leftOut'>> {
  const fragments = await pathInWorkspace(host, {input: 'fragments', path: inputs.fragments}, problems)
  const built: BuiltArtifact[] = []
  const leftOut: LeftOutFile[] = []
  for (const name of (await host.files.list(fragments)).filter(each => each.endsWith('.json'))) {
    try {
      const fragment = parseFragment(name, await readPlain(host, join(fragments, name), name))
      built.push(...fragment.artifacts)
      leftOut.push(...(fragment.leftOut ?? []))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  rejectProblems(problems)
  return {built, leftOut}
}
