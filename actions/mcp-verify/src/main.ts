import {
  ActionError,
  type Host,
  InputError,
  type InputsOf,
  type OutputsOf,
  findFiles,
  pathInWorkspace,
  rejectProblems,
} from '@mcp-release/action-kit'
import {toolsFile} from '@mcp-release/mcp'
import {type Verification, formatJson} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import type {Candidate} from './candidate'
import {refine} from './inputs'
import {compareMatrix} from './matrix/report'
import {readMatrixRequest} from './matrix/request'
import {hintFor, logLine, problemsOf, serversOutput, summarise} from './outputs'
import {recognise} from './recognition'
import {type Outcome, verify} from './verify'

/** Starts every file that is a server, writes what was found, then fails if anything is wrong. */
export async function main(inputs: InputsOf<typeof contract>, host: Host): Promise<OutputsOf<typeof contract>> {
  const settings = refine(inputs)
  const paths = await readPaths(inputs, host)
  const request = await readMatrixRequest(inputs, host)
  const candidates = await findCandidates(paths.files, host)
  host.info(`${candidates.length} of ${paths.files.length} files may be servers`)
  const outcomes: Outcome[] = []
  for (const candidate of candidates) {
    const outcome = await verify(candidate, {host, settings})
    outcomes.push(outcome)
    tell(outcome, host)
  }
  const servers = outcomes.map(({server}) => server)
  const report: Verification = {schemaVersion: 1, servers}
  if (paths.report !== undefined) await host.files.write(paths.report, formatJson(report))
  if (paths.tools !== undefined) {
    const surfaces = outcomes.flatMap(({surface}) => (surface === undefined ? [] : [surface]))
    await host.files.write(paths.tools, formatJson(toolsFile(surfaces)))
  }
  await host.summary(summarise(servers))
  const matrix = await compareMatrix(candidates, {host, settings, request})
  const own = problemsOf(outcomes, settings.unverifiable)
  const problems = [...own, ...matrix.problems]
  if (problems.length > 0) {
    const hint = [...(own.length > 0 ? [hintFor(servers)] : []), ...matrix.hints].join('\n')
    throw new ActionError('VERIFY', problems.map(problem => `- ${problem}`).join('\n'), {hint})
  }
  const count = (status: string) => String(servers.filter(server => server.status === status).length)
  return {
    report: paths.report ?? '',
    verified: count('verified'),
    skipped: count('skipped'),
    servers: serversOutput(servers),
    ...matrix.outputs,
  }
}

interface Paths {
  readonly files: readonly string[]
  readonly report: string | undefined
  readonly tools: string | undefined
}

async function readPaths(inputs: InputsOf<typeof contract>, host: Host): Promise<Paths> {
  const problems: string[] = []
  const {files: patterns, exclude, report, tools} = inputs
  const files = await findFiles(host, {input: 'files', patterns, exclude}, problems)
  const place = async (input: string, path: string | undefined) =>
    path === undefined ? undefined : pathInWorkspace(host, {input, path}, problems)
  const paths = {files, report: await place('report', report), tools: await place('tools', tools)}
  rejectProblems(problems)
  return paths
}

async function findCandidates(files: readonly string[], host: Host): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = []
  for (const path of files) {
    const candidate = await recognise(host.files, path)
    if (candidate !== undefined) candidates.push(candidate)
  }
  if (candidates.length > 0) return candidates
  throw new InputError([`files: none of the ${files.length} files is a server that could be started`], {
    hint: 'Give wheels, npm tarballs, archives with an executable, or OCI image archives.',
  })
}

function tell({server}: Outcome, host: Host): void {
  host.info(logLine(server))
  for (const {name, status, detail} of server.checks) {
    if (status === 'warning') host.warning(`${server.file}: ${name}: ${detail ?? ''}`)
  }
}
