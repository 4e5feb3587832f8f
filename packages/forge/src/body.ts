import type {IncomingMessage} from 'node:http'
import {ApiError} from './errors'

const maximumJson = 10_000_000

/** The bytes of a request, counted as they come. */
export async function* countedBytes(request: IncomingMessage, counter: {bodyBytes: number}): AsyncGenerator<Buffer> {
  for await (const chunk of request as AsyncIterable<Buffer>) {
    counter.bodyBytes += chunk.length
    yield chunk
  }
}

/** Reads a JSON object; an empty body is undefined. */
export async function readJson(bytes: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > maximumJson) throw new ApiError(413, 'Payload too large')
    chunks.push(chunk)
  }
  if (size === 0) return undefined
  const value = parse(Buffer.concat(chunks).toString('utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ApiError(400, 'Body should be a JSON object')
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(400, 'Problems parsing JSON')
  }
}
