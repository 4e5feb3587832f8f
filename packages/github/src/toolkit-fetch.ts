import {type RequestOptions, type Agent} from 'node:http'
import {HttpClient} from '@actions/http-client'
import type {Fetch} from './idle-fetch'

/** The agent for a server: it knows HTTPS_PROXY and NO_PROXY, and keeps connections, which saves a handshake each time. */
export function toolkitAgent(url: string): Agent {
  return new HttpClient(undefined, undefined, {keepAlive: true}).getAgent(url)
}

/** The parts of `fetch` that Octokit needs, by way of the toolkit's client, which follows redirects. */
export function toolkitFetch(server: string, agent: Agent): Fetch {
  const {hostname, port} = new URL(server)
  return async (url, {method = 'GET', headers = {}, body, signal}) => {
    const prepareRequest = (options: RequestOptions) => {
      if (signal !== undefined) options.signal = signal
      // A redirect may lead elsewhere.
      if (options.host === hostname && (port === '' || options.port === Number(port))) options.agent = agent
    }
    const {message} = await clientOf(prepareRequest).request(method, url, body ?? null, {...headers})
    // Not `Headers`: to load Node's takes a moment, and names are in lower case already.
    const found = new Map(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
    return {
      status: message.statusCode ?? 0,
      statusText: message.statusMessage ?? '',
      url,
      headers: found,
      body: message,
    }
  }
}

// The one way to give it the signal that ends a request with its connection. Its own time limit never comes first.
function clientOf(prepareRequest: (options: RequestOptions) => void): HttpClient {
  const handleAuthentication = () => Promise.reject(new Error('no authentication is handled here'))
  const handler = {prepareRequest, canHandleAuthentication: () => false, handleAuthentication}
  return new HttpClient(undefined, [handler], {socketTimeout: 2 ** 31 - 1})
}
