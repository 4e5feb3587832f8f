import {createReadStream, createWriteStream} from 'node:fs'
import {readFile, rm} from 'node:fs/promises'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {pipeline} from 'node:stream/promises'
import type {StoredArtifact} from './artifact-service-calls'

/** One upload request: a block, the list of blocks, or the whole content, as Azure's block blobs have it. */
export interface BlobUpload {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Where the content lies in the end. */
  readonly path: string
  readonly query: URLSearchParams
}

/** Sends the content of an artifact. */
export async function sendBlob(response: ServerResponse, path: string, artifact: StoredArtifact): Promise<void> {
  const zipped = artifact.mime === 'application/zip'
  response.writeHead(200, {
    'content-type': artifact.mime,
    'content-disposition': `attachment; filename="${artifact.name}${zipped ? '.zip' : ''}"`,
  })
  await pipeline(createReadStream(path), response)
}

/** Takes what was uploaded; blocks may arrive in any order and count in the order of the list. */
export async function receiveBlob({request, response, path, query}: BlobUpload): Promise<void> {
  const part = query.get('comp')
  if (part === 'block') await pipeline(request, createWriteStream(blockPath(path, query.get('blockid') ?? '')))
  else if (part === 'blocklist') await joinBlocks(path, await blockIds(request))
  else await pipeline(request, createWriteStream(path))
  response.writeHead(201, {etag: '"1"', 'last-modified': new Date().toUTCString(), 'x-ms-request-id': '1'})
  response.end()
}

async function blockIds(request: IncomingMessage): Promise<readonly string[]> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const list = Buffer.concat(chunks).toString()
  return [...list.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map(([, id]) => id ?? '')
}

async function joinBlocks(path: string, ids: readonly string[]): Promise<void> {
  const whole = createWriteStream(path)
  for (const id of ids) {
    const block = await readFile(blockPath(path, id))
    await new Promise<void>((resolve, reject) => {
      whole.write(block, error => (error ? reject(error) : resolve()))
    })
    await rm(blockPath(path, id))
  }
  await new Promise<void>(resolve => void whole.end(resolve))
}

const blockPath = (path: string, id: string): string => `${path}.${Buffer.from(id).toString('hex')}`
