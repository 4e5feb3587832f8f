import {createWriteStream} from 'node:fs'
import {rm} from 'node:fs/promises'
import type {IncomingMessage} from 'node:http'
import {pipeline} from 'node:stream/promises'
import {setTimeout as sleep} from 'node:timers/promises'
import {HttpClient} from '@actions/http-client'
import {ActionError, errorText} from '@mcp-release/action-kit'

/** Limits of a download; times in milliseconds. */
export interface DownloadPolicy {
  readonly attempts: number
  /** Before the second attempt; it doubles for each further one. */
  readonly delayMs: number
  /** Without a byte for so long, the attempt ends. */
  readonly idleMs: number
  /** All attempts together. */
  readonly totalMs: number
  readonly maxBytes: number
}

/** Fits release files of some hundred megabytes on a slow line. */
export const usualPolicy: DownloadPolicy = {
  attempts: 3,
  delayMs: 1_000,
  idleMs: 30_000,
  totalMs: 10 * 60_000,
  maxBytes: 1024 ** 3,
}

/**
 * Downloads a file, with retries after network errors and after the answers 408, 429 and 5xx. A failed download leaves
 * no file. Code `DOWNLOAD`; the message names the URL (without its password) and the last reason.
 */
export async function download(url: URL, path: string, policy: DownloadPolicy): Promise<void> {
  const deadline = Date.now() + policy.totalMs
  for (let attempt = 1; ; attempt++) {
    const reason = await attemptDownload(url, path, {...policy, totalMs: Math.max(1, deadline - Date.now())})
    if (reason === undefined) return
    await rm(path, {force: true})
    const delay = policy.delayMs * 2 ** (attempt - 1)
    const last = attempt >= policy.attempts || !reason.passing || Date.now() + delay >= deadline
    if (last) {
      const times = attempt === 1 ? '' : ` (${attempt} attempts)`
      throw new ActionError('DOWNLOAD', `${publicUrl(url)}: ${reason.text}${times}`)
    }
    await sleep(delay)
  }
}

/** A URL as it may be shown: without user name and password. */
export function publicUrl(url: URL): string {
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  return shown.href
}

interface Failure {
  readonly text: string
  /** Whether another attempt may do better. */
  readonly passing: boolean
}

async function attemptDownload(url: URL, path: string, policy: DownloadPolicy): Promise<Failure | undefined> {
  const client = new HttpClient('mcp-release', [], {
    allowRetries: false,
    maxRedirects: 5,
    socketTimeout: Math.min(policy.idleMs, policy.totalMs),
  })
  const signal = AbortSignal.timeout(policy.totalMs)
  try {
    const {message} = await unlessAborted(client.get(publicUrl(url), credentials(url)), signal)
    const status = message.statusCode ?? 0
    if (status !== 200) {
      message.destroy()
      return {text: `the server answered ${status}`, passing: status === 408 || status === 429 || status >= 500}
    }
    message.setTimeout(policy.idleMs, () => message.destroy(new Error(`no data for ${policy.idleMs / 1000} s`)))
    await pipeline(message, bounded(policy.maxBytes), createWriteStream(path), {signal})
    return undefined
  } catch (error) {
    if (error instanceof TooLarge) return {text: error.message, passing: false}
    const text = signal.aborted ? `not complete after ${Math.ceil(policy.totalMs / 1000)} s` : networkReason(error)
    return {text, passing: !signal.aborted}
  } finally {
    client.dispose()
  }
}

class TooLarge extends Error {}

function bounded(maxBytes: number): (source: IncomingMessage) => AsyncGenerator<Buffer> {
  return async function* (source) {
    let bytes = 0
    for await (const chunk of source) {
      const data = chunk as Buffer
      bytes += data.length
      if (bytes > maxBytes) throw new TooLarge(`larger than ${maxBytes} bytes`)
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

function networkReason(error: unknown): string {
  const text = errorText(error)
  // An address with several numbers (IPv4, IPv6) fails with an AggregateError, whose message is empty.
  if (text !== '') return text === 'aborted' ? 'the connection broke before the end of the file' : text
  return error instanceof AggregateError ? error.errors.map(errorText).join('; ') : 'the connection failed'
}
