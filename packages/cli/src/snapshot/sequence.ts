import {randomBytes} from 'node:crypto'
import {readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {parseJson, planSchema, verificationSchema} from '@mcp-release/release-model'
import {openForge, verifyPublished} from './embedded-forge'
import type {Outcome, SequenceContext} from './outcome'
import {type Runner, runStages} from './run-stages'
import {stagesOf} from './stages'
import {planStep} from './steps'
import type {Scratch} from './workplace'

/** Runs the whole release: the plan decides, each step starts the bundle that the workflow would start. */
export async function runSequence(context: SequenceContext, outcome: Outcome): Promise<void> {
  const {scratch, options, source} = context
  const {folders} = scratch
  const given = {
    serverArgs: options.serverArgs,
    serverEnv: options.serverEnv,
    ...(options.toolMirror === undefined ? {} : {toolMirror: options.toolMirror}),
  }
  const env = {
    GITHUB_REPOSITORY: source.repository,
    SOURCE_DATE_EPOCH: String(source.sourceDate),
    ...(source.commit === undefined ? {} : {GITHUB_SHA: source.commit}),
  }
  const runner: Runner = {context, outcome, env}
  await runStages([{steps: [planStep(folders, {...options, toolchains: context.toolchains})]}], runner)
  const plan = parseJson(planSchema, {file: 'release-plan.json', text: await readFile(folders.plan, 'utf8')})
  outcome.plan = plan
  const token = randomBytes(20).toString('hex')
  // Comes up while the builds run.
  const opening = openForge(source.repository, plan, token)
  // It is looked at when its turn has come.
  opening.catch(() => undefined)
  try {
    const forge = {token, env: () => opening.then(opened => opened.env)}
    const changelog = join(scratch.source, 'CHANGELOG.md')
    const isThere = (await stat(changelog).catch(() => undefined))?.isFile() === true
    const stages = stagesOf(plan, {folders, given, forge, ...(isThere ? {changelog} : {})})
    const ends = await runStages(stages, runner).finally(() => readVerification(scratch, outcome))
    const published = await verifyPublished(await opening, source.repository, plan)
    outcome.release = {...published, state: ends.at(-1)?.outputs['state'] ?? ''}
  } finally {
    await (await opening).forge.close()
  }
}

async function readVerification({folders}: Scratch, outcome: Outcome): Promise<void> {
  const text = await readFile(folders.verification, 'utf8').catch(() => undefined)
  if (text !== undefined) outcome.verification = parseJson(verificationSchema, {file: 'verification.json', text})
}
