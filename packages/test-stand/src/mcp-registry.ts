import {createHash, createPrivateKey, sign} from 'node:crypto'
import {mkdtemp, realpath, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type Postgres, startPostgres} from './postgres'
import {freePorts} from './sigstore-ports'
import {type Service, startService} from './sigstore-service'

/** The real MCP Registry on loopback. */
export interface McpRegistry {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  /** A token of the registry's own, for names such as `io.github.owner/*`; negative seconds give an expired one. */
  readonly token: (resource: string, seconds?: number) => string
  readonly close: () => Promise<void>
}

/** What the registry is started with beyond the defaults: its variables without the prefix, and those of its process. */
export interface McpRegistryOptions {
  readonly settings?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

// The registry signs its tokens with the key of this seed, so that the tests can sign such tokens, too.
const seed = createHash('sha256').update('mcp-registry of the test stand').digest()

/** The programs that are needed, by name. */
export const mcpRegistryPrograms = ['mcp-registry', 'mcp-publisher'] as const

/** Starts the MCP Registry with a PostgreSQL of its own; packages are not looked for unless the settings say so. */
export async function startMcpRegistry({settings = {}, env = {}}: McpRegistryOptions = {}): Promise<McpRegistry> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'mcp-registry-')))
  let postgres: Postgres | undefined
  let service: Service | undefined
  const close = async () => {
    await service?.stop()
    await postgres?.close()
    await rm(folder, {recursive: true, force: true, maxRetries: 3})
  }
  try {
    postgres = await startPostgres()
    const [port = 0] = await freePorts(1)
    const url = `http://127.0.0.1:${port}`
    const variables = {
      SERVER_ADDRESS: `127.0.0.1:${port}`,
      DATABASE_URL: await postgres.database('registry'),
      JWT_PRIVATE_KEY: seed.toString('hex'),
      ENABLE_ANONYMOUS_AUTH: 'true',
      ENABLE_REGISTRY_VALIDATION: 'false',
      GITHUB_OIDC_AUDIENCE: url,
      DATABASE_MAX_CONNECTIONS: '10',
      DATABASE_MIN_CONNECTIONS: '1',
      ...settings,
    }
    const prefixed = Object.entries(variables).map(([name, value]) => [`MCP_REGISTRY_${name}`, value])
    service = await startService({
      program: 'mcp-registry',
      args: [],
      cwd: folder,
      env: {...(Object.fromEntries(prefixed) as Record<string, string>), ...env},
      health: `${url}/v0.1/ping`,
    })
    return {url, token: (resource, seconds = 300) => registryToken(resource, seconds), close}
  } catch (error) {
    await close()
    throw error
  }
}

// https://github.com/modelcontextprotocol/registry internal/auth/jwt.go: EdDSA with these claims.
function registryToken(resource: string, seconds: number): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = {
    iss: 'mcp-registry',
    iat: now,
    nbf: now - 600,
    exp: now + seconds,
    auth_method: 'github-oidc',
    auth_method_sub: resource,
    permissions: [{action: 'publish', resource}],
  }
  const key = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({alg: 'EdDSA', typ: 'JWT'})}.${part(claims)}`
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`
}
