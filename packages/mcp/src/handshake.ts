import {Connection} from './connection'
import {ServerProcess, type ServerCommand} from './server-process'
import {type HandshakeFailure, type Session, discover, initialize} from './session'

const probeMilliseconds = 5000
const probeGraceMilliseconds = 500

/** The result of a handshake, and what is still going on behind it. */
export interface Handshake {
  readonly outcome: Session | HandshakeFailure
  /** Ends when the processes that were only probed are gone. */
  readonly cleared: Promise<unknown>
}

/**
 * Opens a session in whichever era the server speaks: `server/discover` on a first process; when that is not understood,
 * `initialize` on a fresh one, because some servers end when they are asked anything else first.
 * https://modelcontextprotocol.io/specification/2026-07-28
 */
export async function handshake(command: ServerCommand, timeoutMilliseconds: number): Promise<Handshake> {
  const probe = start(command)
  const modern = await discover(probe, Math.min(probeMilliseconds, timeoutMilliseconds / 2))
  if (modern !== undefined) return {outcome: modern, cleared: Promise.resolve()}
  const cleared = probe.process.stop(probeGraceMilliseconds)
  const fresh = start(command)
  const legacy = await initialize(fresh, timeoutMilliseconds)
  if (legacy !== 'modern') return {outcome: legacy, cleared}
  // Modern after all, only too slow for the probe.
  const alsoCleared = Promise.all([cleared, fresh.process.stop(probeGraceMilliseconds)])
  const patient = start(command)
  const outcome = await discover(patient, timeoutMilliseconds)
  const problem = 'refuses initialize as too old and does not answer server/discover'
  return {outcome: outcome ?? {connection: patient, problem}, cleared: alsoCleared}
}

function start(command: ServerCommand): Connection {
  return new Connection(new ServerProcess(command))
}
