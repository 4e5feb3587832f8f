import {performance} from 'node:perf_hooks'
import type {Answer, Channel} from './channel'
import {requestHeaders} from './http-headers'
import {type JsonObject, type Message, isObject, readLine} from './message'
import {printable} from './printable'
import type {Exit, ServerProcess} from './server-process'
import {EventReader} from './sse'

const maximumBody = 16 * 1024 * 1024
const closeMilliseconds = 2000
const maximumRedirects = 3

/** How a server is reached over HTTP. */
export interface HttpOptions {
  readonly url: string
  /** Beside those of the protocol, such as `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>
  /** The server, when it was started here. */
  readonly process?: ServerProcess
}

/**
 * JSON-RPC over streamable HTTP, one POST for each message. Sessions of protocols 2025-03-26 to 2025-11-25 are kept;
 * for 2026-07-28 the body's metadata is repeated in headers.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#streamable-http
 */
export class HttpChannel implements Channel {
  readonly transport = 'http'
  readonly #options: HttpOptions
  readonly #started = performance.now()
  #session: Readonly<Record<string, string>> = {}
  #nextId = 1
  #end: Exit | undefined

  constructor(options: HttpOptions) {
    this.#options = options
    void options.process?.ended.then(exit => {
      this.#end = exit
    })
  }

  get stderr(): string | undefined {
    return this.#options.process?.stderr
  }

  get milliseconds(): number {
    return this.#options.process?.milliseconds ?? Math.round(performance.now() - this.#started)
  }

  async request(
    method: string,
    params: JsonObject,
    milliseconds: number,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const id = this.#nextId++
    const limit = AbortSignal.timeout(milliseconds)
    try {
      const response = await this.#post({id, method, params}, limit, {...requestHeaders(method, params), ...headers})
      const message = await this.#read(response, id, limit)
      const {status} = response
      if (typeof message === 'string') return {kind: 'http', problem: message, status}
      if (method === 'initialize' && message.kind === 'result') this.#open(response, message.result)
      return message.kind === 'result'
        ? {kind: 'result', result: message.result}
        : {kind: 'error', error: message.error, status}
    } catch (error) {
      if (limit.aborted) return {kind: 'timeout', milliseconds}
      await Promise.race([this.#options.process?.ended, new Promise(resolve => setTimeout(resolve, 200))])
      return this.#end === undefined ? {kind: 'http', problem: reason(error)} : {kind: 'closed', exit: this.#end}
    }
  }

  async notify(method: string): Promise<string | undefined> {
    const response = await this.#tell({method}, AbortSignal.timeout(closeMilliseconds))
    return response === undefined || response.ok ? undefined : statusLine(response)
  }

  /** Ends the session, where there is one; servers need not allow that. */
  async close(): Promise<void> {
    if (this.#session['Mcp-Session-Id'] === undefined) return
    const {url, headers = {}} = this.#options
    const request = {method: 'DELETE', headers: {...headers, ...this.#session}, redirect: 'manual' as const}
    const response = await fetch(url, {...request, signal: AbortSignal.timeout(closeMilliseconds)}).catch(
      () => undefined,
    )
    await response?.body?.cancel()
  }

  #open({headers}: Response, result: unknown): void {
    const session = headers.get('mcp-session-id')
    const protocol = isObject(result) ? result['protocolVersion'] : undefined
    this.#session = {
      ...(session === null ? {} : {'Mcp-Session-Id': session}),
      ...(typeof protocol === 'string' ? {'MCP-Protocol-Version': protocol} : {}),
    }
  }

  // Redirects are followed on the same origin only, as headers may hold secrets.
  async #post(
    message: JsonObject,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const {url, headers: own = {}} = this.#options
    const request = {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...own,
        ...this.#session,
        ...headers,
      },
      body: JSON.stringify({jsonrpc: '2.0', ...message}),
      redirect: 'manual' as const,
      signal,
    }
    let response = await fetch(url, request)
    for (let at = 0; at < maximumRedirects && (response.status === 307 || response.status === 308); at++) {
      await response.body?.cancel()
      const target = new URL(response.headers.get('location') ?? '', response.url)
      if (target.origin !== new URL(url).origin) throw new Error(`redirects to ${target.origin}`)
      response = await fetch(target, request)
    }
    return response
  }

  // The answer to a request, or what came instead.
  async #read(response: Response, id: number, limit: AbortSignal): Promise<Answered | string> {
    const type = mediaType(response)
    if (response.ok && type === 'text/event-stream') return this.#readEvents(response, id, limit)
    const text = await readText(response)
    const {messages, flaw} = readLine(Buffer.from(text)) ?? {messages: []}
    const answer = messages.find((message): message is Answered => isAnswer(message, id))
    const [status, told] = [statusLine(response), text.trim() === '' ? '' : `: ${printable(text.trim())}`]
    if (answer === undefined) return `${status}${response.ok ? ' without an answer in JSON-RPC' : ''}${told}`
    if (flaw !== undefined) return flawed(flaw, text)
    // Errors may come with any status, and are read for what they say.
    if (answer.kind === 'result' && (!response.ok || response.status === 202))
      return `${status} with a result, which clients do not read there${told}`
    if (response.ok && type !== 'application/json') {
      const said = type === '' ? 'without a content type' : `with the content type ${printable(type, 60)}`
      return `${status} ${said}: clients read application/json and text/event-stream alone`
    }
    return answer
  }

  async #readEvents(response: Response, id: number, limit: AbortSignal): Promise<Answered | string> {
    const reader = new EventReader()
    for await (const text of texts(response)) {
      for (const data of reader.push(text)) {
        const read = readLine(Buffer.from(data))
        if (read === undefined) return `the event stream holds what is no JSON-RPC message: ${printable(data)}`
        if (read.flaw !== undefined) return flawed(read.flaw, data)
        for (const message of read.messages) {
          if (isAnswer(message, id)) return message
          if (message.kind === 'request') await this.#refuse(message, limit)
        }
      }
      if (reader.pending > maximumBody) return `an event longer than ${maximumBody / 1024 / 1024} MiB`
    }
    const others = [...reader.others].map(name => printable(JSON.stringify(name), 60))
    const events = others.length === 0 ? '' : `; clients do not read events that are called ${others.join(', ')}`
    return `the event stream ended without an answer${events}`
  }

  // A server that asks its client must not hang: a client without capabilities knows ping alone.
  async #refuse({id, method}: Extract<Message, {kind: 'request'}>, limit: AbortSignal): Promise<void> {
    const reply = method === 'ping' ? {result: {}} : {error: {code: -32601, message: 'Method not found'}}
    await this.#tell({id, ...reply}, limit)
  }

  async #tell(message: JsonObject, signal: AbortSignal): Promise<Response | undefined> {
    const response = await this.#post(message, signal).catch(() => undefined)
    await response?.body?.cancel()
    return response
  }
}

type Answered = Extract<Message, {kind: 'result' | 'error'}>

function isAnswer(message: Message, id: number): message is Answered {
  if (message.kind !== 'result' && message.kind !== 'error') return false
  // An error that came before the request was understood has no id; clients read a text as the number that stands in it.
  return message.id === null || Number(message.id) === id
}

/** Without parameters, in small letters. */
function mediaType({headers}: Response): string {
  return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

function statusLine({status, statusText}: Response): string {
  return `HTTP ${status}${statusText === '' ? '' : ` ${printable(statusText)}`}`
}

async function* texts(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let total = 0
  for await (const chunk of response.body ?? []) {
    total += (chunk as Uint8Array).length
    if (total > 4 * maximumBody) throw new Error(`answers with more than ${(4 * maximumBody) / 1024 / 1024} MiB`)
    yield decoder.decode(chunk as Uint8Array, {stream: true})
  }
}

async function readText(response: Response): Promise<string> {
  let text = ''
  for await (const part of texts(response)) {
    text += part
    if (text.length > maximumBody) throw new Error(`answers with more than ${maximumBody / 1024 / 1024} MiB`)
  }
  return text
}

function flawed(flaw: string, text: string): string {
  return `the answer ${flaw}, so that clients refuse it: ${printable(text.trim())}`
}

// fetch hides what happened in the cause.
function reason(error: unknown): string {
  const {cause, message} = error as Partial<Error>
  const {code, message: inner} = (cause ?? {}) as Partial<NodeJS.ErrnoException>
  return printable(inner || code || message || String(error))
}
