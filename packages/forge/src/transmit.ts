import {createReadStream} from 'node:fs'
import type {ServerResponse} from 'node:http'
import {pipeline} from 'node:stream/promises'
import type {Reply} from './reply'

interface Payload {
  readonly type: string
  readonly bytes: Buffer
}

function payload(reply: Reply): Payload | undefined {
  if (reply.html !== undefined) return {type: 'text/html', bytes: Buffer.from(reply.html)}
  if (reply.json === undefined) return undefined
  return {type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(reply.json))}
}

/** Puts an answer on the wire, or with `truncate` only the first half of it before the connection breaks. */
export async function transmit(
  response: ServerResponse,
  reply: Reply,
  how: {readonly requestId: string; readonly truncate?: boolean},
): Promise<void> {
  if (response.destroyed) return
  const content = payload(reply)
  const size = reply.file?.size ?? content?.bytes.length ?? 0
  const type = reply.file?.contentType ?? content?.type
  response.writeHead(reply.status, {
    'x-github-request-id': how.requestId,
    'x-github-media-type': 'github.v3; format=json',
    ...reply.headers,
    ...(type === undefined ? {} : {'content-type': type}),
    ...(reply.status === 204 ? {} : {'content-length': size}),
  })
  const half = how.truncate === true ? Math.floor(size / 2) : size
  if (response.req.method === 'HEAD' || size === 0) response.end()
  else if (reply.file === undefined) await write(response, content?.bytes.subarray(0, half), half === size)
  else await pipeFile(response, reply.file.path, {bytes: half, whole: half === size})
  if (half < size) response.destroy()
}

function write(response: ServerResponse, bytes: Buffer | undefined, whole: boolean): Promise<void> {
  return new Promise(resolve => {
    if (whole) response.end(bytes, resolve)
    else response.write(bytes ?? '', () => resolve())
    response.once('close', resolve)
  })
}

async function pipeFile(response: ServerResponse, path: string, part: {bytes: number; whole: boolean}): Promise<void> {
  try {
    await pipeline(createReadStream(path, {end: part.bytes - 1}), response, {end: part.whole})
  } catch {
    // The client went away, or the file was deleted meanwhile: a broken connection says so.
    response.destroy()
  }
}
