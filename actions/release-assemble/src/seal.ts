import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {ActionError, type Host, rejectProblems} from '@mcp-release/action-kit'
import {type Plan, type Seal, formatJson, parseJson, sealSchema} from '@mcp-release/release-model'
import {wronglyLeftOut} from './compare'
import {readPlain} from './facts'
import {gatherHandovers} from './handovers'

/** Where things are; all absolute. */
export interface SealPlaces {
  readonly handovers: string
  readonly directory: string
  readonly seal: string
}

/** Copies what all jobs handed over into one folder and writes the seal; nothing of either when a hand-over is wrong. */
export async function sealHandovers(
  host: Host,
  {plan, planText}: {readonly plan: Plan; readonly planText: string},
  {handovers, directory, seal}: SealPlaces,
): Promise<{readonly seal: Seal; readonly sha256: string}> {
  const there = await host.files.list(directory)
  rejectProblems(
    there.map(name => `directory: holds ${JSON.stringify(name)} already; sealed files go into an empty folder`),
  )
  const {files, leftOut, problems} = await gatherHandovers(host, plan, handovers)
  rejectIncomplete([...wronglyLeftOut(plan, {leftOut}), ...problems])
  for (const {path, name, sha256} of files) {
    const copy = join(directory, name)
    await host.files.copy(path, copy)
    // What is sealed is what lies there now, not what was measured a moment ago.
    rejectIncomplete((await host.files.sha256(copy)) === sha256 ? [] : [`${name}: changed while it was sealed`])
  }
  const content: Seal = {
    schemaVersion: 1,
    plan: digestOf(planText),
    ...(plan.commit === undefined ? {} : {commit: plan.commit}),
    files: files.map(({path: _, ...file}) => file).sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...(leftOut.length === 0 ? {} : {leftOut: [...leftOut]}),
  }
  const text = formatJson(content)
  await host.files.write(seal, text)
  return {seal: content, sha256: digestOf(text)}
}

/** Reads a seal that must have this digest, if one is given, and be that of the plan. */
export async function readSeal(
  host: Host,
  {file, sha256, planText}: {readonly file: string; readonly sha256: string | undefined; readonly planText: string},
): Promise<Seal> {
  const text = await readPlain(host, file, 'seal')
  const problems = digestProblems('seal', text, sha256)
  const seal = parseJson(sealSchema, {file: 'seal.json', text})
  if (seal.plan !== digestOf(planText)) problems.push('seal: belongs to another plan')
  rejectIncomplete(problems)
  return seal
}

/** What is wrong with the digest of a record. */
export function digestProblems(name: string, text: string, sha256: string | undefined): string[] {
  const found = digestOf(text)
  return sha256 === undefined || sha256 === found ? [] : [`${name}: sha256 is ${found}, and ${sha256} was handed over`]
}

/** Throws one error with all differences. */
export function rejectIncomplete(problems: readonly string[]): void {
  if (problems.length === 0) return
  throw new ActionError('INCOMPLETE', problems.map(problem => `- ${problem}`).join('\n'), {
    hint: 'Nothing was published. Look at the build job that should have made the file; it says why it did not. If the sources changed since the plan, plan again.',
  })
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
