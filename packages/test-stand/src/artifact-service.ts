import {once} from 'node:events'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {readFile} from 'node:fs/promises'
import {type ArtifactCall, type StoredArtifact, answerArtifactCall} from './artifact-service-calls'
import {receiveBlob, sendBlob} from './artifact-service-blobs'

/** A running artifact service: what `@actions/upload-artifact` and `@actions/download-artifact` talk to. */
export interface ArtifactService {
  readonly url: string
  /** The token of a run; artifacts of other runs cannot be seen with it. */
  readonly token: (run: string) => string
  /** The finished artifacts of a run, by name. */
  readonly names: (run: string) => readonly string[]
  /** The zip file of a finished artifact. */
  readonly zip: (run: string, name: string) => Promise<Buffer>
  readonly close: () => Promise<void>
}

const day = 86_400

/** Starts the artifact service on loopback; blobs are kept in the directory, which must exist. */
export async function startArtifactService(directory: string): Promise<ArtifactService> {
  const artifacts: StoredArtifact[] = []
  const server = createServer((request, response) => {
    answer({request, response, artifacts, directory}).catch((error: unknown) => {
      send(response, 500, {code: 'internal', msg: String(error)})
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const finished = (run: string): readonly StoredArtifact[] => artifacts.filter(each => each.run === run && each.done)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    token,
    names: run => finished(run).map(each => each.name),
    zip: async (run, name) => {
      const found = finished(run).find(each => each.name === name)
      if (found === undefined) throw new TypeError(`The run ${run} has no artifact ${name}`)
      return readFile(blobPath(directory, found.id))
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly artifacts: StoredArtifact[]
  readonly directory: string
}

async function answer({request, response, artifacts, directory}: Visit): Promise<void> {
  const host = request.headers.host ?? ''
  const url = new URL(`http://${host}${request.url ?? '/'}`)
  const [, id] = /^\/blob\/(\d+)\//.exec(url.pathname) ?? []
  const artifact = artifacts.find(each => String(each.id) === id)
  if (artifact !== undefined) {
    const path = blobPath(directory, artifact.id)
    if (request.method === 'GET') await sendBlob(response, path, artifact)
    else await receiveBlob({request, response, path, query: url.searchParams})
    return
  }
  const [, method] = /ArtifactService\/(\w+)$/.exec(url.pathname) ?? []
  if (method === undefined) {
    send(response, 404, {code: 'bad_route', msg: url.pathname})
    return
  }
  const body = JSON.parse(await text(request)) as ArtifactCall
  const {status, json} = await answerArtifactCall(method, body, {
    artifacts,
    path: stored => blobPath(directory, stored),
    // The runner masks the signature in logs, so a short one would eat parts of the text.
    signedUrl: stored => `http://${host}/blob/${stored}/content?sig=standSignature0123456789`,
  })
  send(response, status, json)
}

function blobPath(directory: string, id: number): string {
  return join(directory, `${id}.zip`)
}

function send(response: ServerResponse, status: number, json: object): void {
  if (response.headersSent) return
  response.writeHead(status, {'content-type': 'application/json'})
  response.end(JSON.stringify(json))
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** An unsigned token: the client only reads the ids of run and job from it. */
function token(run: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const expiry = Math.floor(Date.now() / 1000) + day
  return `${part({alg: 'none', typ: 'JWT'})}.${part({scp: `Actions.Results:${run}:job`, exp: expiry})}.unsigned`
}
