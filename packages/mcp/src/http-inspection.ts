import {connect} from 'node:net'
import {setTimeout as pause} from 'node:timers/promises'
import type {Check} from '@mcp-release/release-model'
import {handshakeCheck, inOrder, orphansCheck, outputCheck, signalCheck} from './checks'
import {type Explored, explore} from './explore'
import {discoverOnly, fallenBack, probeMilliseconds} from './handshake'
import {HttpChannel, type HttpOptions} from './http-channel'
import type {Inspection, InspectionOptions} from './inspection'
import {KeptText} from './kept-text'
import {askAsOlder, bothErasCheck, olderCheck} from './other-era'
import {type ServerCommand, ServerProcess} from './server-process'
import {type HandshakeFailure, type Session, discover, initialize, lastWords} from './session'

/** A server that is started here and listens on a port. */
export interface HttpServer {
  readonly command: ServerCommand
  /** Of its MCP endpoint, on `localhost`. */
  readonly url: string
}

/** Talks to a server that is already running somewhere, and judges what it answers. Never throws for what it does. */
export async function inspectUrl(options: HttpOptions, expected: InspectionOptions): Promise<Inspection> {
  const found = await converse(options, expected)
  return {...found, checks: inOrder(found.checks, 'a running server is not started or ended here')}
}

/** Starts a server, talks to it over streamable HTTP, ends it with SIGTERM, and judges all that it did. */
export async function inspectHttpServer({command, url}: HttpServer, expected: InspectionOptions): Promise<Inspection> {
  const port = Number(new URL(url).port)
  const skipped = 'spoken to over HTTP'
  if (await listens(port)) {
    const detail = `port ${port} is in use by another program`
    const checks = inOrder([{name: 'handshake', status: 'failed', detail}], 'the handshake failed')
    return {transport: 'http', tools: [], checks}
  }
  const server = new ServerProcess(command)
  // A pipe that nobody reads holds up a server that logs on stdout.
  const stdout = new KeptText(8192)
  server.onStdout(chunk => stdout.push(chunk))
  try {
    const problem = await waitForPort(port, {server, stdout, milliseconds: expected.timeoutMilliseconds})
    const found: Inspection =
      problem === undefined
        ? await converse({url, process: server}, expected)
        : {transport: 'http', tools: [], checks: [{name: 'handshake', status: 'failed', detail: problem}]}
    const exit = server.hasExited ? await server.ended : undefined
    const peak = await server.peakMemory()
    const stop = await server.stop({by: 'SIGTERM', graceMilliseconds: expected.graceMilliseconds ?? 5000})
    const ends = [outputCheck([server]), signalCheck(stop, {transport: 'http'}), orphansCheck([stop])]
    return {
      ...found,
      checks: inOrder([...found.checks, ...ends], problem === undefined ? skipped : 'the handshake failed'),
      ...(found.protocol === undefined
        ? {failure: {...(exit === undefined ? {} : {exit}), stderr: server.stderr, stdout: stdout.text}}
        : {}),
      totalMilliseconds: server.milliseconds,
      ...(peak === undefined || peak === 0 ? {} : {peakMemoryKilobytes: peak}),
    }
  } finally {
    server.kill()
  }
}

async function converse(options: HttpOptions, expected: InspectionOptions): Promise<Inspection> {
  const channel = new HttpChannel(options)
  try {
    return await talk(channel, {options, expected})
  } finally {
    await channel.close()
  }
}

async function talk(
  channel: HttpChannel,
  {options, expected}: {readonly options: HttpOptions; readonly expected: InspectionOptions},
): Promise<Inspection> {
  const session = await open(channel, expected.timeoutMilliseconds)
  if ('problem' in session) {
    return {transport: 'http', tools: [], checks: [{name: 'handshake', status: 'failed', detail: session.problem}]}
  }
  const {server, protocol, era, startMilliseconds} = session
  const explored = await explore(session, expected)
  const {checks, tools} = explored
  const eras = era === 'legacy' ? olderCheck(session) : await judgeOlder(session, explored, {options, expected})
  return {
    transport: 'http',
    ...(server === undefined ? {} : {server}),
    protocol,
    era,
    tools,
    checks: [handshakeCheck(session), eras, ...checks],
    startMilliseconds,
  }
}

async function judgeOlder(
  session: Session,
  explored: Explored,
  {options, expected}: {readonly options: HttpOptions; readonly expected: InspectionOptions},
): Promise<Check> {
  const channel = new HttpChannel(options)
  const limit = Math.min(probeMilliseconds, expected.timeoutMilliseconds / 2)
  const older = await askAsOlder(channel, limit)
  await channel.close()
  return bothErasCheck(session, explored, older)
}

// Requests over HTTP stand alone, so that no fresh server is needed after a probe.
async function open(channel: HttpChannel, milliseconds: number): Promise<Session | HandshakeFailure> {
  const modern = await discover(channel, Math.min(probeMilliseconds, milliseconds / 2))
  if (modern !== undefined && !('fallback' in modern)) return modern
  const found = await initialize(channel, milliseconds)
  const legacy = found === 'modern' ? await discoverOnly(channel, milliseconds) : found
  return modern === undefined ? legacy : fallenBack(legacy, modern)
}

async function waitForPort(
  port: number,
  {
    server,
    stdout,
    milliseconds,
  }: {readonly server: ServerProcess; readonly stdout: KeptText; readonly milliseconds: number},
): Promise<string | undefined> {
  const until = performance.now() + milliseconds
  while (performance.now() < until) {
    if (await listens(port)) return undefined
    if (server.hasExited) {
      const {code, signal, error} = await server.ended
      if (error !== undefined) return `could not be started: ${error}`
      return `ended with ${signal ?? `exit code ${code ?? 0}`} before it listened on port ${port}${lastWords(server.stderr, stdout.text)}`
    }
    await pause(20)
  }
  return `did not listen on port ${port} within ${milliseconds / 1000} s${lastWords(server.stderr, stdout.text)}`
}

function listens(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({host: 'localhost', port, autoSelectFamily: true})
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1000, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
