import type {ServerJson} from '@mcp-release/server-json'
import {z} from 'zod'
import type {Credentials} from './credentials'
import {RegistryFailure, isTransientAnswer} from './failure'
import {type Answer, type Request, secureUrl, send, wordsOf} from './http'
import {login} from './login'

/** The states that a published version can have. */
export const statuses = ['active', 'deprecated', 'deleted'] as const
export type Status = (typeof statuses)[number]

/** A version as the registry has it. */
export interface Listing {
  readonly server: unknown
  readonly status: Status
  readonly statusMessage?: string
}

/** An MCP Registry. Every call that changes something logs in anew. */
export interface Registry {
  /** `https://host`. */
  readonly origin: string
  /** Where everybody can read one version. */
  address(name: string, version: string): string
  /** One version, deleted ones too; `undefined` when there is none. */
  find(name: string, version: string): Promise<Listing | undefined>
  publish(server: ServerJson): Promise<void>
  setStatus(name: string, version: string, change: StatusChange): Promise<void>
}

/** A new status and, for all but `active`, why. */
export interface StatusChange {
  readonly status: Status
  readonly message?: string
}

const listing = z.object({
  server: z.unknown(),
  _meta: z.object({
    'io.modelcontextprotocol.registry/official': z
      .object({status: z.enum(statuses).catch('active'), statusMessage: z.string().optional()})
      .optional(),
  }),
})

/** Opens a registry by its URL; nothing is sent yet. */
export function openRegistry(
  url: string,
  credentials: Credentials,
  mask: (secret: string) => void = () => undefined,
): Registry {
  const base = secureUrl('registry', url)
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`
  const api = `${root}/v0.1`
  const address = (name: string, version: string) =>
    `${api}/servers/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`
  const change = async (request: Omit<Request, 'headers'>) => {
    const token = await login({api, credentials, mask})
    return call({...request, headers: {authorization: `Bearer ${token}`}})
  }
  return {
    origin: base.origin,
    address,
    find: async (name, version) => {
      const found = await call({method: 'GET', url: `${address(name, version)}?include_deleted=true`})
      if (found.status === 404) return undefined
      const {server, _meta} = listing.parse(expect(found, 'GET', api))
      const official = _meta['io.modelcontextprotocol.registry/official']
      const message = official?.statusMessage
      return {server, status: official?.status ?? 'active', ...(message === undefined ? {} : {statusMessage: message})}
    },
    publish: async server => {
      const answer = await change({method: 'POST', url: `${api}/publish`, body: server})
      if (answer.status === 422) throw await refusedShape(answer, api, server)
      expect(answer, 'publish', api)
    },
    setStatus: async (name, version, {status, message}) => {
      const body = {status, ...(message === undefined ? {} : {statusMessage: message})}
      expect(await change({method: 'PATCH', url: `${address(name, version)}/status`, body}), 'status', api)
    },
  }
}

async function call(request: Request): Promise<Answer> {
  try {
    return await send(request)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RegistryFailure('REGISTRY', `${request.url}: no answer (${reason})`, {isTransient: true})
  }
}

function expect(answer: Answer, what: string, api: string): unknown {
  const {status, json} = answer
  if (status >= 200 && status < 300 && json !== undefined) return json
  const words = wordsOf(answer)
  const hint = status === 403 ? 'The login decides under which names one may publish; see the input login.' : undefined
  const facts = {status, isTransient: isTransientAnswer(status, words), ...(hint === undefined ? {} : {hint})}
  throw new RegistryFailure('REGISTRY', `${what} at ${api} answered ${status}: ${words}`, facts)
}

const validation = z.object({
  issues: z.array(z.object({path: z.string().catch(''), message: z.string()})).nullish(),
})

/** To a document that it refuses, the registry only says that there is a reason; another call tells it. */
async function refusedShape(answer: Answer, api: string, server: ServerJson): Promise<RegistryFailure> {
  const told = await call({method: 'POST', url: `${api}/validate`, body: server}).catch(() => undefined)
  const issues = validation.safeParse(told?.json).data?.issues ?? []
  const lines = issues.map(({path, message}) => `- ${path}: ${message}`)
  const words = [`publish at ${api} answered 422: ${wordsOf(answer)}`, ...lines].join('\n')
  return new RegistryFailure('REGISTRY', words, {status: 422, isTransient: false})
}
