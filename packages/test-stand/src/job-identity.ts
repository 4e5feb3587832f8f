import {generateKeyPairSync, randomUUID, sign} from 'node:crypto'
import {createServer} from 'node:http'
import {listen} from './sigstore-ports'

/** The identity of jobs, as GitHub gives it to them. */
export interface JobIdentity {
  /** What a job with `id-token: write` finds in its environment. */
  readonly env: Readonly<Record<'ACTIONS_ID_TOKEN_REQUEST_URL' | 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', string>>
  /** What GitHub shows at /.well-known/jwks. */
  readonly jwks: unknown
  /** The audiences that were asked for. */
  readonly audiences: readonly string[]
  readonly close: () => Promise<void>
}

/** Issues tokens for jobs of one owner (https://docs.github.com/actions/reference/security/oidc), signed with a new key. */
export async function startJobIdentity(owner: string): Promise<JobIdentity> {
  const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048})
  const audiences: string[] = []
  const requestToken = 'request-token-of-the-job'
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = (aud: string) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      aud,
      // No two tokens are the same, also when they are asked for in one second.
      jti: randomUUID(),
      iat: now,
      nbf: now - 5,
      exp: now + 300,
      sub: `repo:${owner}/server:ref:refs/tags/v1.0.0`,
      repository_owner: owner,
    }
    const signed = `${part({alg: 'RS256', typ: 'JWT', kid: 'stand'})}.${part(claims)}`
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
  }
  const server = await listen(
    createServer((request, response) => {
      if (request.headers.authorization !== `Bearer ${requestToken}`) return response.writeHead(401).end('{}')
      const audience = new URL(request.url ?? '', 'http://localhost').searchParams.get('audience') ?? ''
      audiences.push(audience)
      return response.end(JSON.stringify({value: token(audience)}))
    }),
  )
  return {
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${server.port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
    jwks: {keys: [{...publicKey.export({format: 'jwk'}), kid: 'stand', use: 'sig', alg: 'RS256'}]},
    audiences,
    close: server.close,
  }
}
