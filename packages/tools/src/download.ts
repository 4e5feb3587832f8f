import {open, rm} from 'node:fs/promises'
import type {IncomingMessage} from 'node:http'
import {pipeline} from 'node:stream/promises'
import {HttpClient} from '@actions/http-client'
import {ActionError} from '@mcp-release/action-kit'
import {type RetryPolicy, retry} from '@mcp-release/publishing'

/** Limits of a download; times in milliseconds. */
export interface DownloadPolicy extends RetryPolicy {
  /** All attempts together. */
  readonly deadline: number
  /** Without a byte for so long, the attempt ends. */
  readonly idle: number
  readonly maxBytes: number
}

/** Fits release files of some hundred megabytes on a slow line. */
export const usualPolicy: DownloadPolicy = {
  attempts: 3,
  delay: 1_000,
  longestDelay: 4_000,
  idle: 30_000,
  deadline: 10 * 60_000,
  maxBytes: 1024 ** 3,
}

/**
 * Downloads a file, with retries after network errors and after the answers 408, 429 and 5xx. A failed download leaves
 * no file. Code `DOWNLOAD`; the message names the URL (without its password) and the last reason.
 */
export async function download(url: URL, path: string, policy: DownloadPolicy): Promise<void> {
  const deadline = Date.now() + policy.deadline
  let attempts = 0
  const attempt = async (number: number): Promise<void> => {
    attempts = number
    try {
      await attemptDownload(url, path, {...policy, deadline: Math.max(1, deadline - Date.now())})
    } catch (error) {
      await rm(path, {force: true})
      throw error
    }
  }
  const isTransient = (error: unknown) => error instanceof Failure && error.isTransient
  await retry(attempt, {policy, isTransient}).catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error
    const times = attempts === 1 ? '' : ` (${attempts} attempts)`
    throw new ActionError('DOWNLOAD', `${publicUrl(url)}: ${error.message}${times}`)
  })
}

/** A URL as it may be shown: without user name and password. */
export function publicUrl(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  return shown.href
}

/** Why an attempt did not succeed. */
class Failure extends Error {
  constructor(
    reason: string,
    readonly isTransient: boolean,
  ) {
    super(reason)
  }
}

async function attemptDownload(url: URL, path: string, policy: DownloadPolicy): Promise<void> {
  const client = new HttpClient('mcp-release', [], {
    allowRetries: false,
    allowRedirects: false,
    socketTimeout: Math.min(policy.idle, policy.deadline),
  })
  const signal = AbortSignal.timeout(policy.deadline)
  try {
    const message = await unlessAborted(follow(client, url), signal)
    const status = message.statusCode ?? 0
    if (status !== 200) {
      message.destroy()
      throw new Failure(`the server answered ${status}`, status === 408 || status === 429 || status >= 500)
    }
    message.setTimeout(policy.idle, () => message.destroy(new Error(`no data for ${policy.idle / 1000} s`)))
    // Opened before the first byte: a stream that opens by itself could make the file after a failure has removed it.
    const file = await open(path, 'w')
    await pipeline(message, bounded(policy.maxBytes), file.createWriteStream(), {signal})
  } catch (error) {
    if (error instanceof Failure) throw error
    const text = signal.aborted ? `not complete after ${Math.ceil(policy.deadline / 1000)} s` : networkReason(error)
    throw new Failure(text, !signal.aborted)
  } finally {
    client.dispose()
  }
}

// The client's own way of following fails at a location without a host, which servers may send.
async function follow(client: HttpClient, start: URL): Promise<IncomingMessage> {
  let url = start
  for (let hops = 0; hops <= 5; hops++) {
    const {message} = await client.get(publicUrl(url), url.origin === start.origin ? credentials(start) : {})
    const location = message.headers.location
    if (![301, 302, 303, 307, 308].includes(message.statusCode ?? 0) || location === undefined) return message
    message.destroy()
    if (!URL.canParse(location, url.href)) throw refused('the server redirects to what is no URL')
    const next = new URL(location, url)
    if (next.protocol !== 'https:' && (next.protocol !== 'http:' || url.protocol === 'https:')) {
      throw refused(`the server redirects to ${next.protocol.slice(0, -1)}`)
    }
    url = next
  }
  throw refused('the server redirects without end')
}

/** A reason that another attempt does not change. */
const refused = (reason: string): Failure => new Failure(reason, false)

function bounded(maxBytes: number): (source: IncomingMessage) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let bytes = 0
    for await (const chunk of source) {
      const data = chunk as Buffer
      bytes += data.length
      if (bytes > maxBytes) throw refused(`larger than ${maxBytes} bytes`)
      yield data
    }
  }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), {once: true})
    work.then(resolve, reject)
  })
}

function credentials(url: URL): Record<string, string> {
  if (url.username === '') return {}
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return {authorization: `Basic ${Buffer.from(pair).toString('base64')}`}
}

// Not `instanceof Error`: under some test runners Node's own errors come from another realm.
function networkReason(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  if ('code' in error && error.code === 'ECONNRESET') return 'the connection broke before the end of the file'
  // An address with several numbers (IPv4, IPv6) fails with an AggregateError, whose message is empty.
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.map(networkReason).join('; ')
  return 'message' in error && typeof error.message === 'string' ? error.message : 'the connection failed'
}
