import type {Check} from '@mcp-release/release-model'
import {exitCheck, expectedToolsCheck, listedCheck, purityCheck, toolsCheck, versionCheck} from './checks'
import {handshake} from './handshake'
import {type Listing, listAll} from './listing'
import type {ServerCommand} from './server-process'
import type {HandshakeFailure, ServerInfo, Session} from './session'
import type {Tool} from './tool'

/** What a server is measured by. */
export interface InspectionOptions {
  /** For the handshake and for each request after it. */
  readonly timeoutMilliseconds: number
  /** The version that the server should state. */
  readonly version?: string
  readonly versionMismatch: 'warning' | 'error'
  readonly expectTools: readonly string[]
  /** How long a server may take to end after its stdin was closed; default 5 s. */
  readonly graceMilliseconds?: number
}

/** What was found out about a server. */
export interface Inspection {
  readonly server?: ServerInfo
  readonly protocol?: string
  readonly era?: 'legacy' | 'modern'
  readonly tools: readonly Tool[]
  readonly checks: readonly Check[]
  readonly startMilliseconds?: number
  readonly peakMemoryKilobytes?: number
}

/** Starts a server, talks to it, ends it, and judges all that it did. Never throws for what a server does. */
export async function inspectServer(command: ServerCommand, options: InspectionOptions): Promise<Inspection> {
  const {outcome, cleared} = await handshake(command, options.timeoutMilliseconds)
  try {
    return 'problem' in outcome ? await inspectFailure(outcome, options) : await inspectSession(outcome, options)
  } finally {
    outcome.connection.process.kill()
    await cleared
  }
}

async function inspectFailure(
  {connection, problem}: HandshakeFailure,
  options: InspectionOptions,
): Promise<Inspection> {
  await connection.process.stop(Math.min(grace(options), 1000))
  connection.finish()
  const detail = 'the handshake failed'
  const skipped = [
    'server-version',
    'tools-valid',
    'expected-tools',
    'resources-listed',
    'prompts-listed',
    'clean-exit',
  ]
  return {
    tools: [],
    checks: [
      {name: 'handshake', status: 'failed', detail: problem},
      purityCheck(connection),
      ...(skipped as Check['name'][]).map(name => ({name, status: 'skipped' as const, detail})),
    ],
  }
}

async function inspectSession(session: Session, options: InspectionOptions): Promise<Inspection> {
  const list = (kind: 'tools' | 'resources' | 'prompts'): Promise<Listing | undefined> =>
    kind in session.capabilities ? listAll(session, kind, options.timeoutMilliseconds) : Promise.resolve(undefined)
  const [listedTools, resources, prompts] = [await list('tools'), await list('resources'), await list('prompts')]
  const {check, tools} = toolsCheck(listedTools)
  const {connection, server, protocol, era, startMilliseconds} = session
  const peak = await connection.process.peakMemory()
  const stop = await connection.process.stop(grace(options))
  connection.finish()
  const {version, versionMismatch: mismatch} = options
  return {
    ...(server === undefined ? {} : {server}),
    protocol,
    era,
    tools,
    checks: [
      {name: 'handshake', status: 'ok', detail: `protocol ${protocol}`},
      purityCheck(connection),
      versionCheck(server, {...(version === undefined ? {} : {version}), mismatch}),
      check,
      expectedToolsCheck(tools, options.expectTools),
      listedCheck('resources-listed', resources),
      listedCheck('prompts-listed', prompts),
      exitCheck(stop, grace(options)),
    ],
    startMilliseconds,
    ...(peak === undefined ? {} : {peakMemoryKilobytes: peak}),
  }
}

function grace(options: InspectionOptions): number {
  return options.graceMilliseconds ?? 5000
}
