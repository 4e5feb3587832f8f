import {randomBytes} from 'node:crypto'
import {existsSync} from 'node:fs'
import {readFile, readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {type Given, type Job, type Outputs, pipeline, stepRuns} from '@mcp-release/pipeline'
import {
  type Plan,
  carriedOut,
  manifestSchema,
  nativePlatforms,
  parseJson,
  planSchema,
  releaseFiles,
  verificationSchema,
} from '@mcp-release/release-model'
import {copySource} from './copy-source'
import {tagCopy} from './copy-repository'
import {type EmbeddedForge, openForge, verifyPublished} from './embedded-forge'
import type {Outcome, SequenceContext} from './outcome'
import {type Runner, runSteps} from './run-steps'
import type {Source} from './source'
import type {Scratch} from './workplace'

/** The actions that ask GitHub; here they ask the embedded forge. */
const callsForge = new Set(['cosign-sign', 'gh-release'])

/** Runs the whole pipeline: the same steps, with the same inputs, as the workflow. */
export async function runSequence(context: SequenceContext, outcome: Outcome): Promise<void> {
  const {scratch, options, source} = context
  const token = randomBytes(20).toString('hex')
  const given = givenTo(context, token)
  const outputs: Outputs = new Map()
  const known = {jobs: pipeline, outputs}
  let opening: Promise<EmbeddedForge> | undefined
  // Not before the release comes near: it takes time that the first builds can use.
  const opened = () => (opening ??= openForge(source.repository, planOf(outcome), token))
  const env = async (action: string) => ({
    ...releaseVariables(source),
    ...(callsForge.has(action) ? (await opened()).env : {}),
  })
  const runner: Runner = {context, outcome, given, outputs, env}
  const [deciding, ...others] = jobsOf()
  const how = {calls: outcome.calls, submodules: options.submodules, history: true}
  context.holding.prepare(deciding.steps.map(({action}) => action))
  outcome.warnings.push(...source.warnings, ...(await copySource(source, scratch.source, how)))
  await runSteps(stepRuns([deciding], given, known), runner)
  const plan = await readPlan(scratch)
  outcome.plan = plan
  if (existsSync(join(scratch.source, '.git'))) await tagCopy(scratch.source, plan.version.tag, outcome.calls)
  try {
    try {
      await runSteps(stepRuns(others, given, known), runner)
    } finally {
      await readVerification(scratch, outcome)
    }
    const done = await withoutMissing(plan, scratch)
    outcome.plan = done
    const published = await verifyPublished(await opened(), source.repository, done)
    outcome.release = {...published, state: outputs.get('release/release')?.['state'] ?? ''}
  } finally {
    await opening?.then(({forge}) => forge.close())
  }
}

function jobsOf(): readonly [Job, ...Job[]] {
  const [deciding, ...others] = pipeline
  if (deciding === undefined) throw new Error('the pipeline has no jobs')
  return [deciding, ...others]
}

function planOf({plan}: Outcome): Plan {
  if (plan === undefined) throw new Error('the forge is opened before there is a plan')
  return plan
}

/** What a caller of the workflow would say, for this machine alone. */
function givenTo({scratch, options, source, toolchains}: SequenceContext, token: string): Given {
  return {
    inputs: {
      ...options.inputs,
      'working-directory': source.directory,
      'verify-on': nativePlatforms.find(each => each === machine()) ?? '',
      publish: 'true',
    },
    secrets: {'cosign-key': 'new'},
    local: {
      toolchains: toolchains.length === 0 ? 'none' : toolchains.join('\n'),
      'public-key': scratch.folders.publicKey,
      token,
    },
    temp: scratch.temp,
  }
}

/** The variables of the runner that say what is released. */
export function releaseVariables({repository, sourceDate, commit}: Source): Readonly<Record<string, string>> {
  return {
    GITHUB_REPOSITORY: repository,
    SOURCE_DATE_EPOCH: String(sourceDate),
    ...(commit === undefined ? {} : {GITHUB_SHA: commit}),
  }
}

async function readPlan({folders}: Scratch): Promise<Plan> {
  return parseJson(planSchema, {file: 'release-plan.json', text: await readFile(folders.plan, 'utf8')})
}

/** The plan without the bundles that could not be made, as the manifest of the release says. */
async function withoutMissing(plan: Plan, {folders}: Scratch): Promise<Plan> {
  const file = releaseFiles.manifest
  const manifest = parseJson(manifestSchema, {file, text: await readFile(join(folders.files, file), 'utf8')})
  return carriedOut(plan, manifest)
}

// What was found is told also when it keeps the release from being complete.
async function readVerification({folders: {handovers}}: Scratch, outcome: Outcome): Promise<void> {
  const folder = (await readdir(handovers)).find(name => name.startsWith('verified-'))
  if (folder === undefined) return
  const file = 'verification.json'
  const text = await readFile(join(handovers, folder, file), 'utf8').catch(() => undefined)
  if (text !== undefined) outcome.verification = parseJson(verificationSchema, {file, text})
}

/** `os/arch` of this machine, in the words of Go and OCI. */
function machine(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  return `${os}/${process.arch === 'x64' ? 'amd64' : process.arch}`
}
