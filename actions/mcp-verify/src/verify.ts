import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type ToolSurface, type inspectServer, inspectUrl, places, printable} from '@mcp-release/mcp'
import type {Plan, VerifiedServer} from '@mcp-release/release-model'
import {launchBundle} from './bundle-launch'
import type {Candidate} from './candidate'
import {describe} from './describe'
import {launchExecutable} from './executable-launch'
import {launchImage} from './image-launch'
import type {Settings} from './inputs'
import type {Isolation} from './isolation'
import {type Launch, type Place, nothingToStart} from './launch'
import {namesOf} from './names'
import {launchNpm} from './npm-launch'
import {withOtherCommands} from './other-commands'
import {type Planned, plannedOf} from './planned'
import {verifyProgram} from './program-launch'
import {type StartOption, startOptions} from './start-options'
import {verifyServer} from './verify-server'
import {launchWheel} from './wheel-launch'

/** What became of one file. */
export interface Outcome {
  readonly server: VerifiedServer
  readonly surface?: ToolSurface
  /** Skipped because of this machine, not because there is nothing to start. */
  readonly unverifiable: boolean
  /** Not verified, and the settings allow that. */
  readonly allowed?: boolean
  /** How the server was started; its matrix starts it the same way. */
  readonly option?: StartOption
}

/** With what everything is verified. */
export interface Task {
  readonly host: Host
  readonly settings: Settings
  /** What keeps servers away from the machine. */
  readonly isolation: Isolation
  readonly plan?: Plan
  /** All files of the release, as they may need each other. */
  readonly candidates?: readonly Candidate[]
  /** By file: the way that is known to start a server. */
  readonly known?: ReadonlyMap<string, StartOption>
  /** Tests give made-up ones. */
  readonly inspect?: typeof inspectServer
}

/** Installs, starts and judges one candidate. */
export async function verify(candidate: Candidate, task: Task): Promise<Outcome> {
  const {host} = task
  const {file} = candidate
  const planned = plannedOf(task.plan, file)
  const settings = effective(task.settings, planned)
  const folder = await host.files.makeTemporary('mcp-verify')
  const told = planned?.package.commandSource === undefined ? undefined : planned.package.executables[0]
  const siblings = task.candidates ?? []
  const {module, entry} = planned?.package ?? {}
  const place: Place = {
    ...{host, settings, folder, siblings, isolation: task.isolation},
    ...(told === undefined ? {} : {told}),
    ...(module === undefined ? {} : {module}),
    ...(entry === undefined ? {} : {entry}),
  }
  try {
    const known = task.known?.get(file)
    const options = known === undefined ? startOptions(candidate, {settings, planned}) : [known]
    const [option] = options
    if (option?.http?.hasPort === false && candidate.content.kind !== 'bundle') return noPort(file)
    const installs = option?.installs === undefined ? {} : {installs: option.installs}
    const launch = await prepare(candidate, {place: {...place, ...installs}, planned})
    if (launch.kind === 'skip') return skipped(file, launch)
    if (launch.kind === 'failed') return await withRoom(notInstalled(file, launch), place)
    try {
      const started = {candidate, place, planned, task, launch}
      const isProgram = planned?.role === 'program' && candidate.content.kind !== 'bundle'
      const outcome = isProgram ? await verifyProgram(started) : await verifyServer(started, options)
      return await withRoom(await withOtherCommands(outcome, started), place)
    } finally {
      await launch.cleanup?.()
    }
  } finally {
    await host.files.remove(folder)
  }
}

const roomBytes = 1024 * 1024

// Where the disk is full, a failure says nothing of the file, whatever words an installer or a server has for it; to write fails too.
async function withRoom(outcome: Outcome, {host, folder}: Place): Promise<Outcome> {
  if (outcome.server.status === 'failed') await host.files.write(join(folder, 'room'), new Uint8Array(roomBytes))
  return outcome
}

// What inputs leave open is as the settings of the package say.
function effective(settings: Settings, planned: Planned | undefined): Settings {
  const own = planned?.settings ?? {}
  const executable = settings.executable ?? own.executable
  const given = settings.given ?? {}
  return {
    ...settings,
    ...(executable === undefined ? {} : {executable}),
    network: given.network ?? own.network ?? settings.network,
    timeoutMilliseconds:
      given.timeoutMilliseconds ?? (own.timeout === undefined ? settings.timeoutMilliseconds : own.timeout * 1000),
    unverified: given.unverified ?? planned?.unverified ?? settings.unverified,
  }
}

function skipped(file: string, {reason, hint, because}: Extract<Launch, {kind: 'skip'}>): Outcome {
  const server = {file, status: 'skipped' as const, reason: printable(reason, 1000), because, checks: []}
  return {server: {...server, ...(hint === undefined ? {} : {hint})}, unverifiable: because !== 'nothing'}
}

function notInstalled(file: string, {problem, hint}: Extract<Launch, {kind: 'failed'}>): Outcome {
  const checks: VerifiedServer['checks'] = [{name: 'installs', status: 'failed', detail: problem}]
  const server = {file, status: 'failed' as const, reason: problem, checks}
  return {server: {...server, ...(hint === undefined ? {} : {hint})}, unverifiable: false}
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
  const inspection = await inspectUrl(remote, {...settings, names: namesOf(undefined, settings)})
  const server = describe(remote.url, inspection, {})
  return {server, ...(inspection.protocol === undefined ? {} : {surface: inspection}), unverifiable: false}
}

function prepare(
  {path, content}: Candidate,
  {place, planned}: {readonly place: Place; readonly planned: Planned | undefined},
): Promise<Launch> {
  if (planned?.role === 'library' && content.kind !== 'bundle')
    return Promise.resolve(nothingToStart(`is a library: ${planned.package.roleReason}`))
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
      return launchBundle(content, place, planned?.recipes)
    case 'sdist':
      return Promise.resolve(nothingToStart('is a source distribution; its wheel is started'))
    case 'broken':
      return Promise.resolve({kind: 'failed', problem: content.problem})
  }
}
