import {join} from 'node:path'
import {type Host, type InputsOf, outputInWorkspace, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {
  type Plan,
  compatibilityNotes,
  compatibilitySchema,
  formatJson,
  parseJson,
  releaseFiles,
  withoutLeftOut,
} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {compare, wronglyLeftOut} from './compare'
import {composeManifest} from './compose'
import {type Facts, gatherFacts, listFiles, readFragments} from './facts'
import {type NotStarted, notStarted, notStartedProblems} from './not-started'
import {startedNotes} from './notes'
import {writeRecords} from './records'
import {digestOf, readSeal, rejectIncomplete} from './seal'
import {sealedFiles} from './unchanged'
import {type PlatformReport, mergedVerification, readVerified, takeListings, verifiedProblems} from './verified'

type Inputs = InputsOf<typeof contract>

/** A plan, and the text of its file. */
export interface Planned {
  readonly plan: Plan
  readonly planText: string
}

/** Compares built files with the plan and their fragments. */
export async function compareBuilt(host: Host, inputs: Inputs, {plan: whole}: Planned): Promise<Facts> {
  const facts = await gatherFacts(host, inputs)
  const plan = withoutLeftOut(whole, facts.leftOut)
  rejectIncomplete([...wronglyLeftOut(whole, facts), ...compare(plan, facts, 'built')])
  return facts
}

/** What was written down of a complete release. */
export interface Completed {
  readonly manifest: string
  readonly checksums: string
  readonly files: string
  readonly sha256: string
  readonly facts: Facts
}

/** Compares all files but the signatures with plan, seal and reports; then writes the manifest, the checksums and the notes. */
export async function complete(host: Host, inputs: Inputs, {plan: whole, planText}: Planned): Promise<Completed> {
  const places = await placesOf(host, inputs)
  const {directory} = places
  const said = await saidOf(host, inputs, {places, planText})
  const plan = withoutLeftOut(whole, said.leftOut)
  const problems: string[] = []
  const reports = await reportsOf(host, plan, {places, problems})
  if (places.sealed !== undefined) await takeSealed(host, {from: places.sealed, to: directory, sealed: said.built})
  const files = await listFiles(host, directory, {shown: inputs.directory, problems})
  rejectProblems(problems)
  const facts = {directory, files, ...said}
  const skipped = reports === undefined ? [] : notStarted(plan, reports)
  rejectIncomplete([
    ...wronglyLeftOut(whole, facts),
    ...compare(plan, facts, 'complete'),
    ...(reports === undefined ? [] : verifiedProblems(plan, reports)),
    ...notStartedProblems(skipped),
  ])
  const written = await writeRecords(host, {directory, manifest: composeManifest(plan, facts), names: releaseFiles})
  if (reports !== undefined) await writeReports(host, places, {reports, skipped})
  return {...written, sha256: digestOf(await host.files.readText(written.checksums)), facts}
}

/** Copies the sealed files, once they are proved to be those of the seal and no others. */
async function takeSealed(
  host: Host,
  {from, to, sealed}: {readonly from: string; readonly to: string; readonly sealed: Facts['built']},
): Promise<void> {
  const {files} = await sealedFiles(host, from, sealed)
  for (const {name, path} of files) await host.files.copy(path, join(to, name))
}

interface Places {
  readonly directory: string
  readonly sealed?: string
  readonly seal?: string
  readonly verified?: string
  readonly verification?: string
  readonly notes?: string
}

async function placesOf(host: Host, inputs: Inputs): Promise<Places> {
  const problems: string[] = []
  const at = (input: string, path: string) => pathInWorkspace(host, {input, path}, problems)
  const written = (input: string, path: string) => outputInWorkspace(host, {input, path}, problems)
  const {seal, sealed, verified, verification, notes} = inputs
  const places = {
    directory: await at('directory', inputs.directory),
    ...(seal === undefined ? {} : {seal: await at('seal', seal)}),
    ...(sealed === undefined ? {} : {sealed: await at('sealed', sealed)}),
    ...(verified === undefined ? {} : {verified: await at('verified', verified)}),
    ...(verification === undefined ? {} : {verification: await written('verification', verification)}),
    ...(notes === undefined ? {} : {notes: await written('notes', notes)}),
  }
  rejectProblems(problems)
  return places
}

/** What was built and what could not be, as the seal says, or without one the fragments. */
async function saidOf(
  host: Host,
  inputs: Inputs,
  {places, planText}: {readonly places: Places; readonly planText: string},
): Promise<Pick<Facts, 'built' | 'leftOut'>> {
  if (places.seal === undefined) return readFragments(host, inputs)
  const {files: built, leftOut = []} = await readSeal(host, {file: places.seal, sha256: inputs.sha256, planText})
  return {built, leftOut}
}

async function reportsOf(
  host: Host,
  plan: Plan,
  {places: {verified, directory}, problems}: {readonly places: Places; readonly problems: string[]},
): Promise<readonly PlatformReport[] | undefined> {
  if (verified === undefined) return undefined
  await takeListings(host, plan, {folder: verified, directory})
  return readVerified(host, plan, {folder: verified, problems})
}

async function writeReports(
  host: Host,
  places: Places,
  {reports, skipped}: {readonly reports: readonly PlatformReport[]; readonly skipped: readonly NotStarted[]},
): Promise<void> {
  const {verification, notes, directory} = places
  const merged = mergedVerification(reports)
  if (verification !== undefined) await host.files.write(verification, formatJson(merged))
  if (notes === undefined) return
  const file = join(directory, releaseFiles.compatibility)
  const isThere = (await host.files.stat(file))?.kind === 'file'
  const tables = isThere
    ? compatibilityNotes(
        parseJson(compatibilitySchema, {file: releaseFiles.compatibility, text: await host.files.readText(file)}),
      )
    : ''
  await host.files.write(notes, [startedNotes(merged, skipped), tables].filter(text => text !== '').join('\n'))
}
