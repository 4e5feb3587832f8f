import {type Host, traced} from '@mcp-release/action-kit'
import {
  type Inspection,
  type InspectionOptions,
  type ToolSurface,
  inspectHttpServer,
  inspectServer,
  inspectUrl,
  places,
  printable,
} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import {launchBundle} from './bundle-launch'
import type {Candidate, Content} from './candidate'
import {launchExecutable} from './executable-launch'
import {launchImage} from './image-launch'
import type {Settings} from './inputs'
import {type HttpPlace, namesOf, settingsFor} from './known-values'
import {type Launch, type Place, nothingToStart} from './launch'
import type {Network} from './network'
import {launchNpm} from './npm-launch'
import {choosePort, commandMaker} from './start'
import {launchWheel} from './wheel-launch'

/** What became of one file. */
export interface Outcome {
  readonly server: VerifiedServer
  readonly surface?: ToolSurface
  /** Skipped because of this machine, not because there is nothing to start. */
  readonly unverifiable: boolean
}

/** With what everything is verified. */
export interface Task {
  readonly host: Host
  readonly settings: Settings
  readonly network: Network
  /** Tests give made-up ones. */
  readonly inspect?: typeof inspectServer
}

/** Installs, starts and judges one candidate. */
export async function verify(candidate: Candidate, task: Task): Promise<Outcome> {
  const {host} = task
  const {file, content} = candidate
  const folder = await host.files.makeTemporary('mcp-verify')
  const {settings, http} = settingsFor(content, task.settings)
  const place = {host, settings, folder, http: http !== undefined}
  try {
    if (http !== undefined && !http.hasPort) return noPort(file)
    const launch = await prepare(candidate, place)
    if (launch.kind === 'skip') {
      const {reason, hint, unverifiable} = launch
      const skipped = {file, status: 'skipped' as const, reason: printable(reason, 1000), checks: []}
      return {server: {...skipped, ...(hint === undefined ? {} : {hint})}, unverifiable}
    }
    if (launch.kind === 'failed') {
      const checks: VerifiedServer['checks'] = [{name: 'installs', status: 'failed', detail: launch.problem}]
      return {server: {file, status: 'failed', reason: launch.problem, checks}, unverifiable: false}
    }
    try {
      return await start(launch, {candidate, place, http, task})
    } finally {
      await launch.cleanup?.()
    }
  } finally {
    await host.files.remove(folder)
  }
}

function noPort(file: string): Outcome {
  const detail = `nothing tells it the port: put ${places.port} into server-args or server-env`
  const checks: VerifiedServer['checks'] = [{name: 'handshake', status: 'failed', detail}]
  return {server: {file, status: 'failed', reason: detail, checks}, unverifiable: false}
}

/** Judges a server that is already running. */
export async function verifyUrl({settings}: Task): Promise<Outcome | undefined> {
  const {remote} = settings
  if (remote === undefined) return undefined
  const inspection = await inspectUrl(remote, expectations(undefined, settings))
  return outcome(describe(remote.url, inspection, {}), inspection)
}

interface Started {
  readonly candidate: Candidate
  readonly place: Place
  readonly http: HttpPlace | undefined
  readonly task: Task
}

async function start(
  launch: Extract<Launch, {kind: 'start'}>,
  {candidate: {file, content}, place, http, task}: Started,
): Promise<Outcome> {
  const network = launch.trusted === true ? containerNetwork(task, http) : reachable(task.network, http)
  const {declaredTools} = launch
  const expected = {
    ...expectations(content, place.settings),
    ...(declaredTools === undefined ? {} : {declaredTools}),
  }
  const inspect = async (): Promise<Inspection> => {
    if (http === undefined) return (task.inspect ?? inspectServer)(commandMaker(launch, place, {network}), expected)
    const port = await choosePort(http.port)
    const command = await commandMaker(launch, place, {network, port})()
    return inspectHttpServer({command, url: `http://localhost:${port}${http.path}`}, expected)
  }
  // The time is that of the server.
  const inspection = await traced(place.host.env, file, inspect)
  const {access, reason} = network
  const described = describe(file, inspection, {
    measured: launch.trusted !== true,
    network: {access, ...(reason === undefined ? {} : {reason})},
  })
  return outcome(described, inspection)
}

function outcome(server: VerifiedServer, inspection: Inspection): Outcome {
  return {server, ...(inspection.protocol === undefined ? {} : {surface: inspection}), unverifiable: false}
}

// Nobody outside of a network namespace could talk to a port inside.
function reachable(network: Network, http: HttpPlace | undefined): Network {
  if (http === undefined || network.access === 'on') return network
  return {access: 'on', reason: 'it is spoken to over HTTP', prefix: []}
}

function containerNetwork({settings}: Task, http: HttpPlace | undefined): Network {
  if (settings.network === 'on') return {access: 'on', prefix: []}
  return http === undefined ? {access: 'off', prefix: []} : reachable({access: 'off', prefix: []}, http)
}

function expectations(content: Content | undefined, settings: Settings): InspectionOptions {
  return {...settings, names: namesOf(content, settings)}
}

function prepare({path, content}: Candidate, place: Place): Promise<Launch> {
  switch (content.kind) {
    case 'wheel':
      return launchWheel(content, path, place)
    case 'npm':
      return launchNpm(content, path, place)
    case 'executables':
      return launchExecutable(content, place)
    case 'image':
      return launchImage(path, place)
    case 'bundle':
      return launchBundle(content, place)
    case 'sdist':
      return Promise.resolve(nothingToStart('is a source distribution; its wheel is started'))
    case 'broken':
      return Promise.resolve({kind: 'failed', problem: content.problem})
  }
}

function describe(
  file: string,
  inspection: Inspection,
  {measured = false, network}: {readonly measured?: boolean; readonly network?: VerifiedServer['network']},
): VerifiedServer {
  const {server, protocol, era, tools, transport, startMilliseconds, totalMilliseconds, peakMemoryKilobytes} =
    inspection
  const checks: VerifiedServer['checks'] = [
    network === undefined
      ? {name: 'installs', status: 'skipped', detail: 'it is already running'}
      : {name: 'installs', status: 'ok'},
    ...inspection.checks,
  ]
  const failed = checks.filter(check => check.status === 'failed')
  return {
    file,
    status: failed.length > 0 ? 'failed' : 'verified',
    ...(failed.length > 0 ? {reason: failed.map(check => `${check.name}: ${check.detail ?? ''}`).join('; ')} : {}),
    ...(server === undefined ? {} : {server}),
    ...(protocol === undefined ? {} : {protocol}),
    ...(era === undefined ? {} : {era}),
    transport,
    ...(network === undefined ? {} : {network}),
    tools: tools.map(({name, title, description}) => ({
      name,
      ...(title === undefined ? {} : {title}),
      ...(description === undefined ? {} : {description}),
    })),
    checks,
    ...(startMilliseconds === undefined ? {} : {startMilliseconds}),
    ...(totalMilliseconds === undefined ? {} : {totalMilliseconds}),
    ...(peakMemoryKilobytes === undefined || !measured ? {} : {peakMemoryKilobytes}),
  }
}
