import {type FileHandle, open} from 'node:fs/promises'
import * as http from 'node:http'
import * as https from 'node:https'
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
 * the file; here it is two buffers.
 */
export async function sendFile(upload: FileUpload): Promise<UploadAnswer> {
  const file = await open(upload.path)
  try {
    await requireSize(file, upload)
    return await post(file, upload)
  } finally {
    await file.close()
  }
}

async function post(file: FileHandle, upload: FileUpload): Promise<UploadAnswer> {
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
  // A server may refuse before it has read everything: then its answer counts, not the broken pipe.
  pour(file, request, upload.size).catch((error: unknown) => request.destroy(error as Error))
  try {
    return await answered
  } catch (error) {
    throw noAnswer(`POST ${upload.url.pathname}`, errorText(error), error)
  } finally {
    if (!request.writableFinished) request.destroy()
  }
}

const largestPiece = 256 * 1024

// One buffer is filled while the other one is on its way; a stream would make a new one for each piece.
async function pour(file: FileHandle, request: http.ClientRequest, size: number): Promise<void> {
  const [one, other] = [0, 0].map(() => Buffer.allocUnsafeSlow(Math.min(size, largestPiece)))
  let [free, busy] = [one as Buffer, other as Buffer]
  let written = Promise.resolve()
  for (let at = 0; at < size; [free, busy] = [busy, free]) {
    const {bytesRead} = await file.read(free, 0, Math.min(free.length, size - at), at)
    // Cut off meanwhile: the next attempt sees its new size.
    if (bytesRead === 0) throw new Error('the file became shorter')
    await written
    written = write(request, free.subarray(0, bytesRead))
    // Its failure is met at the next turn; until then it must not count as unhandled.
    written.catch(() => undefined)
    at += bytesRead
  }
  await written
  request.end()
}

// Ends once the socket has given the buffer back.
function write(request: http.ClientRequest, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    request.write(piece, error => {
      if (error) reject(error)
      else resolve()
    })
  })
}

async function requireSize(file: FileHandle, {path, size}: FileUpload): Promise<void> {
  const found = await file.stat()
  if (found.size === size) return
  throw new ActionError('FILE_CHANGED', `${path}: has ${found.size} bytes now, and had ${size} when it was hashed`, {
    hint: 'Let no other step write the files while they are uploaded.',
  })
}

function answerOf(request: http.ClientRequest): Promise<UploadAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('close', () => reject(new Error('the connection was closed')))
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
