import type {Agent} from 'node:http'
import {getOctokit} from '@actions/github'
import {errorText} from '@mcp-release/action-kit/errors'
import {failureOf, noAnswer} from './call-failure'
import {contentType} from './content-type'
import {sendFile} from './file-upload'
import {idleFetch} from './idle-fetch'
import type {LocalFile, RepositoryName} from './release'
import {toolkitAgent, toolkitFetch} from './toolkit-fetch'

/** Where the forge is and who asks. */
export interface Server {
  /** Base address of the REST API, without a slash at the end. */
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly token: string
  readonly repository: RepositoryName
}

/** One request. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below the repository, already encoded, such as `/releases/1`; or a whole address. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

const userAgent = 'mcp-release'
const version = '2022-11-28'

/** Sends single requests: each ends with the JSON of a good answer or with a `CallFailure`; nothing is repeated here. */
export class Connection {
  readonly #octokit: ReturnType<typeof getOctokit>
  readonly #fetch: ReturnType<typeof idleFetch>
  #uploads: {readonly origin: string; readonly agent: Agent} | undefined

  constructor(
    readonly server: Server,
    private readonly timeout: number,
  ) {
    // Retries and their log lines are ours.
    const log = {debug: ignore, info: ignore, warn: ignore, error: ignore}
    this.#fetch = idleFetch(toolkitFetch(server.apiUrl, toolkitAgent(server.apiUrl)), timeout)
    this.#octokit = getOctokit(server.token, {baseUrl: server.apiUrl, userAgent, log, request: {fetch: this.#fetch}})
  }

  /** The answer's JSON. */
  async json({method, path, body}: Call): Promise<unknown> {
    const {owner, name} = this.server.repository
    const url = path.startsWith('/') ? `${this.server.apiUrl}/repos/${owner}/${name}${path}` : path
    const call = `${method} ${new URL(url).pathname}`
    try {
      const answer = await this.#octokit.request({
        method,
        // A URL template: what is already encoded must stay as it is.
        url: url.replaceAll('{', '%7B').replaceAll('}', '%7D'),
        headers: {'x-github-api-version': version},
        ...(body === undefined ? {} : {data: body}),
      })
      return answer.data as unknown
    } catch (error) {
      throw this.#failure(call, error)
    }
  }

  /** The bytes of a file; an address elsewhere to which the forge points is followed, without the token. */
  async bytes(path: string): Promise<Uint8Array> {
    const {owner, name} = this.server.repository
    const call = `GET ${path}`
    const headers = {
      authorization: `token ${this.server.token}`,
      accept: 'application/octet-stream',
      'user-agent': userAgent,
      'x-github-api-version': version,
    }
    let answer
    try {
      answer = await this.#fetch(`${this.server.apiUrl}/repos/${owner}/${name}${path}`, {headers})
    } catch (error) {
      throw noAnswer(call, errorText(error), error)
    }
    const bytes = new Uint8Array(await answer.arrayBuffer())
    if (answer.status === 200) return bytes
    const body = parsed(Buffer.from(bytes).toString())
    throw failureOf({call, status: answer.status, headers: Object.fromEntries(answer.headers), body}, Date.now())
  }

  /** As `json`, with `undefined` for 404. */
  async find(call: Call): Promise<unknown> {
    try {
      return await this.json(call)
    } catch (error) {
      if ((error as {readonly status?: unknown}).status === 404) return undefined
      throw error
    }
  }

  /** The answer's JSON to a file that was sent to an upload address (a URI template). */
  async upload(template: string, file: LocalFile, signal?: AbortSignal): Promise<unknown> {
    const url = new URL(template.replace(/\{[^}]*\}$/, ''))
    url.searchParams.set('name', file.name)
    if (file.label !== undefined) url.searchParams.set('label', file.label)
    const answer = await sendFile({
      url,
      path: file.path,
      size: file.size,
      timeout: this.timeout,
      headers: {
        authorization: `token ${this.server.token}`,
        accept: 'application/vnd.github+json',
        'content-type': contentType(file.name),
        'user-agent': userAgent,
        'x-github-api-version': version,
      },
      agent: this.#agentFor(url),
      ...(signal === undefined ? {} : {signal}),
    })
    const call = `POST ${url.pathname}?name=${file.name}`
    const body = parsed(answer.text)
    if (answer.status < 200 || answer.status > 299) throw failureOf({call, ...answer, body}, Date.now())
    return body
  }

  // Files have a server of their own, uploads.github.com.
  #agentFor({origin}: URL): Agent {
    if (this.#uploads?.origin !== origin) this.#uploads = {origin, agent: toolkitAgent(origin)}
    return this.#uploads.agent
  }

  #failure(call: string, error: unknown): Error {
    const {response} = error as {
      readonly response?: {readonly status: number; readonly headers: object; readonly data: unknown}
    }
    if (response === undefined) return noAnswer(call, reasonOf(error), error)
    const headers = response.headers as Readonly<Record<string, string | undefined>>
    return failureOf({call, status: response.status, headers, body: response.data}, Date.now())
  }
}

function reasonOf(error: unknown): string {
  const {name, message} = ((error as {readonly cause?: unknown}).cause ?? {}) as Partial<Error>
  return name === 'TimeoutError' && message !== undefined ? message : errorText(error)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function ignore(): void {
  // Nothing is lost: every failure is thrown.
}
