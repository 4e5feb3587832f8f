import {join} from 'node:path'
import {type Host, childEnvironment} from '@mcp-release/action-kit'
import {
  type Inspection,
  type ServerCommand,
  type ToolSurface,
  inspectServer,
  printable,
  serverEnvironment,
} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import {declaredTools, launchBundle} from './bundle-launch'
import type {Candidate} from './candidate'
import {launchExecutable} from './executable-launch'
import {launchImage} from './image-launch'
import type {Settings} from './inputs'
import {type Launch, type Place, nothingToStart} from './launch'
import {launchNpm} from './npm-launch'
import {launchWheel} from './wheel-launch'

/** What became of one file. */
export interface Outcome {
  readonly server: VerifiedServer
  readonly surface?: ToolSurface
  /** Skipped because of this machine, not because there is nothing to start. */
  readonly unverifiable: boolean
}

/** Installs, starts and judges one candidate. Tests give a made-up `inspect`. */
export async function verify(
  candidate: Candidate,
  {
    host,
    settings,
    inspect = inspectServer,
  }: {readonly host: Host; readonly settings: Settings; readonly inspect?: typeof inspectServer},
): Promise<Outcome> {
  const {file} = candidate
  const folder = await host.files.makeTemporary('mcp-verify')
  try {
    const place = {host, settings, folder}
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
      const inspection = await inspect(await command(launch, place), settings)
      const measured = launch.trusted !== true
      const server = describe(file, inspection, {measured, more: declaredTools(launch, inspection.tools)})
      return {server, surface: inspection, unverifiable: false}
    } finally {
      await launch.cleanup?.()
    }
  } finally {
    await host.files.remove(folder)
  }
}

function prepare({path, content}: Candidate, place: Place): Promise<Launch> {
  switch (content.kind) {
    case 'wheel':
      return launchWheel(content, path, place)
    case 'npm':
      return launchNpm(content, path, place)
    case 'executables':
      return launchExecutable(content, place)
    case 'bundle':
      return launchBundle(content, place)
    case 'image':
      return launchImage(path, place)
    case 'sdist':
      return Promise.resolve(nothingToStart('is a source distribution; its wheel is started'))
    case 'broken':
      return Promise.resolve({kind: 'failed', problem: content.problem})
  }
}

async function command(
  launch: Extract<Launch, {kind: 'start'}>,
  {host, settings, folder}: Place,
): Promise<ServerCommand> {
  const [home, temp, work] = [join(folder, 'home'), join(folder, 'temp'), join(folder, 'work')]
  for (const path of [home, temp, work]) await host.files.makeDirectory(path)
  const env =
    launch.trusted === true
      ? childEnvironment(host.env, settings.serverEnv)
      : serverEnvironment(host.env, {home, temp, given: {...launch.env, ...settings.serverEnv}})
  return {argv: launch.argv, cwd: work, env}
}

function describe(
  file: string,
  inspection: Inspection,
  {measured, more}: {readonly measured: boolean; readonly more: VerifiedServer['checks']},
): VerifiedServer {
  const {server, protocol, era, tools, startMilliseconds, peakMemoryKilobytes} = inspection
  const checks: VerifiedServer['checks'] = [{name: 'installs', status: 'ok'}, ...inspection.checks, ...more]
  const failed = checks.filter(check => check.status === 'failed')
  return {
    file,
    status: failed.length > 0 ? 'failed' : 'verified',
    ...(failed.length > 0 ? {reason: failed.map(check => `${check.name}: ${check.detail ?? ''}`).join('; ')} : {}),
    ...(server === undefined ? {} : {server}),
    ...(protocol === undefined ? {} : {protocol}),
    ...(era === undefined ? {} : {era}),
    tools: tools.map(({name, title, description}) => ({
      name,
      ...(title === undefined ? {} : {title}),
      ...(description === undefined ? {} : {description}),
    })),
    checks,
    ...(startMilliseconds === undefined ? {} : {startMilliseconds}),
    ...(peakMemoryKilobytes === undefined || !measured ? {} : {peakMemoryKilobytes}),
  }
}
