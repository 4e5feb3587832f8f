import type {Credentials} from './credentials'
import {proofRecord, readDomainKey, signText} from './domain-key'
import {RegistryFailure, isTransientAnswer} from './failure'
import {type Answer, secureUrl, send, wordsOf} from './http'

/** Where and how to log in. */
export interface LoginRequest {
  /** `https://host/v0.1`. */
  readonly api: string
  readonly credentials: Credentials
  /** Told of each secret before it is used. */
  readonly mask: (secret: string) => void
}

/** A new token of the registry. It lives for five minutes, so every attempt takes its own. Code `LOGIN`. */
export async function login({api, credentials, mask}: LoginRequest): Promise<string> {
  const exchange = async (way: string, body: Readonly<Record<string, string>>, hint?: string) => {
    const answer = await attempt(`${api}/auth/${way}`, () => send({method: 'POST', url: `${api}/auth/${way}`, body}))
    const {registry_token: token} = (answer.json ?? {}) as {readonly registry_token?: unknown}
    if (answer.status !== 200 || typeof token !== 'string') throw refused(`${api}/auth/${way}`, answer, hint)
    mask(token)
    return token
  }
  switch (credentials.kind) {
    case 'github-oidc': {
      const token = await jobIdentity(credentials, new URL(api).origin)
      mask(token)
      return exchange('github-oidc', {oidc_token: token})
    }
    case 'github-token':
      mask(credentials.token)
      return exchange('github-at', {github_token: credentials.token}, 'The token must be a classic one with read:org.')
    case 'none':
      return exchange('none', {}, 'Most registries take nothing without a login; see the input login.')
    case 'dns':
    case 'http': {
      const key = readDomainKey(credentials.privateKey)
      const timestamp = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
      const place =
        credentials.kind === 'dns'
          ? `as a TXT record of ${credentials.domain} itself`
          : `at https://${credentials.domain}/.well-known/mcp-registry-auth`
      const signed = {domain: credentials.domain, timestamp, signed_timestamp: signText(key, timestamp)}
      return exchange(credentials.kind, signed, `The registry must find ${JSON.stringify(proofRecord(key))} ${place}.`)
    }
  }
}

/** The identity token of the job for one audience (https://docs.github.com/actions/reference/security/oidc). */
async function jobIdentity(
  {requestUrl, requestToken}: Extract<Credentials, {readonly kind: 'github-oidc'}>,
  audience: string,
): Promise<string> {
  if (requestUrl === undefined || requestToken === undefined) {
    throw new RegistryFailure('LOGIN', 'login: this job has no identity', {
      isTransient: false,
      hint: 'Give the job the permission:\npermissions:\n  id-token: write',
    })
  }
  const url = secureUrl('ACTIONS_ID_TOKEN_REQUEST_URL', requestUrl)
  url.searchParams.set('audience', audience)
  const headers = {authorization: `Bearer ${requestToken}`}
  const answer = await attempt("the job's identity", () => send({method: 'GET', url: url.href, headers}))
  const {value} = (answer.json ?? {}) as {readonly value?: unknown}
  if (answer.status === 200 && typeof value === 'string') return value
  throw refused("the job's identity", answer)
}

async function attempt(what: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new RegistryFailure('LOGIN', `${what}: no answer (${reason})`, {isTransient: true})
  }
}

function refused(what: string, answer: Answer, hint?: string): RegistryFailure {
  const {status} = answer
  const words = wordsOf(answer)
  // At a login 401 is about what was shown, which the next attempt would show again.
  const facts = {
    status,
    isTransient: status !== 401 && isTransientAnswer(status, words),
    ...(hint === undefined ? {} : {hint}),
  }
  return new RegistryFailure('LOGIN', `${what} answered ${status}: ${words}`, facts)
}
