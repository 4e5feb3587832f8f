import {join} from 'node:path'
import {
  type Host,
  type InputsOf,
  type OutputsOf,
  outputInWorkspace,
  pathInWorkspace,
  rejectProblems,
} from '@mcp-release/action-kit'
import {
  type LeftOutFile,
  type Plan,
  carriedOut,
  manifestSchema,
  parseJson,
  releaseFiles,
} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {type Planned, compareBuilt, complete} from './complete'
import {readPlan} from './facts'
import {readSeal, sealHandovers} from './seal'
import {releasedFiles, sealedFiles} from './unchanged'

type Inputs = InputsOf<typeof contract>
type Outputs = OutputsOf<typeof contract>

const nothing: Outputs = {manifest: '', checksums: '', sha256: '', files: '', subjects: '', paths: ''}

/** Compares the files of a release with its plan; see the input `stage` for what else each stage does. */
export async function main(inputs: Inputs, host: Host): Promise<Outputs> {
  const {plan, text: planText} = await readPlan(host, inputs)
  const planned = {plan, planText}
  switch (inputs.stage) {
    case 'sealed':
      return seal(host, inputs, planned)
    case 'unchanged':
      return unchanged(host, inputs, planned)
    case 'built': {
      const {directory, files, leftOut} = await compareBuilt(host, inputs, planned)
      tell(host, files, leftOut)
      return {...nothing, ...listed(directory, files)}
    }
    case 'complete': {
      const {facts, ...written} = await complete(host, inputs, planned)
      tell(host, facts.files, facts.leftOut)
      return {...nothing, ...written}
    }
  }
}

function tell(host: Host, files: readonly unknown[], leftOut: readonly LeftOutFile[]): void {
  for (const {name, reason} of leftOut) host.notice(`${name} is left out: ${reason}`)
  host.info(`${files.length} files are as planned`)
}

async function seal(host: Host, inputs: Inputs, planned: Planned): Promise<Outputs> {
  const problems: string[] = []
  const place = (input: 'handovers' | 'directory', path: string) => pathInWorkspace(host, {input, path}, problems)
  const places = {
    handovers: await place('handovers', inputs.handovers),
    directory: await place('directory', inputs.directory),
    seal: await outputInWorkspace(host, {input: 'seal', path: inputs.seal ?? 'seal.json'}, problems),
  }
  rejectProblems(problems)
  const {seal: sealed, sha256} = await sealHandovers(host, planned, places)
  for (const {name, reason} of sealed.leftOut ?? []) host.notice(`${name} is left out: ${reason}`)
  host.info(`${sealed.files.length} files are sealed`)
  return {...nothing, sha256, ...listed(places.directory, sealed.files)}
}

async function unchanged(host: Host, inputs: Inputs, {plan, planText}: Planned): Promise<Outputs> {
  const problems: string[] = []
  const directory = await pathInWorkspace(host, {input: 'directory', path: inputs.directory}, problems)
  const optional = async (input: 'seal' | 'signatures') => {
    const path = inputs[input]
    return path === undefined ? undefined : pathInWorkspace(host, {input, path}, problems)
  }
  const file = await optional('seal')
  const signatures = await optional('signatures')
  rejectProblems(problems)
  const {sha256} = inputs
  const found =
    file === undefined
      ? await releasedFiles(host, await asCarriedOut(host, plan, directory), {directory, sha256, signatures})
      : await sealedFiles(host, directory, (await readSeal(host, {file, sha256, planText})).files)
  host.info(`${found.files.length} files are unchanged`)
  const subjects = found.subjects.map(name => join(directory, name)).join('\n')
  return {
    ...nothing,
    files: found.files.map(({name}) => name).join('\n'),
    paths: found.files.map(({path}) => path).join('\n'),
    subjects,
  }
}

// The manifest is one of the files whose digests are compared then.
async function asCarriedOut(host: Host, plan: Plan, directory: string): Promise<Plan> {
  const path = join(directory, releaseFiles.manifest)
  if ((await host.files.stat(path))?.kind !== 'file') return plan
  const text = await host.files.readText(path)
  return carriedOut(plan, parseJson(manifestSchema, {file: releaseFiles.manifest, text}))
}

function listed(directory: string, files: readonly {readonly name: string}[]): Pick<Outputs, 'files' | 'paths'> {
  const names = files.map(({name}) => name)
  return {files: names.join('\n'), paths: names.map(name => join(directory, name)).join('\n')}
}
