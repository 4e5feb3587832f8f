import {execFile} from 'node:child_process'
import {mkdtemp, readFile, realpath, rm} from 'node:fs/promises'
import {type IncomingMessage, type ServerResponse, createServer} from 'node:http'
import {connect} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createServer as createTlsServer} from 'node:https'
import {createSecureContext, type SecureContext} from 'node:tls'
import {promisify} from 'node:util'
import {listen} from './sigstore-ports'

/** A stand-in for all public hosts that a program may want to reach over HTTPS. */
export interface Internet {
  /** Makes a program reach it: the proxy, and the only certificate authority that it trusts. */
  readonly env: Readonly<Record<'HTTPS_PROXY' | 'SSL_CERT_FILE', string>>
  readonly close: () => Promise<void>
}

/** Answers a request by its method and path, whatever host was asked; `undefined`: 404. */
export type Route = (call: string) => unknown

const run = promisify(execFile)
const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']

/** Starts a proxy on loopback that answers for every host itself, with a certificate made for that host. */
export async function startInternet(route: Route): Promise<Internet> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'internet-')))
  const authority = {cert: join(folder, 'ca.pem'), key: join(folder, 'ca.key')}
  await run('openssl', [
    'req',
    '-x509',
    ...curve,
    '-keyout',
    authority.key,
    '-out',
    authority.cert,
    '-subj',
    '/CN=test stand',
  ])
  const contexts = new Map<string, Promise<SecureContext>>()
  const contextFor = (host: string) => {
    const known = contexts.get(host) ?? certificate(host, {folder, authority, serial: contexts.size})
    contexts.set(host, known)
    return known
  }
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const body = route(`${request.method ?? ''} ${request.url ?? ''}`)
    response.writeHead(body === undefined ? 404 : 200, {'content-type': 'application/json'})
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body ?? {}))
  }
  const hosts = createTlsServer(
    {
      SNICallback: (host, done) => {
        contextFor(host).then(
          context => done(null, context),
          (error: unknown) => done(error as Error),
        )
      },
    },
    answer,
  )
  const inside = await listen(hosts)
  const proxy = createServer((_, response) => response.writeHead(405).end())
  proxy.on('connect', (_, socket, head) => {
    const tunnel = connect(inside.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(socket).pipe(tunnel)
    })
    for (const each of [tunnel, socket]) each.on('error', () => each.destroy())
  })
  const outside = await listen(proxy)
  return {
    env: {HTTPS_PROXY: `http://127.0.0.1:${outside.port}`, SSL_CERT_FILE: authority.cert},
    close: async () => {
      await outside.close()
      await inside.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}

interface Issuing {
  readonly folder: string
  readonly authority: {readonly cert: string; readonly key: string}
  readonly serial: number
}

async function certificate(host: string, {folder, authority, serial}: Issuing): Promise<SecureContext> {
  const [cert, key] = [join(folder, `${serial}.pem`), join(folder, `${serial}.key`)]
  const names = ['-subj', `/CN=${host.slice(0, 60)}`, '-addext', `subjectAltName=DNS:${host}`]
  const issuer = ['-CA', authority.cert, '-CAkey', authority.key, '-addext', 'basicConstraints=critical,CA:FALSE']
  await run('openssl', ['req', '-x509', ...curve, ...issuer, ...names, '-keyout', key, '-out', cert])
  return createSecureContext({cert: await readFile(cert), key: await readFile(key)})
}
