import {type ImageReference, nameLabel} from '@mcp-release/server-json'
import {z} from 'zod'
import {type Answer, send} from './http'
import type {Visibility} from './visibility'

const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const digest = z.string().regex(/^[a-z0-9+._-]+:[0-9a-f]{32,}$/)
const manifest = z.object({
  manifests: z
    .array(z.object({digest, platform: z.object({os: z.string(), architecture: z.string()}).partial().optional()}))
    .optional(),
  config: z.object({digest}).optional(),
})
const configuration = z.object({config: z.object({Labels: z.record(z.string(), z.string()).nullish()}).optional()})

/**
 * Reads the configuration of an image as the MCP Registry does: without a login, for linux/amd64, and looks for the label
 * with the server's name (https://github.com/opencontainers/distribution-spec/blob/main/spec.md).
 */
export async function pullAnonymously(image: ImageReference, host: string, server: string): Promise<Visibility> {
  const local = /^(localhost|127\.\d+\.\d+\.\d+)(:|$)/.test(host)
  const base = `${local ? 'http' : 'https'}://${host}/v2/${image.repository.slice(host.length + 1)}`
  const session: Session = {base}
  const top = await read(session, `manifests/${image.digest ?? image.tag ?? 'latest'}`)
  // Some names of images begin with a host that is no registry, and clients know where it really is.
  if (top.json === undefined && top.status < 429) return {isVisible: true, note: 'left to the registry'}
  if (top.status !== 200) return absence(top.status)
  const {manifests, config} = manifest.parse(top.json)
  const amd64 = manifests?.find(each => each.platform?.os === 'linux' && each.platform.architecture === 'amd64')
  if (manifests !== undefined && amd64 === undefined)
    return {
      isVisible: false,
      isFinal: true,
      reason: 'has no image for linux/amd64, which is the one that the registry reads',
    }
  const inner =
    amd64 === undefined ? config : manifest.parse((await read(session, `manifests/${amd64.digest}`)).json).config
  const blob = inner === undefined ? undefined : await read(session, `blobs/${inner.digest}`)
  const label = configuration.safeParse(blob?.json).data?.config?.Labels?.[nameLabel]
  if (label === server) return {isVisible: true}
  const said = label === undefined ? 'no label' : `${JSON.stringify(label)} in the label`
  return {isVisible: false, isFinal: true, reason: `has ${said} ${nameLabel}; it must be ${JSON.stringify(server)}`}
}

interface Session {
  readonly base: string
  authorization?: string
}

async function read(session: Session, path: string): Promise<Answer> {
  const once = () => {
    const headers = {accept, ...(session.authorization === undefined ? {} : {authorization: session.authorization})}
    return send({method: 'GET', url: `${session.base}/${path}`, headers, follow: true})
  }
  const answer = await once()
  if (answer.status !== 401 || session.authorization !== undefined) return answer
  const token = await anonymousToken(answer.header('www-authenticate'))
  if (token === undefined) return answer
  session.authorization = `Bearer ${token}`
  return once()
}

// https://distribution.github.io/distribution/spec/auth/token/: where registries give everybody a token for public images.
async function anonymousToken(challenge: string): Promise<string | undefined> {
  const values = new Map([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]))
  const realm = values.get('realm') ?? ''
  if (!/^bearer /i.test(challenge) || !URL.canParse(realm)) return undefined
  const url = new URL(realm)
  for (const key of ['service', 'scope']) {
    const value = values.get(key)
    if (value !== undefined) url.searchParams.set(key, value)
  }
  const {json} = await send({method: 'GET', url: url.href, follow: true})
  const {token, access_token} = (json ?? {}) as {readonly token?: unknown; readonly access_token?: unknown}
  return [token, access_token].find(each => typeof each === 'string')
}

function absence(status: number): Visibility {
  if (status === 401 || status === 403)
    return {
      isVisible: false,
      isFinal: true,
      reason: 'cannot be read without a login; make the package public, or check its name',
    }
  return {isVisible: false, reason: `the registry of the image answers ${status}`}
}
