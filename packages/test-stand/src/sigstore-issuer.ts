import {createHash, createSign, generateKeyPairSync, randomUUID, timingSafeEqual} from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import {type Listening, listen} from './sigstore-ports'

/** Claims of an identity token, such as `repository` and `job_workflow_ref`. */
export type Claims = Readonly<Record<string, string>>

/** The host whose tokens Fulcio accepts. */
export const issuerHost = 'token.actions.githubusercontent.com'

const issuer = `https://${issuerHost}`

/** An issuer of identity tokens with the claims of GitHub Actions. */
export interface Issuer {
  /** Where a runner asks for tokens; holds a `?`, because cosign appends `&audience=…`. */
  readonly tokenUrl: string
  /** What a runner must show there. */
  readonly requestToken: string
  /** An HTTP proxy through which the issuer answers under its real name, and which refuses all other hosts. */
  readonly proxyUrl: string
  readonly setClaims: (claims: Claims) => void
  readonly close: () => Promise<void>
}

/** Starts the issuer on loopback; `tls` is a certificate for `issuerHost` with its key. */
export async function startIssuer(tls: {readonly key: string; readonly cert: string}): Promise<Issuer> {
  const state = {claims: defaultClaims(), requestToken: randomUUID()}
  const tokens = tokenMaker()
  const handle: http.RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', issuer)
    const answer = (status: number, body: object) => {
      response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration') answer(200, discovery(state.claims))
    else if (url.pathname === '/.well-known/jwks') answer(200, {keys: [tokens.key]})
    else if (url.pathname !== '/token') answer(404, {message: 'no such path'})
    else if (!isSame(request.headers.authorization, `bearer ${state.requestToken}`)) answer(401, {message: 'bad token'})
    else {
      const audience = url.searchParams.get('audience') ?? ''
      answer(200, {count: 1, value: tokens.make({...state.claims, aud: audience})})
    }
  }
  const plain = await listen(http.createServer(handle))
  const secure = await listen(https.createServer(tls, handle))
  const proxy = await startProxy(secure.port)
  return {
    tokenUrl: `http://127.0.0.1:${plain.port}/token?api-version=2.0`,
    requestToken: state.requestToken,
    proxyUrl: `http://127.0.0.1:${proxy.port}`,
    setClaims: claims => {
      state.claims = {...defaultClaims(), ...claims}
    },
    close: async () => {
      await Promise.all([plain.close(), secure.close(), proxy.close()])
    },
  }
}

/** The claims that GitHub puts into a token (docs.github.com, OpenID Connect reference), for a tag `v1.0.0` of `o/r`. */
function defaultClaims(): Claims {
  const [repository, ref, sha] = ['o/r', 'refs/tags/v1.0.0', '0123456789abcdef0123456789abcdef01234567']
  const workflow = `${repository}/.github/workflows/release.yml@${ref}`
  return {
    ...{sub: `repo:${repository}:ref:${ref}`, ref, sha, ref_type: 'tag', ref_protected: 'false'},
    ...{repository, repository_id: '1001', repository_owner: 'o', repository_owner_id: '2002'},
    ...{
      repository_visibility: 'public',
      run_id: '3003',
      run_number: '7',
      run_attempt: '1',
      actor: 'o',
      actor_id: '4004',
    },
    ...{event_name: 'push', head_ref: '', base_ref: '', workflow: 'release', workflow_ref: workflow, workflow_sha: sha},
    ...{job_workflow_ref: workflow, job_workflow_sha: sha, runner_environment: 'github-hosted'},
  }
}

function discovery(claims: Claims): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks`,
    subject_types_supported: ['public', 'pairwise'],
    response_types_supported: ['id_token'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', ...Object.keys(claims)],
  }
}

function tokenMaker(): {readonly key: object; make(claims: Claims): string} {
  const {publicKey, privateKey} = generateKeyPairSync('rsa', {modulusLength: 2048})
  const jwk = publicKey.export({format: 'jwk'})
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return {
    key: {...jwk, kid, use: 'sig', alg: 'RS256'},
    make: claims => {
      const now = Math.floor(Date.now() / 1000)
      const times = {jti: randomUUID(), iss: issuer, nbf: now - 5, iat: now, exp: now + 300}
      const signed = `${part({typ: 'JWT', alg: 'RS256', kid})}.${part({...claims, ...times})}`
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`
    },
  }
}

function isSame(given: string | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text.toLowerCase()).digest()
  return timingSafeEqual(digest(given ?? ''), digest(expected))
}

function startProxy(target: number): Promise<Listening> {
  const proxy = http.createServer((_, response) => response.writeHead(403).end())
  proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
    socket.on('error', () => socket.destroy())
    if (request.url !== `${issuerHost}:443`) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    const upstream = net.connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket)
      socket.pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('close', () => upstream.destroy())
  })
  return listen(proxy)
}
