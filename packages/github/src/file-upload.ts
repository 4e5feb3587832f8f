import {createReadStream} from 'node:fs'
import {stat} from 'node:fs/promises'
import * as http from 'node:http'
import * as https from 'node:https'
import {pipeline} from 'node:stream/promises'
import {ActionError, errorText} from '@mcp-release/action-kit/errors'
import {noAnswer} from './call-failure'

/** One attempt to send a file. */
export interface FileUpload {
  readonly url: URL
  readonly path: string
  readonly size: number
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds without progress after which the attempt is given up. */
  readonly timeout: number
  readonly agent?: http.Agent
  readonly signal?: AbortSignal
}

/** What the server answered. */
export interface UploadAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/**
 * Streams a file as the body of a POST. Not `fetch`: it keeps a copy of the body for redirects, so that memory grows with
 * the file; here it stays within the stream's buffer.
 */
export async function sendFile(upload: FileUpload): Promise<UploadAnswer> {
  const call = `POST ${upload.url.pathname}`
  await requireSize(upload)
  const {request: start} = upload.url.protocol === 'https:' ? https : http
  const request = start(upload.url, {
    method: 'POST',
    headers: {...upload.headers, 'content-length': String(upload.size)},
    ...(upload.agent === undefined ? {} : {agent: upload.agent}),
    ...(upload.signal === undefined ? {} : {signal: upload.signal}),
  })
  request.setTimeout(upload.timeout, () => {
    request.destroy(new Error(`no progress for ${upload.timeout / 1000} s`))
  })
  const answered = answerOf(request)
  const sent = pipeline(createReadStream(upload.path, {end: upload.size - 1, highWaterMark: 256 * 1024}), request)
  try {
    // A server may refuse before it has read everything: then its answer counts, not the broken pipe.
    return await Promise.race([answered, sent.then(() => answered)])
  } catch (error) {
    throw noAnswer(call, errorText(error), error)
  } finally {
    answered.catch(() => undefined)
    sent.catch(() => undefined)
    if (!request.writableFinished) request.destroy()
  }
}

async function requireSize({path, size}: FileUpload): Promise<void> {
  const found = await stat(path)
  if (found.size === size) return
  throw new ActionError('FILE_CHANGED', `${path}: has ${found.size} bytes now, and had ${size} when it was hashed`, {
    hint: 'Let no other step write the files while they are uploaded.',
  })
}

function answerOf(request: http.ClientRequest): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('aborted', () => reject(new Error('the answer broke off')))
      response.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        )
        resolve({status: response.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString()})
      })
    })
  })
}
