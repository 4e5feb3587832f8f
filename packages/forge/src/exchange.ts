import {once} from 'node:events'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {authenticate, requirePermission, type Actor, type TokenSeed} from './actors'
import {reserveUpload} from './asset-handlers'
import {countedBytes} from './body'
import {dispatch, prepare, serveFile, type Premises} from './dispatch'
import {ApiError} from './errors'
import {faultError, type Fault, type FaultKind, type RequestInfo} from './faults'
import type {RateLimiter} from './rate-limit'
import type {Reply} from './reply'
import type {Target} from './target'
import {transmit} from './transmit'

/** What the forge remembers of a request. */
export interface RequestRecord extends RequestInfo {
  /** Undefined as long as no answer was sent. */
  status: number | undefined
  bodyBytes: number
  fault: FaultKind | undefined
}

/** The parts that answer requests. */
export interface Desk extends Premises {
  readonly tokens: readonly TokenSeed[] | undefined
  readonly limiter: RateLimiter
  /** Failures of the forge itself. */
  readonly bugs: Error[]
}

const isSafe = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD'

/** One request with its answer. */
export class Exchange {
  readonly #bytes: AsyncIterable<Buffer>

  constructor(
    private readonly desk: Desk,
    private readonly wire: {readonly request: IncomingMessage; readonly response: ServerResponse},
    private readonly about: {readonly target: Target; readonly record: RequestRecord},
  ) {
    this.#bytes = countedBytes(wire.request, about.record)
  }

  /** Answers the request, or does what the fault says. */
  async run(fault: Fault | undefined): Promise<void> {
    if (fault === undefined) {
      await this.#send(await this.#answer())
      return
    }
    if (fault.leaves === 'starter') this.#leaveStarter()
    if (fault.kind === 'reset-before') this.#reset()
    else if (fault.kind === 'reset-half-way') await this.#resetHalfWay()
    else if (fault.kind === 'stall') await this.#stall(fault)
    else if (fault.kind === 'answer-lost') await this.#answer().then(() => this.#reset())
    else if (fault.kind === 'truncate-answer') await this.#send(await this.#answer(), true)
    else await this.#sendError(fault)
  }

  async #answer(): Promise<Reply> {
    const {target} = this.about
    let headers: Readonly<Record<string, string>> = {}
    let entered = false
    try {
      if (target.kind === 'download') return serveFile(this.desk, target)
      const actor = this.#actor()
      const graphql = target.kind === 'graphql'
      const mutation = !graphql && !isSafe(this.wire.request.method)
      entered = true
      headers = this.desk.limiter.enter(actor.token ?? 'nobody', mutation)
      requirePermission(actor, {mutation, graphql})
      const reply = await dispatch(this.desk, target, this.#admitted(actor))
      return {...reply, headers: {...headers, ...reply.headers}}
    } catch (error) {
      return this.#refusal(error, headers)
    } finally {
      if (entered) this.desk.limiter.leave()
    }
  }

  #refusal(error: unknown, headers: Readonly<Record<string, string>>): Reply {
    if (error instanceof ApiError)
      return {status: error.status, headers: {...headers, ...error.headers}, json: error.body}
    if (!this.#clientIsGone(error)) this.desk.bugs.push(error instanceof Error ? error : new Error(String(error)))
    return {status: 500, headers, json: new ApiError(500, String(error)).body}
  }

  // No failure of the forge. It may go when all it sent has arrived, but not all of it was read.
  #clientIsGone(error: unknown): boolean {
    const {destroyed, complete} = this.wire.request
    return (destroyed && !complete) || (error as NodeJS.ErrnoException).code === 'ECONNRESET'
  }

  #actor(): Actor {
    return authenticate(this.wire.request.headers.authorization, this.desk.tokens)
  }

  #admitted(actor: Actor) {
    return {request: this.wire.request, bytes: this.#bytes, query: this.about.record.query, actor}
  }

  #leaveStarter(): void {
    const {target} = this.about
    if (target.kind !== 'api' || target.operationId !== 'repos/upload-release-asset') return
    try {
      reserveUpload(prepare(this.desk, target, this.#admitted(this.#actor())))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  #reset(): void {
    this.wire.request.socket.destroy()
  }

  async #resetHalfWay(): Promise<void> {
    const {request} = this.wire
    const half = Number(request.headers['content-length'] ?? 0) / 2
    try {
      const chunks = this.#bytes[Symbol.asyncIterator]()
      while (this.about.record.bodyBytes < half && (await chunks.next()).done !== true);
    } catch {
      // The client was faster; the connection is gone either way.
    }
    this.#reset()
  }

  async #stall(fault: Fault): Promise<void> {
    if (fault.effect === true) await this.#answer()
    if (!this.wire.response.destroyed) await once(this.wire.response, 'close')
  }

  async #sendError(fault: Fault): Promise<void> {
    if (fault.effect === true) await this.#answer()
    const error = faultError(fault, this.desk.world.now())
    await this.#send(error instanceof ApiError ? this.#refusal(error, {}) : (error ?? {status: 500}))
  }

  async #send(reply: Reply, truncate = false): Promise<void> {
    const {request, response} = this.wire
    if (!response.destroyed) this.about.record.status = reply.status
    // What the client still sends is read and dropped, so that it gets to see the answer.
    request.resume()
    const requestId = `F0E6:${this.about.record.n.toString(16).toUpperCase().padStart(6, '0')}`
    await transmit(response, reply, {requestId, truncate})
  }
}
