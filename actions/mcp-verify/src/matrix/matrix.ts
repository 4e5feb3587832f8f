import {errorText, inParallel} from '@mcp-release/action-kit'
import type {Combination, Compatibility, CompatibleServer} from '@mcp-release/release-model'
import type {Candidate} from '../candidate'
import type {Task} from '../verify'
import {type MatrixCandidate, matrixCandidates} from './artifact'
import {decisiveLine} from './decisive-line'
import {type Interpreter, type MissingInterpreter, findInterpreter} from './interpreter'
import {lockedVersion} from './locks'
import {type Decided, type Run, planCombinations, skipped} from './plan'
import type {MatrixRequest} from './request'
import {SdkVersions} from './sdk-versions'
import {type Tried, tryCombination} from './try-combination'

/** What the matrix found. */
export interface Matrix {
  readonly compatibility: Compatibility
  /** Combinations that were not tried because of this machine or a registry. */
  readonly unverifiable: ReadonlySet<Combination>
}

interface World extends Task {
  readonly request: MatrixRequest
}

/** Installs and starts every package with every interpreter and SDK version asked for; a failure ends nothing but itself. */
export async function runMatrix(candidates: readonly Candidate[], world: World): Promise<Matrix> {
  const {host, request} = world
  const found = await matrixCandidates(host.files, candidates)
  const interpreters = await findInterpreters(found, world)
  const folder = await host.files.makeTemporary('mcp-matrix')
  try {
    const versions = new SdkVersions(host, folder)
    const planned: Planned[] = []
    for (const of of found) {
      for (const interpreter of interpreters.filter(({runtime}) => runtime === of.artifact.runtime)) {
        for (const step of await planFor(of, interpreter, {request, versions})) planned.push({of, step})
      }
    }
    const runs = planned.filter(({step}) => step.kind === 'run').length
    host.info(`compatibility: ${runs} of ${planned.length} combinations are tried`)
    const tried = await tryAll(planned, world)
    const servers = found.map(of =>
      describe(
        of,
        tried.filter(each => each.of === of).map(({combination}) => combination),
      ),
    )
    return {
      compatibility: {schemaVersion: 1, servers},
      unverifiable: new Set(tried.filter(each => each.unverifiable).map(({combination}) => combination)),
    }
  } finally {
    await host.files.remove(folder)
  }
}

interface Planned {
  readonly of: MatrixCandidate
  readonly step: Run | Decided
}

async function tryAll(planned: readonly Planned[], world: World): Promise<readonly (Tried & Planned)[]> {
  const {host, settings, request} = world
  let late = false
  const timer = setTimeout(() => {
    late = true
  }, request.timeoutMilliseconds)
  try {
    return await inParallel(planned, {
      width: settings.concurrency,
      work: async ({of, step}) => ({
        of,
        step,
        ...(step.kind === 'decided' ? step : await tryRun(of, step, world, late)),
      }),
      tell: ({of, combination}) => {
        host.info(matrixLine(of.candidate.file, of.artifact.ecosystem, combination))
      },
    })
  } finally {
    clearTimeout(timer)
  }
}

async function findInterpreters(
  found: readonly MatrixCandidate[],
  {host, request}: World,
): Promise<readonly (Interpreter | MissingInterpreter)[]> {
  const interpreters: (Interpreter | MissingInterpreter)[] = []
  for (const runtime of ['python', 'node'] as const) {
    if (!found.some(({artifact}) => artifact.runtime === runtime)) continue
    for (const asked of request.asked[runtime]) interpreters.push(await findInterpreter(host, runtime, asked))
  }
  return interpreters
}

async function planFor(
  {artifact}: MatrixCandidate,
  interpreter: Interpreter | MissingInterpreter,
  {request, versions}: {readonly request: MatrixRequest; readonly versions: SdkVersions},
): Promise<readonly (Run | Decided)[]> {
  if ('reason' in interpreter) return [skipped(interpreter, interpreter.reason, {hint: interpreter.hint})]
  const facts = []
  for (const need of artifact.needs(interpreter.environment)) {
    const locked = lockedVersion(request.locks, artifact.ecosystem, need.name)
    const known = await versions.of(need.name, interpreter)
    facts.push({...need, versions: known, ...(locked === undefined ? {} : {locked})})
  }
  return planCombinations(artifact, interpreter, facts, request.selections)
}

async function tryRun({candidate}: MatrixCandidate, run: Run, world: World, late: boolean): Promise<Tried> {
  const {interpreter, sdk} = run
  const about = sdk === undefined ? {} : {sdk}
  if (late) {
    const hint = 'Raise matrix-timeout, or ask for fewer versions.'
    return skipped(interpreter, 'the time of matrix-timeout was over', {hint, ...about})
  }
  try {
    return await tryCombination(candidate, run, world)
  } catch (error) {
    // What fails outside the package, such as a full disk, says nothing of it, and nothing of the other combinations.
    return skipped(interpreter, decisiveLine(errorText(error)), about)
  }
}

function describe({candidate, artifact}: MatrixCandidate, combinations: Combination[]): CompatibleServer {
  const {ecosystem, name, version, requires} = artifact
  return {
    file: candidate.file,
    ecosystem,
    name,
    version,
    ...(requires === '' ? {} : {requires}),
    combinations,
  }
}

function matrixLine(file: string, ecosystem: 'pypi' | 'npm', combination: Combination): string {
  const {result, reason, sdk} = combination
  const word = result === 'fails' && sdk?.allowed !== false ? 'FAILS' : result
  return `${word.padEnd(9)} ${combinationName(file, ecosystem, combination)}${reason === undefined ? '' : `: ${reason}`}`
}

/** A combination in words. */
export function combinationName(
  file: string,
  ecosystem: 'pypi' | 'npm',
  {runtime, runtimeVersion, sdk}: Combination,
): string {
  const interpreter = `${ecosystem === 'pypi' ? 'Python' : 'Node.js'} ${runtimeVersion ?? runtime}`
  if (sdk === undefined) return `${file} on ${interpreter}`
  const version = sdk.version === undefined ? '' : ` ${sdk.version}`
  return `${file} on ${interpreter} with ${sdk.name}${version} (${sdk.selections.join(', ')})`
}
