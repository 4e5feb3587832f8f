import {randomBytes} from 'node:crypto'
import {existsSync} from 'node:fs'
import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {
  type Plan,
  carriedOut,
  manifestSchema,
  parseJson,
  planSchema,
  releaseFiles,
  verificationSchema,
  verificationsOf,
} from '@mcp-release/release-model'
import type {BundleEnd} from './bundle'
import {type EmbeddedForge, openForge, verifyPublished} from './embedded-forge'
import type {Outcome, SequenceContext} from './outcome'
import {type Runner, runStages} from './run-stages'
import {tagCopy} from './copy-repository'
import {copySource} from './copy-source'
import {stagesOf} from './stages'
import {planStep} from './steps'
import type {Scratch} from './workplace'

/** Runs the whole release: the plan decides, each step starts the bundle that the workflow would start. */
export async function runSequence(context: SequenceContext, outcome: Outcome): Promise<void> {
  const {scratch, options, source} = context
  const {folders} = scratch
  const given = {
    directory: source.directory,
    ...(options.toolMirror === undefined ? {} : {toolMirror: options.toolMirror}),
  }
  const env = {
    GITHUB_REPOSITORY: source.repository,
    SOURCE_DATE_EPOCH: String(source.sourceDate),
    ...(source.commit === undefined ? {} : {GITHUB_SHA: source.commit}),
  }
  const runner: Runner = {context, outcome, env}
  const planning = planStep(folders, {
    ...given,
    inputs: options.inputs,
    toolchains: context.toolchains,
    machine: machine(),
  })
  const before = async () => {
    const how = {calls: outcome.calls, submodules: options.submodules, history: true}
    outcome.warnings.push(...source.warnings, ...(await copySource(source, scratch.source, how)))
  }
  await runStages([{steps: [planning], before}], runner)
  const plan = parseJson(planSchema, {file: 'release-plan.json', text: await readFile(folders.plan, 'utf8')})
  outcome.plan = plan
  if (existsSync(join(scratch.source, '.git'))) await tagCopy(scratch.source, plan.version.tag, outcome.calls)
  const token = randomBytes(20).toString('hex')
  let opening: Promise<EmbeddedForge> | undefined
  // Not before the release comes near: it takes time that the first builds can use.
  const opened = () => (opening ??= openForge(source.repository, plan, token))
  try {
    const forge = {token, env: () => opened().then(({env: own}) => own)}
    const {changelog} = plan
    const notes = changelog === undefined ? {} : {changelog: join(scratch.source, changelog)}
    const stages = stagesOf(plan, {folders, given, forge, ...notes})
    let ends: readonly BundleEnd[]
    try {
      ends = await runStages(stages, runner)
    } finally {
      await readVerification(scratch, outcome)
    }
    const done = await withoutMissing(plan, scratch)
    outcome.plan = done
    const published = await verifyPublished(await opened(), source.repository, done)
    outcome.release = {...published, state: ends.at(-1)?.outputs['state'] ?? ''}
  } finally {
    await opening?.then(({forge}) => forge.close())
  }
}

/** The plan without the bundles that could not be made, as the manifest of the release says. */
async function withoutMissing(plan: Plan, {folders}: Scratch): Promise<Plan> {
  const file = releaseFiles.manifest
  const manifest = parseJson(manifestSchema, {file, text: await readFile(join(folders.files, file), 'utf8')})
  return carriedOut(plan, manifest)
}

// What was found is told also when it keeps the release from being complete.
async function readVerification({folders}: Scratch, outcome: Outcome): Promise<void> {
  const [first] = outcome.plan === undefined ? [] : verificationsOf(outcome.plan)
  const own = join(folders.verified, `verified-${first?.id ?? ''}`, 'verification.json')
  const text = await readFile(own, 'utf8').catch(() => undefined)
  if (text !== undefined) outcome.verification = parseJson(verificationSchema, {file: 'verification.json', text})
}

/** `os/arch` of this machine, in the words of Go and OCI. */
function machine(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  return `${os}/${process.arch === 'x64' ? 'amd64' : process.arch}`
}
