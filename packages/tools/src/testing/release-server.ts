import {createHash} from 'node:crypto'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

/** Answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server on loopback that gives the answers of its script, the last one again and again. */
export interface ReleaseServer {
  readonly base: string
  /** The paths asked for so far. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Starts a server with scripted answers. */
export async function startServer(...script: readonly Answer[]): Promise<ReleaseServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const answer = script[Math.min(requests.length, script.length - 1)]
    requests.push(request.url ?? '')
    answer?.(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The whole content. */
export function content(bytes: string | Buffer): Answer {
  return response => response.writeHead(200, {'content-length': Buffer.byteLength(bytes)}).end(bytes)
}

/** A status without a content. */
export function status(code: number, headers: Record<string, string> = {}): Answer {
  return response => response.writeHead(code, headers).end()
}

/** Half of the content, then the connection breaks. */
export function truncated(bytes: string): Answer {
  return response => {
    response.writeHead(200, {'content-length': Buffer.byteLength(bytes)})
    response.write(bytes.slice(0, bytes.length / 2), () => response.destroy())
  }
}

/** Half of the content, then silence. */
export function stalled(bytes: string): Answer {
  return response => {
    response.writeHead(200, {'content-length': Buffer.byteLength(bytes)})
    response.write(bytes.slice(0, bytes.length / 2))
  }
}

/** The checksum that a table would have. */
export function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
