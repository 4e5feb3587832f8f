import {once} from 'node:events'
import {readFile} from 'node:fs/promises'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {setTimeout as sleep} from 'node:timers/promises'
import type {TokenSeed} from './actors'
import {Exchange, type Desk, type RequestRecord} from './exchange'
import {Faults, type RequestInfo} from './faults'
import {viewReleases, type ReleaseView} from './inspection'
import {createWorld, repositoryKey, type RepositorySeed} from './model'
import {RateLimiter, type RateLimitOptions} from './rate-limit'
import {createRelease} from './releases'
import {openStorage} from './storage'
import {addressesBelow, locate} from './target'

/** How a forge is set up. */
export interface ForgeOptions {
  readonly repositories: readonly RepositorySeed[]
  /** Default: any free port. */
  readonly port?: number
  /** The name in all addresses that it tells, for a client whose proxy knows it; it listens on loopback all the same. */
  readonly hostname?: string
  /** Default: any token is accepted and may write. */
  readonly tokens?: readonly TokenSeed[]
  /** Where the bytes of assets go; default: a temporary directory that goes away on close. */
  readonly storage?: string
  /** `false`: uploads are counted and hashed, but their bytes are not kept, and cannot be downloaded. Default `true`. */
  readonly keepBytes?: boolean
  /** Addresses as on an enterprise server: /api/v3, /api/graphql, /api/uploads. */
  readonly enterprise?: boolean
  readonly rateLimit?: RateLimitOptions
  /** Milliseconds before a request is looked at. */
  readonly latency?: number
  /** Bytes per second that one upload gets. */
  readonly uploadBytesPerSecond?: number
  /** What an upload leaves when its client goes away; default `starter`, the harder case. */
  readonly brokenUpload?: 'starter' | 'nothing'
  /** Whether an answer that disagrees with the OpenAPI description is a failure; default true. */
  readonly strict?: boolean
  readonly now?: () => Date
  /** Gets a line for each answered request. */
  readonly log?: (line: string) => void
  /** Called when a request arrives and before it is looked at; n counts from 1. */
  readonly onRequest?: (n: number, info: RequestInfo) => void | Promise<void>
}

/** A running forge. */
export interface Forge {
  /** Base address of the REST API. */
  readonly url: string
  readonly graphqlUrl: string
  /** Base address of the web pages and downloads. */
  readonly webUrl: string
  readonly port: number
  readonly faults: Faults
  /** All requests so far, in the order of their arrival. */
  readonly requests: readonly Readonly<RequestRecord>[]
  /** All releases, drafts too; of one repository (`owner/name`) if given. */
  readonly releases: (repository?: string) => readonly ReleaseView[]
  readonly release: (id: number) => ReleaseView | undefined
  /** The tags of a repository (`owner/name`) with their commits. */
  readonly tags: (repository: string) => Readonly<Record<string, string>>
  /** Creates or moves a tag, as a git push would. */
  readonly pushTag: (repository: string, name: string, sha: string) => void
  /** Where the bytes of an uploaded asset lie. */
  readonly assetPath: (id: number) => string
  readonly assetBytes: (id: number) => Promise<Buffer>
  /** How many connections were made so far. */
  readonly connections: () => number
  /** Stops the server; throws if the forge itself failed on the way. */
  readonly close: () => Promise<void>
}

const loopback = '127.0.0.1'

async function listen(port: number): Promise<{server: Server; port: number}> {
  const server = createServer({requestTimeout: 0, keepAliveTimeout: 60_000})
  server.listen(port, loopback)
  await once(server, 'listening')
  return {server, port: (server.address() as AddressInfo).port}
}

function parseUrl(request: IncomingMessage, origin: string): URL {
  // Not `new URL(path, base)`: a path that begins with two slashes would name another host.
  const address = `${origin}${request.url ?? '/'}`
  return URL.canParse(address) ? new URL(address) : new URL(origin)
}

type Reception = Desk & {
  readonly options: ForgeOptions
  readonly origin: string
  readonly faults: Faults
  readonly requests: RequestRecord[]
}

async function receive(forge: Reception, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const {options} = forge
  const url = parseUrl(request, forge.origin)
  const method = request.method ?? 'GET'
  const target = locate(method, url, forge.at)
  const info: RequestInfo = {
    n: forge.requests.length + 1,
    method,
    path: url.pathname,
    operationId: target.operationId,
    query: Object.fromEntries(url.searchParams),
  }
  const record: RequestRecord = {...info, status: undefined, bodyBytes: 0, fault: undefined}
  forge.requests.push(record)
  await options.onRequest?.(info.n, info)
  if (options.latency !== undefined) await sleep(options.latency)
  const fault = forge.faults.take(info)
  record.fault = fault?.kind
  await new Exchange(forge, {request, response}, {target, record}).run(fault)
  options.log?.(
    `${method} ${url.pathname} ${record.status ?? 'no answer'}${fault === undefined ? '' : ` (${fault.kind})`}`,
  )
}

function serve(forge: Reception, server: Server): void {
  server.on('request', (request, response) => {
    // A broken connection is the business of the client; without a listener it would end the process.
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    receive(forge, request, response).catch((error: unknown) => {
      forge.bugs.push(error instanceof Error ? error : new Error(String(error)))
      response.destroy()
    })
  })
}

function inspect(
  forge: Reception,
): Pick<Forge, 'releases' | 'release' | 'tags' | 'pushTag' | 'assetPath' | 'assetBytes'> {
  const {world, storage} = forge
  const refs = (name: string): Map<string, string> => {
    const found = world.repositories.get(name.toLowerCase())
    if (found === undefined) throw new TypeError(`The forge has no repository ${name}`)
    return found.tags
  }
  return {
    releases: name => {
      const [owner = '', repo = ''] = name?.split('/') ?? []
      const key = repositoryKey(owner, repo)
      return viewReleases(world).filter(one => name === undefined || one.repository.toLowerCase() === key)
    },
    release: id => viewReleases(world).find(one => one.id === id),
    tags: name => Object.fromEntries(refs(name)),
    pushTag: (repository, name, sha) => void refs(repository).set(name, sha),
    assetPath: id => storage.path(id),
    assetBytes: id => readFile(storage.path(id)),
  }
}

/** Starts a forge on loopback. */
export async function startForge(options: ForgeOptions): Promise<Forge> {
  const now = options.now ?? (() => new Date())
  const world = createWorld(options.repositories, now)
  for (const {owner, name, releases = []} of options.repositories) {
    const repository = world.repositories.get(repositoryKey(owner, name))
    for (const tag_name of releases)
      if (repository !== undefined) createRelease(world, repository, {tag_name, author: owner})
  }
  const {server, port} = await listen(options.port ?? 0)
  const origin = `http://${options.hostname ?? loopback}:${port}`
  const forge: Reception = {
    options,
    origin,
    world,
    storage: await openStorage({
      directory: options.storage,
      bytesPerSecond: options.uploadBytesPerSecond,
      keep: options.keepBytes,
    }),
    at: addressesBelow(origin, options.enterprise ?? false),
    strict: options.strict ?? true,
    keepRemnant: options.brokenUpload !== 'nothing',
    tokens: options.tokens,
    limiter: new RateLimiter(options.rateLimit ?? {}, now),
    bugs: [],
    faults: new Faults(),
    requests: [],
  }
  let connections = 0
  server.on('connection', () => connections++)
  serve(forge, server)
  return {
    url: forge.at.api,
    graphqlUrl: forge.at.graphql,
    webUrl: forge.at.web,
    port,
    faults: forge.faults,
    requests: forge.requests,
    connections: () => connections,
    ...inspect(forge),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await forge.storage.close()
      if (forge.bugs.length > 0) throw new AggregateError(forge.bugs, forge.bugs.map(bug => bug.message).join('\n'))
    },
  }
}
