import {
  ActionError,
  type Host,
  InputError,
  type InputsOf,
  type OutputsOf,
  findFiles,
  inParallel,
  outputInWorkspace,
  rejectProblems,
} from '@mcp-release/action-kit'
import {toolsFile} from '@mcp-release/mcp'
import {type Verification, formatJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Candidate} from './candidate'
import {compareTools} from './changes'
import {type Settings, refine} from './inputs'
import {type Isolation, demandIsolation, findIsolation, openMachine, usualDemand} from './isolation'
import {type MatrixReport, compareMatrix} from './matrix/report'
import {type MatrixRequest, readMatrixRequest} from './matrix/request'
import {logLine, serversOutput, summarise} from './outputs'
import {hintFor, problemsOf, refusedOf, withoutRepetition} from './problems'
import {readReferences} from './references'
import {recognise} from './recognition'
import {publishable, secretsOf} from './secrets'
import {type Outcome, type Task, verify, verifyUrl} from './verify'

/** Starts every file that is a server, writes what was found, then fails if anything is wrong. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const refined = refine(inputs)
  for (const secret of secretsOf(refined)) host.maskSecret(secret)
  const paths = await readPaths(inputs, host)
  const {plan, settings: read} = await readReferences(inputs, host)
  const request = await readMatrixRequest(inputs, host, plan?.settings)
  const settings = {...refined, ...read}
  const candidates = await findCandidates(paths.files, host, {required: settings.remote === undefined})
  if (paths.files.length > 0) host.info(`${candidates.length} of ${paths.files.length} files may be servers`)
  const isolation = await isolate(candidates, {host, settings, ...(plan === undefined ? {} : {plan})})
  const task: Task = {host, settings, isolation, candidates, ...(plan === undefined ? {} : {plan})}
  try {
    return await verifyTask(task, {candidates, paths, request})
  } finally {
    await isolation.close()
  }
}

interface Asked {
  readonly candidates: readonly Candidate[]
  readonly paths: Paths
  readonly request: MatrixRequest | undefined
}

async function verifyTask(task: Task, {candidates, paths, request}: Asked): Promise<OutputsOf<typeof contract>> {
  const {host, settings} = task
  const outcomes = await verifyAll(candidates, task)
  const servers = outcomes.map(({server}) => server)
  const report: Verification = {schemaVersion: 1, servers}
  if (paths.report !== undefined) await host.files.write(paths.report, formatJson(report))
  const tools = toolsFile(outcomes.flatMap(({surface}) => (surface === undefined ? [] : [surface])))
  if (paths.tools !== undefined) await host.files.write(paths.tools, formatJson(tools))
  const compared = compareTools(settings.previous, tools)
  await host.summary(summarise(servers, compared))
  const matrix = await compareMatrix(startable(candidates, outcomes), {...task, request, known: knownStarts(outcomes)})
  rejectFailures(outcomes, {settings, matrix})
  const count = (status: string) => String(servers.filter(server => server.status === status).length)
  return {
    report: paths.report ?? '',
    verified: count('verified'),
    skipped: count('skipped'),
    servers: serversOutput(servers),
    'version-step': compared?.step ?? '',
    'tool-changes': compared === undefined ? '' : JSON.stringify(compared.changes),
    ...matrix.outputs,
  }
}

// Images are started by a container engine, which isolates them itself.
async function isolate(
  candidates: readonly Candidate[],
  {host, settings, plan}: Pick<Task, 'host' | 'settings' | 'plan'>,
): Promise<Isolation> {
  if (candidates.every(({content}) => content.kind === 'image'))
    return openMachine('nothing is started without an engine')
  const named = [...settings.serverArgs, ...Object.values(settings.serverEnv)]
  const isolation = await findIsolation(host, {named})
  const demand = settings.given?.isolation ?? plan?.settings.isolation ?? usualDemand(host)
  demandIsolation(isolation, demand, host)
  return isolation
}

// The matrix varies what a server runs on; what is no server, or cannot start here at all, it says nothing of.
function startable(candidates: readonly Candidate[], outcomes: readonly Outcome[]): readonly Candidate[] {
  const others = outcomes.filter(({server}) => ['unverified', 'checked'].includes(server.status))
  return candidates.filter(({file}) => !others.some(({server}) => server.file === file))
}

function knownStarts(outcomes: readonly Outcome[]): NonNullable<Task['known']> {
  return new Map(outcomes.flatMap(({server, option}) => (option === undefined ? [] : [[server.file, option] as const])))
}

function rejectFailures(
  outcomes: readonly Outcome[],
  {settings, matrix}: {readonly settings: Settings; readonly matrix: MatrixReport},
): void {
  const own = problemsOf(outcomes, settings.unverifiable)
  const refused = refusedOf(outcomes)
  const problems = [...own, ...refused, ...withoutRepetition(matrix.problems, outcomes)]
  if (problems.length === 0) return
  const servers = outcomes.map(({server}) => server)
  const hints = own.length + refused.length > 0 ? [hintFor(servers)] : []
  const hint = [...hints, ...matrix.hints].join('\n')
  const isRefusal = refused.length === problems.length
  const text = problems.map(problem => `- ${problem}`).join('\n')
  throw new ActionError(isRefusal ? 'UNVERIFIED' : 'VERIFY', text, {hint})
}

async function verifyAll(candidates: readonly Candidate[], task: Task): Promise<readonly Outcome[]> {
  const {host, settings} = task
  const secrets = secretsOf(settings)
  const files = await inParallel(candidates, {
    width: settings.concurrency,
    work: async candidate => publishable(await verify(candidate, task), secrets),
    tell: outcome => tell(outcome, host),
  })
  const found = await verifyUrl(task)
  if (found === undefined) return files
  const remote = publishable(found, secrets)
  tell(remote, host)
  return [...files, remote]
}

interface Paths {
  readonly files: readonly string[]
  readonly report: string | undefined
  readonly tools: string | undefined
}

async function readPaths(inputs: InputsOf<typeof contract>, host: Host): Promise<Paths> {
  const problems: string[] = []
  const {files: patterns, exclude, report, tools} = inputs
  const files = patterns.length === 0 ? [] : await findFiles(host, {input: 'files', patterns, exclude}, problems)
  const place = async (input: string, path: string | undefined) =>
    path === undefined ? undefined : outputInWorkspace(host, {input, path}, problems)
  const paths = {files, report: await place('report', report), tools: await place('tools', tools)}
  rejectProblems(problems)
  return paths
}

async function findCandidates(
  files: readonly string[],
  host: Host,
  {required}: {readonly required: boolean},
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  for (const path of files) {
    const candidate = await recognise(host.files, path)
    if (candidate !== undefined) candidates.push(candidate)
  }
  if (candidates.length > 0 || !required) return candidates
  throw new InputError([`files: none of the ${files.length} files is a server that could be started`], {
    hint: 'Give wheels, npm tarballs, archives with an executable, MCP bundles, or OCI image archives.',
  })
}

function tell({server, allowed}: Outcome, host: Host): void {
  host.info(logLine(server))
  if (allowed === true) host.warning(`${server.file}: not verified: ${firstLine(server.reason)}`)
  for (const {name, status, detail} of server.checks) {
    if (status === 'warning') host.warning(`${server.file}: ${name}: ${detail ?? ''}`)
  }
}

function firstLine(text = ''): string {
  return text.split('\n')[0] ?? ''
}
