import type {Check} from '@mcp-release/release-model'
import {exitCheck, handshakeCheck, inOrder, orphansCheck, outputCheck, purityCheck, signalCheck} from './checks'
import {type Expectations, explore} from './explore'
import {type Handshake, type MakeCommand, handshake, start} from './handshake'
import {bothErasCheck, olderCheck} from './other-era'
import {type Second, secondProcess} from './second-process'
import type {Exit, ServerCommand} from './server-process'
import {type ServerInfo, type Session, discover, initialize} from './session'
import type {Tool} from './tool'
import {type ToolTrial, harmlessTools, tryTools} from './try-tools'

/** What a server is measured by. */
export interface InspectionOptions extends Expectations {
  /** How long a server may take to end after its stdin was closed; default 5 s. */
  readonly graceMilliseconds?: number
  /** Present when tools may be called that nobody asked to call: nothing but the server's own folders can suffer. */
  readonly toolTrial?: ToolTrial
}

/** A start that came to nothing. */
export interface StartFailure {
  /** Absent when the program was still running. */
  readonly exit?: Exit
  /** What it printed, the beginning and the end. */
  readonly stderr: string
  /** The same of stdout, without JSON-RPC. */
  readonly stdout: string
}

/** What was found out about a server. */
export interface Inspection {
  readonly transport: 'stdio' | 'http'
  readonly server?: ServerInfo
  readonly protocol?: string
  readonly era?: 'legacy' | 'modern'
  readonly tools: readonly Tool[]
  readonly checks: readonly Check[]
  readonly startMilliseconds?: number
  /** From the first start to the end of the last process. */
  readonly totalMilliseconds?: number
  readonly peakMemoryKilobytes?: number
  /** Present when no session came about. */
  readonly failure?: StartFailure
}

/**
 * Starts a server several times, talks to it over stdio, ends it, and judges all that it did. Never throws for what a
 * server does. `command` is the same for every process, or made anew for each, with folders of its own.
 */
export async function inspectServer(
  command: ServerCommand | MakeCommand,
  options: InspectionOptions,
): Promise<Inspection> {
  const make = typeof command === 'function' ? command : () => Promise.resolve(command)
  const started = performance.now()
  const shaken = await handshake(make, options.timeoutMilliseconds)
  const {outcome, connection} = shaken
  try {
    const found =
      'problem' in outcome
        ? await inspectFailure(shaken, outcome.problem)
        : await inspectSession({...shaken, session: outcome}, {make, options})
    return {...found, totalMilliseconds: Math.round(performance.now() - started)}
  } finally {
    connection.process.kill()
    shaken.spare?.process.kill()
  }
}

async function inspectFailure({connection, spare}: Handshake, problem: string): Promise<Inspection> {
  const exit = connection.process.hasExited ? await connection.process.ended : undefined
  const ends = [connection, ...(spare === undefined ? [] : [spare])]
  await Promise.all(ends.map(each => each.process.stop({by: 'stdin', graceMilliseconds: 1000})))
  connection.finish()
  const checks: Check[] = [
    {name: 'handshake', status: 'failed', detail: problem},
    // The words of a program that ended by itself are told once, with its end.
    ...(exit?.signal === null ? [] : [purityCheck(connection)]),
    outputCheck([connection.process]),
  ]
  const failure = {...(exit === undefined ? {} : {exit}), stderr: connection.stderr, stdout: connection.stray}
  return {transport: 'stdio', tools: [], checks: inOrder(checks, 'the handshake failed'), failure}
}

async function inspectSession(
  {session, connection, ...shaken}: Handshake & {readonly session: Session},
  {make, options}: {readonly make: MakeCommand; readonly options: InspectionOptions},
): Promise<Inspection> {
  const graceMilliseconds = options.graceMilliseconds ?? 5000
  const trial = {make, graceMilliseconds, timeoutMilliseconds: options.timeoutMilliseconds}
  const second = secondProcess({connection, ...shaken, outcome: session}, trial)
  const explored = await explore(session, options)
  const {tools} = explored
  const peak = await connection.process.peakMemory()
  // A trial that cannot be made says nothing.
  const tried = trialCalls(session, tools, {make, options}).catch(() => undefined)
  const stop = await connection.process.stop({by: 'stdin', graceMilliseconds})
  connection.finish()
  let other = await second
  // It did not come up beside the first one; alone it may.
  if (!other.connection.answered) {
    await tried
    other = await secondProcess({outcome: session, connection}, trial)
  }
  const {server, protocol, era, startMilliseconds} = session
  return {
    transport: 'stdio',
    ...(server === undefined ? {} : {server}),
    protocol,
    era,
    tools,
    checks: inOrder(
      [
        handshakeCheck(session),
        other.older === undefined ? olderCheck(session) : bothErasCheck(session, explored, other.older),
        ...(await replaced(explored.checks, tried)),
        exitCheck(stop, graceMilliseconds),
        ...processChecks([{connection, stop}, other]),
      ],
      '',
    ),
    startMilliseconds,
    ...(peak === undefined ? {} : {peakMemoryKilobytes: peak}),
  }
}

function processChecks(seconds: readonly [Omit<Second, 'older'>, Second]): readonly Check[] {
  const [{connection}, {stop}] = seconds
  const both = seconds.map(each => each.connection)
  return [
    purityCheck(both.find(({offence}) => offence !== undefined) ?? connection),
    outputCheck(both.map(each => each.process)),
    signalCheck(stop, {transport: 'stdio'}),
    orphansCheck(seconds.map(each => each.stop)),
  ]
}

// On a process of its own, of which nothing is judged: what tools leave behind must not stand against the server.
async function trialCalls(
  {era}: Session,
  tools: readonly Tool[],
  {make, options}: {readonly make: MakeCommand; readonly options: InspectionOptions},
): Promise<Check | undefined> {
  const {toolTrial: trial, calls = [], timeoutMilliseconds} = options
  const harmless = harmlessTools(tools)
  if (trial === undefined || calls.length > 0 || harmless.length === 0) return undefined
  const connection = await start(make)
  try {
    const session = await (era === 'modern' ? discover : initialize)(connection, timeoutMilliseconds)
    if (session === undefined || session === 'modern' || !('era' in session)) return undefined
    return await tryTools(session, harmless, {trial, milliseconds: timeoutMilliseconds})
  } finally {
    await connection.process.stop({by: 'SIGTERM', graceMilliseconds: 500})
  }
}

async function replaced(checks: readonly Check[], tried: Promise<Check | undefined>): Promise<readonly Check[]> {
  const other = await tried
  return other === undefined ? checks : checks.map(check => (check.name === other.name ? other : check))
}
