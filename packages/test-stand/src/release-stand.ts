import {mkdir, mkdtemp, readFile, realpath, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {readZip} from '@mcp-release/archives'
import type {Forge} from '@mcp-release/forge'
import {type ActExit, runAct} from './act-process'
import {type ActLog, readActLog} from './act-log'
import {actCommand, actEnvironment} from './act-command'
import {actFolder} from './act-folder'
import {exportSuite, suiteName, suiteRef, suiteWorkflow, usedRepositories} from './act-suite'
import {type ArtifactService, startArtifactService} from './artifact-service'
import {jobClaims, pushEvent, stepVariables, type TagEvent} from './release-stand-event'
import {callerWorkflow, tagRepository} from './release-stand-repository'
import {prepareStandIns, type StandIns} from './stand-ins'

/** The Sigstore that signatures are made with: what its `startSigstore` gives. */
export interface SigningServices {
  readonly env: Readonly<Record<string, string>>
  /** What the next identity tokens say. */
  readonly setClaims: (claims: Readonly<Record<string, string>>) => void
}

/** What the releases of a stand share. */
export interface ReleaseStandOptions {
  readonly forge: Forge
  readonly sigstore?: SigningServices
  /** The name of the folder below .cache/end-to-end in which logs are kept. */
  readonly logs: string
}

/** One release: a push of a tag in a repository. */
export interface ReleaseRequest {
  /** `owner/name`; the forge must have it. */
  readonly repository: string
  /** The folder whose files become the repository; it has the caller's workflow as release.yml. */
  readonly source: string
  readonly tag: string
  /** Changes the repository before it is tagged. */
  readonly edit?: (directory: string) => Promise<void>
  /** Changes the exported copy of the suite. */
  readonly editSuite?: (directory: string) => Promise<void>
  readonly timeoutMilliseconds?: number
}

/** What a release left. */
export interface ReleaseRun extends ActLog {
  readonly exitCode: number | null
  readonly timedOut: boolean
  readonly seconds: number
  readonly commit: string
  /** Whom keyless signatures of this run name. */
  readonly identity: string
  /** The files of an artifact of the workflow, by their paths. */
  readonly artifact: (name: string) => Promise<ReadonlyMap<string, Buffer>>
}

/** A place where the real workflow runs against local servers. */
export interface ReleaseStand {
  readonly release: (request: ReleaseRequest) => Promise<ReleaseRun>
  readonly close: () => Promise<void>
}

interface Place extends ReleaseStandOptions {
  readonly directory: string
  readonly artifacts: ArtifactService
  readonly standIns: StandIns
}

const checkout = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const cache = join(checkout, '.cache')

/** Where act, cosign and syft of the checkout lie. */
export const standBinaries = join(cache, 'bin')

/** What all checkouts of a user keep for tests; `npm test` makes it. */
export const standCache = join(cache, 'tool-cache')

/** Starts what all releases of a test file share. */
export async function startReleaseStand(options: ReleaseStandOptions): Promise<ReleaseStand> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'release-stand-')))
  const storage = join(directory, 'artifacts')
  await mkdir(storage)
  const artifacts = await startArtifactService(storage)
  const standIns = await prepareStandIns(join(directory, 'stand-ins'), standCache)
  const place = {...options, directory, artifacts, standIns}
  let count = 0
  return {
    release: request => release(place, request, (count += 1)),
    close: async () => {
      await artifacts.close()
      await rm(directory, {recursive: true, force: true, maxRetries: 3})
    },
  }
}

async function release(place: Place, request: ReleaseRequest, number: number): Promise<ReleaseRun> {
  const {forge, sigstore} = place
  const log = logFiles(place.logs, request.repository)
  // Whoever looks for the reason of a failure must not find the log of an earlier run.
  await Promise.all(Object.values(log).map(file => rm(file, {force: true})))
  const home = join(place.directory, String(number))
  const [repository, suite] = [join(home, 'repository'), join(home, 'suite')]
  const {source, tag, edit} = request
  const {commit} = await tagRepository({source, directory: repository, name: request.repository, tag, edit})
  await exportSuite(checkout, suite)
  await request.editSuite?.(suite)
  forge.pushTag(request.repository, tag, commit)
  const event = {repository: request.repository, tag, commit}
  const claims = jobClaims(event)
  sigstore?.setClaims(claims)
  const started = performance.now()
  const {exit, run} = await runUntilNoRace({place, request, home, event})
  const told = readActLog(exit.output)
  await mkdir(dirname(log.text), {recursive: true})
  await writeFile(log.entries, exit.output)
  await writeFile(log.text, told.text)
  return {
    ...told,
    exitCode: exit.exitCode,
    timedOut: exit.timedOut,
    seconds: (performance.now() - started) / 1000,
    commit,
    identity: `https://github.com/${claims.job_workflow_ref}`,
    artifact: async name => {
      const entries = readZip(await place.artifacts.zip(run, name))
      return new Map(entries.filter(each => each.kind === 'file').map(each => [each.name, Buffer.from(each.content)]))
    },
  }
}

interface Preparation {
  readonly place: Place
  readonly request: ReleaseRequest
  readonly home: string
  readonly event: TagEvent
}

// act itself dies now and then when parallel jobs ask for local repositories; that is no result of ours.
async function runUntilNoRace(preparation: Preparation): Promise<{readonly exit: ActExit; readonly run: string}> {
  for (let attempt = 1; ; attempt += 1) {
    const run = `${Date.now()}${attempt}`
    const exit = await runOnce(preparation, run)
    if (attempt === 3 || !exit.output.includes('fatal error: concurrent map writes')) return {exit, run}
  }
}

async function runOnce({place, request, home, event}: Preparation, run: string): Promise<ActExit> {
  const [repository, suite] = [join(home, 'repository'), join(home, 'suite')]
  const eventFile = join(home, 'event.json')
  await writeFile(eventFile, JSON.stringify(pushEvent(event)))
  const argv = actCommand({
    act: join(standBinaries, 'act'),
    repository,
    workflow: callerWorkflow,
    eventFile,
    cache: await actFolder(checkout),
    local: await localRepositories(suite, place.standIns),
    env: {
      ACTIONS_RESULTS_URL: place.artifacts.url,
      ACTIONS_RUNTIME_TOKEN: place.artifacts.token(run),
      GITHUB_API_URL: place.forge.url,
      GITHUB_GRAPHQL_URL: place.forge.graphqlUrl,
      STAND_REPOSITORY: repository,
      ...stepVariables(event, run),
      ...place.sigstore?.env,
    },
    secrets: {GITHUB_TOKEN: 'ghs_standTokenOfTheReleaseRun'},
  })
  const timeoutMilliseconds = request.timeoutMilliseconds ?? 1_200_000
  return runAct({argv, env: actEnvironment(process.env, standBinaries), timeoutMilliseconds})
}

async function localRepositories(suite: string, standIns: StandIns): Promise<Record<string, string>> {
  const workflow = await readFile(join(suite, suiteWorkflow), 'utf8')
  const own = `${suiteName}@${suiteRef}`
  const places = new Set([own, ...usedRepositories(workflow)])
  return Object.fromEntries(
    [...places].map(used => {
      const folder = used === own ? suite : standIns[used.slice(0, used.indexOf('@'))]
      if (folder === undefined) throw new TypeError(`The workflow uses ${used}, for which there is no stand-in`)
      return [used, folder]
    }),
  )
}

function logFiles(logs: string, repository: string): {readonly entries: string; readonly text: string} {
  const path = join(cache, 'end-to-end', logs, repository.replace('/', '-'))
  return {entries: `${path}.json`, text: `${path}.txt`}
}
