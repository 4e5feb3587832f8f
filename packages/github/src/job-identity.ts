import type {Agent} from 'node:http'
import {errorText} from '@mcp-release/action-kit/errors'
import {failureOf, noAnswer} from './call-failure'
import {idleFetch} from './idle-fetch'
import {Persistence, type Policy} from './persistence'
import {toolkitAgent, toolkitFetch} from './toolkit-fetch'

/** Where a job asks for its identity token; https://docs.github.com/en/actions/reference/security/oidc */
export interface TokenRequest {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL`. */
  readonly url: string
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN`. */
  readonly token: string
  readonly audience: string
}

/** What the service that vouches for jobs says of this one. The signature is not looked at: the answer comes from the service itself. */
export async function jobClaims(
  request: TokenRequest,
  policy: Policy,
  tell: {readonly warn: (line: string) => void; readonly mask: (secret: string) => void},
): Promise<Readonly<Record<string, string>>> {
  const url = new URL(request.url)
  url.searchParams.set('audience', request.audience)
  const agent = toolkitAgent(url.origin)
  const token = await new Persistence(policy, tell.warn).until(() => ask(url, request.token, {agent, policy}))
  tell.mask(token)
  return claimsOf(token)
}

const call = "the job's identity"

async function ask(
  url: URL,
  token: string,
  {agent, policy}: {readonly agent: Agent; readonly policy: Policy},
): Promise<string> {
  const fetch = idleFetch(toolkitFetch(url.origin, agent), policy.timeout)
  const headers = {authorization: `Bearer ${token}`, accept: 'application/json'}
  let answer
  try {
    answer = await fetch(url.href, {headers})
  } catch (error) {
    throw noAnswer(call, errorText(error), error)
  }
  const text = await answer.text()
  const found = Object.fromEntries(answer.headers)
  if (answer.status !== 200) throw failureOf({call, status: answer.status, headers: found, body: text}, Date.now())
  const {value} = (parsed(text) ?? {}) as {readonly value?: unknown}
  if (typeof value !== 'string') throw noAnswer(call, 'the answer has no token')
  return value
}

/** The claims that are texts, of a token in the compact form (RFC 7519). */
function claimsOf(token: string): Readonly<Record<string, string>> {
  const json = parsed(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  if (typeof json !== 'object' || json === null) throw noAnswer(call, 'the token cannot be read')
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
