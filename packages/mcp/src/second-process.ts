import type {Connection} from './connection'
import {type Handshake, type MakeCommand, probeMilliseconds, start} from './handshake'
import {type OtherEra, askAsOlder} from './other-era'
import type {Stop} from './server-process'
import {type Session, discover, initialize} from './session'

/** What `secondProcess` needs to start another process. */
export interface Trial {
  readonly make: MakeCommand
  readonly timeoutMilliseconds: number
  readonly graceMilliseconds: number
}

/** What came of another process. */
export interface Second {
  readonly stop: Stop
  readonly connection: Connection
  /** What a server of protocol 2026-07-28 is to older clients: asked here, as SDKs keep to one era on one pipe. */
  readonly older?: OtherEra
}

/** Tries on another process that has come up what the first one cannot show: how older clients fare, how it ends on SIGTERM. */
export async function secondProcess(
  {outcome: {era}, spare}: {readonly outcome: Session} & Pick<Handshake, 'connection' | 'spare'>,
  {make, timeoutMilliseconds, graceMilliseconds}: Trial,
): Promise<Second> {
  const connection = spare === undefined || spare.process.hasExited ? await start(make) : spare
  const limit = Math.min(probeMilliseconds, timeoutMilliseconds / 2)
  const older = era === 'modern' ? await askAsOlder(connection, limit) : undefined
  if (!connection.answered) await (era === 'modern' ? discover : initialize)(connection, timeoutMilliseconds)
  const stop = await connection.process.stop({by: 'SIGTERM', graceMilliseconds})
  connection.finish()
  return {stop, connection, ...(older === undefined ? {} : {older})}
}
