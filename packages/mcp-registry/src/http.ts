import {HttpClient} from '@actions/http-client'
import {ActionError} from '@mcp-release/action-kit/errors'

/** A request with a JSON body or none. */
export interface Request {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Default `false`: an answer that redirects is the answer. */
  readonly follow?: boolean
}

/** What came back. */
export interface Answer {
  readonly status: number
  /** `''` when there is none. */
  readonly header: (name: string) => string
  readonly text: string
  /** The body when it is JSON. */
  readonly json: unknown
}

const idleMs = 60_000
const longest = 2 ** 24

/** One request without retries. Throws an ordinary error when no answer came; proxies of the environment are used. */
export async function send({method, url, headers = {}, body, follow = false}: Request): Promise<Answer> {
  const client = new HttpClient('mcp-release', [], {allowRetries: false, allowRedirects: follow, socketTimeout: idleMs})
  try {
    const data = body === undefined ? null : JSON.stringify(body)
    const type: Record<string, string> = data === null ? {} : {'content-type': 'application/json'}
    const {message} = await client.request(method, url, data, {accept: 'application/json', ...type, ...headers})
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of message) {
      chunks.push(chunk as Buffer)
      length += (chunk as Buffer).length
      if (length > longest) throw new Error(`the answer is larger than ${longest} bytes`)
    }
    const text = Buffer.concat(chunks).toString()
    const header = (name: string) => [message.headers[name] ?? ''].flat().join(', ')
    return {status: message.statusCode ?? 0, header, text, json: parsed(text)}
  } finally {
    client.dispose()
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The words of an answer (RFC 9457, as the registry writes it), else the first line of its text. */
export function wordsOf({json, text}: Answer): string {
  const {detail, title, errors} = (typeof json === 'object' && json !== null ? json : {}) as Problem
  const first = [detail, title].find(each => typeof each === 'string')
  if (typeof first !== 'string') return oneLine(text) || 'no message'
  const more = Array.isArray(errors) ? errors.map(problemText).filter(each => each !== '') : []
  return oneLine([first, ...more].join(': '))
}

interface Problem {
  readonly detail?: unknown
  readonly title?: unknown
  readonly errors?: unknown
}

function problemText(error: unknown): string {
  const {message, location} = (error ?? {}) as {readonly message?: unknown; readonly location?: unknown}
  const place = typeof location === 'string' && location !== '' ? `${location}: ` : ''
  return typeof message === 'string' ? `${place}${message}` : ''
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 1500 ? `${line.slice(0, 1500)}…` : line
}

/** Refuses a URL to which a secret would travel in the clear; loopback is this machine itself. Code `INPUT`. */
export function secureUrl(input: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const local = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && local))) return url
  throw new ActionError('INPUT', `${input}: ${JSON.stringify(text)} is no https URL`)
}
