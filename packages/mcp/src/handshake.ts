import type {Channel} from './channel'
import {Connection} from './connection'
import {ServerProcess, type ServerCommand, type StopOptions} from './server-process'
import {type Fallback, type HandshakeFailure, type Session, discover, initialize} from './session'

/** How long an answer is waited for that may never come. */
export const probeMilliseconds = 15_000

/** What a handshake came to. */
export interface Handshake {
  readonly outcome: Session | HandshakeFailure
  /** The process behind the session, or the last one that was tried. */
  readonly connection: Connection
  /** Another process that has answered something, on which SIGTERM can be tried. */
  readonly spare?: Connection
}

/** Makes the command of one process; each has folders of its own, as two servers in one home may wait for each other. */
export type MakeCommand = () => Promise<ServerCommand>

/**
 * Opens a session in whichever era the server speaks: `server/discover` on one process; when that is not understood,
 * `initialize` on another, because some servers end when they are asked anything else first. Both are started at once,
 * so that the second start costs no time where there are two processors.
 * https://modelcontextprotocol.io/specification/2026-07-28
 */
export async function handshake(make: MakeCommand, timeoutMilliseconds: number): Promise<Handshake> {
  const [probe, other] = await Promise.all([start(make), start(make)])
  const limit = Math.min(probeMilliseconds, timeoutMilliseconds / 2)
  const modern = await discover(probe, limit)
  if (modern !== undefined && 'problem' in modern) {
    await discard(other)
    return {outcome: modern, connection: probe}
  }
  if (modern !== undefined && 'era' in modern) {
    // The other process must be up before it is asked to end.
    return {outcome: modern, connection: probe, spare: other}
  }
  const found = await handshakeOfOld({probe, other, make, timeoutMilliseconds})
  return modern === undefined ? found : {...found, outcome: fallenBack(found.outcome, modern)}
}

/** What the server says of the new era counts where the old one does not work, and is no secret where it does. */
export function fallenBack(outcome: Handshake['outcome'], {fallback, isAside}: Fallback): Handshake['outcome'] {
  if ('problem' in outcome) return isAside === true ? outcome : {problem: fallback}
  return {...outcome, concerns: [...outcome.concerns, fallback]}
}

interface Processes {
  readonly probe: Connection
  readonly other: Connection
  readonly make: MakeCommand
  readonly timeoutMilliseconds: number
}

async function handshakeOfOld({probe, other, make, timeoutMilliseconds}: Processes): Promise<Handshake> {
  // A process that waited for long says nothing of the time to start.
  const fresh = probe.answered || probe.process.hasExited ? other : await replace(other, make)
  const legacy = await initialize(fresh, timeoutMilliseconds)
  if (legacy !== 'modern') {
    if (!fresh.process.hasExited || !('problem' in legacy)) return {outcome: legacy, connection: fresh, spare: probe}
    return again({probe, fresh, make, timeoutMilliseconds})
  }
  // Modern after all, only too slow for the probe.
  await Promise.all([discard(probe), discard(fresh)])
  const patient = await start(make)
  return {outcome: await discoverOnly(patient, timeoutMilliseconds), connection: patient}
}

/** Opens a session in the modern manner with a server that has refused `initialize` as too old. */
export async function discoverOnly(channel: Channel, milliseconds: number): Promise<Session | HandshakeFailure> {
  const outcome = await discover(channel, milliseconds)
  if (outcome !== undefined) return 'fallback' in outcome ? {problem: outcome.fallback} : outcome
  return {problem: 'refuses initialize as too old and does not answer server/discover'}
}

// It ended while another was running: two may be one too many for it, for instance when each listens on the same port.
async function again({
  probe,
  fresh,
  make,
  timeoutMilliseconds,
}: {
  readonly probe: Connection
  readonly fresh: Connection
  readonly make: MakeCommand
  readonly timeoutMilliseconds: number
}): Promise<Handshake> {
  await Promise.all([discard(probe), discard(fresh)])
  const connection = await start(make)
  const outcome = await initialize(connection, timeoutMilliseconds)
  const problem = 'refuses initialize as too old and does not answer server/discover'
  return {outcome: outcome === 'modern' ? {problem} : outcome, connection}
}

/** Starts one process. */
export async function start(make: MakeCommand): Promise<Connection> {
  return new Connection(new ServerProcess(await make()))
}

async function replace(connection: Connection, make: MakeCommand): Promise<Connection> {
  await discard(connection)
  return start(make)
}

const atOnce: StopOptions = {by: 'stdin', graceMilliseconds: 200}

async function discard(connection: Connection): Promise<void> {
  await connection.process.stop(atOnce)
}
