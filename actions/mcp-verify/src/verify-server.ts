import {traced} from '@mcp-release/action-kit'
import {type Inspection, type InspectionOptions, inspectHttpServer, inspectServer} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import {type Attempt, attempts, missingFor, wordsOf} from './attempts'
import {helpHint} from './asked-help'
import {type Gaps, bundleGaps} from './bundle-gaps'
import type {Candidate} from './candidate'
import {describe, documentedStart, startedAs} from './describe'
import type {Launch, Place} from './launch'
import {namesOf} from './names'
import {type Placeholder, neutralChecks, neutralTools} from './neutral'
import type {Planned} from './planned'
import {type ReadingContext, askedFor, readFailure, tellingAttempt} from './reading-failure'
import {choosePort, commandMaker} from './start'
import type {HttpPlace, StartOption} from './start-options'
import {withSdkVersion} from './sdk-version'
import type {Outcome, Task} from './verify'
import {needOf} from './words/need'

/** A candidate that is ready to be started. */
export interface Started {
  readonly candidate: Candidate
  readonly place: Place
  readonly planned: Planned | undefined
  readonly task: Task
  readonly launch: Extract<Launch, {kind: 'start'}>
}

/** Starts a server in the ways that are known until one works, and judges it. */
export async function verifyServer(started: Started, options: readonly StartOption[]): Promise<Outcome> {
  const {candidate, place, planned, launch} = started
  const {own} = launch
  // A bundle carries all that it is started with: a client gives it nothing else.
  const ways = own === undefined ? options : [{...own, source: 'its manifest.json'}]
  const name = planned?.package.name ?? ('name' in candidate.content ? candidate.content.name : candidate.file)
  const isKnown = started.task.known?.has(candidate.file) === true
  const made = await attempts(ways, {
    start: option => inspect(option, started),
    makesUp: planned !== undefined && own === undefined && !isKnown,
    name,
  })
  const last = made.at(-1)
  const came = last?.inspection.failure === undefined ? last : undefined
  const told = came ?? tellingAttempt(made, {access: networkFor(started, undefined).access}) ?? last
  if (told === undefined) throw new Error('a server has at least one way to be started')
  const {command} = launch
  const argv = command({args: told.option.args, env: told.option.env, http: false, network: 'off'})
  const inspection = await withSdkVersion(told.inspection, {place, argv, name})
  tellEras(inspection, started)
  const outcome = outcomeOf({...told, inspection}, {started, made})
  if (outcome.server.status !== 'failed') return outcome
  const context = {planned, name, access: networkFor(started, told.option.http).access}
  if (own !== undefined && told.inspection.failure !== undefined) {
    const gaps = bundleGaps(own, {known: options, words: wordsOf(told.inspection.failure), name})
    if (gaps !== undefined && (gaps.bySource || !(await asksAnyway(started, ways, name))))
      return withGaps(outcome, gaps, context)
  }
  const reading = readFailure(told, context)
  const {failure} = told.inspection
  if (failure === undefined || own !== undefined || reading.hint !== undefined) return read(outcome, reading, place)
  const hint = await helpHint(started, failure, context)
  return read(outcome, hint === undefined ? reading : {...reading, hint}, place)
}

// Some name a variable in every message, given or not: then it is not what the manifest lacks.
async function asksAnyway(started: Started, ways: readonly StartOption[], name: string): Promise<boolean> {
  const [first, ...more] = await attempts(ways, {start: option => inspect(option, started), makesUp: true, name})
  const last = more.at(-1) ?? first
  if (last?.inspection.failure === undefined || last.madeUp.length === 0) return false
  const {variables, options} = missingFor({args: [], env: {}}, wordsOf(last.inspection.failure), name)
  return last.madeUp.every(each => variables.includes(each) || options.includes(each))
}

function outcomeOf(
  told: Attempt,
  {started, made}: {readonly started: Started; readonly made: readonly Attempt[]},
): Outcome {
  const {candidate, place, launch} = started
  const {access, reason} = networkFor(started, told.option.http)
  const home = place.host.env['HOME'] ?? place.host.env['USERPROFILE']
  const folders: readonly Placeholder[] = [
    [place.folder, 'installation'],
    [place.host.workspace, 'workspace'],
    [place.host.temp, 'temporary folder'],
    ...(home === undefined ? [] : [[home, 'home folder'] as const]),
  ]
  const inspection = {
    ...told.inspection,
    tools: neutralTools(told.inspection.tools, folders),
    checks: neutralChecks(told.inspection.checks, folders),
  }
  const server = describe(candidate.file, inspection, {
    measured: launch.trusted !== true,
    network: {access, ...(reason === undefined ? {} : {reason})},
    startedAs: startedAs(told),
    checks: told.inspection.failure === undefined ? documentedStart(made) : [],
  })
  const surface = inspection.protocol === undefined ? {} : {surface: {...inspection, file: candidate.file}}
  return {
    server,
    ...surface,
    unverifiable: false,
    ...(told.inspection.failure === undefined ? {option: told.option} : {}),
  }
}

// Most clients of today begin with initialize.
function tellEras({checks, era}: Inspection, {candidate, place}: Started): void {
  const {status, detail = ''} = checks.find(({name}) => name === 'both-eras') ?? {}
  if (era === 'modern' && status === 'ok' && detail.startsWith('only'))
    place.host.notice(`${candidate.file}: both-eras: ${detail}`)
}

function withGaps(outcome: Outcome, {text: gaps, bySource, asked}: Gaps, context: ReadingContext): Outcome {
  const {server} = outcome
  const checks = server.checks.map(check =>
    check.name === 'handshake' ? {...check, detail: `${gaps}; ${check.detail ?? ''}`} : check,
  )
  const own =
    'Give mcp_config of its manifest.json the arguments and variables, with user_config for what users choose; manifests that are generated take them from server.json and from the settings.'
  // What the plan does not know yet, a generated manifest takes from the settings.
  const hint = bySource || context.planned === undefined ? own : `${own}\n${askedFor(asked, context)}`
  return {...outcome, server: {...server, checks, reason: `handshake: ${gaps}`, hint}}
}

function read(outcome: Outcome, {status, reason, hint}: ReturnType<typeof readFailure>, {settings}: Place): Outcome {
  const told: VerifiedServer = {...outcome.server, status, ...(hint === undefined ? {} : {hint})}
  if (status === 'failed') return {...outcome, server: told}
  const words = told.checks.find(check => check.status === 'failed')?.detail ?? ''
  // What it cannot show says nothing against it; its words are kept where they are looked for.
  const checks = told.checks.map(check => (check.status === 'failed' ? {...check, status: 'skipped' as const} : check))
  const server = {...told, checks, reason: `${reason ?? ''}; ${words}`}
  return {...outcome, server, allowed: settings.unverified === 'allow'}
}

async function inspect(option: StartOption, started: Started): Promise<Inspection> {
  await started.launch.prepare?.(option.installs ?? {})
  return inspectReady(option, started)
}

function inspectReady(option: StartOption, started: Started): Promise<Inspection> {
  const {candidate, place, launch, task} = started
  const {http, args, env} = option
  const network = networkFor(started, http)
  const words = {args, env, http: http !== undefined, network: place.settings.network}
  const surroundings = {isolation: task.isolation, network: network.access}
  const {declaredTools} = launch
  // Without a network nothing but the server's own folders can suffer; a matrix varies what a server runs on, no more.
  const isHarmless = http === undefined && network.access === 'off' && place.settings.trial === undefined
  const explains = (said: string) => needOf(said, {access: 'off'}) !== undefined
  const expected: InspectionOptions = {
    ...place.settings,
    names: namesOf(candidate.content, place.settings),
    ...(declaredTools === undefined ? {} : {declaredTools}),
    ...(isHarmless ? {toolTrial: {explains}} : {}),
  }
  // The time is that of the server.
  return traced(place.host.env, candidate.file, async () => {
    if (http === undefined)
      return (task.inspect ?? inspectServer)(commandMaker(launch, place, {words, ...surroundings}), expected)
    const port = await choosePort(http.port)
    const command = await commandMaker(launch, place, {words, ...surroundings, port})()
    return inspectHttpServer({command, url: `http://localhost:${port}${http.path}`}, expected)
  })
}

function networkFor(
  {place, task: {isolation}, launch}: Started,
  http: HttpPlace | undefined,
): NonNullable<VerifiedServer['network']> {
  if (place.settings.network === 'on') return {access: 'on'}
  // A container engine shuts the network off by itself.
  const isOpen = launch.trusted !== true && isolation.kind === 'none'
  if (isOpen) return {access: 'on', ...(isolation.reason === undefined ? {} : {reason: isolation.reason})}
  // Nobody outside of a network namespace could talk to a port inside.
  return http === undefined ? {access: 'off'} : {access: 'on', reason: 'it is spoken to over HTTP'}
}
