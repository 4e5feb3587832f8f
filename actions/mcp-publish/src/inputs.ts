import {type Host, InputError, type InputsOf, findFiles, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type Credentials, type Status, readDomainKey} from '@mcp-release/mcp-registry'
import {parseVersion} from '@mcp-release/release-model'
import {imageReference} from '@mcp-release/server-json'
import type {contract} from './action.gen'

type Raw = InputsOf<typeof contract>

/** What is asked for, in a form in which it cannot be wrong; paths are absolute. */
export interface Request {
  readonly serverJson: string
  readonly files: readonly string[]
  readonly plan?: string
  /** SemVer. */
  readonly version?: string
  /** `repository@sha256:…`. */
  readonly pushed: readonly string[]
  readonly output?: string
  readonly registry: string
  readonly credentials: Credentials
  readonly status?: {readonly status: Status; readonly message?: string}
  readonly dryRun: boolean
  /** Milliseconds. */
  readonly visibility: number
}

/** Checks the inputs against each other; throws one `InputError` with every problem. Secrets are masked first. */
export async function refine(host: Host, raw: Raw): Promise<Request> {
  const problems: string[] = []
  for (const secret of [raw.privateKey, raw.githubToken]) if (secret !== undefined) host.maskSecret(secret)
  const place = (input: string, path: string) => pathInWorkspace(host, {input, path}, problems)
  const files = raw.files.length === 0 ? [] : await findFiles(host, {input: 'files', patterns: raw.files}, problems)
  const version = raw.version === undefined ? undefined : parseVersion(raw.version)
  if (raw.version !== undefined && version === undefined)
    problems.push(`version: ${JSON.stringify(raw.version)} is neither SemVer nor PEP 440`)
  for (const image of raw.images) {
    const {digest} = imageReference(image)
    if (/^sha256:[0-9a-f]{64}$/.test(digest ?? '')) continue
    const what = digest === undefined ? 'no digest' : 'a digest that is not sha256: and 64 hex digits in lower case'
    problems.push(`images: ${JSON.stringify(image)} has ${what}; write repository@sha256:…`)
  }
  if (raw.timeout > 7200) problems.push(`timeout: ${raw.timeout} is more than 7200 seconds`)
  const request = {
    serverJson: await place('server-json', raw.serverJson),
    files,
    ...(raw.plan === undefined ? {} : {plan: await place('plan', raw.plan)}),
    ...(version === undefined ? {} : {version: version.text}),
    pushed: raw.images,
    ...(raw.output === undefined ? {} : {output: await place('output', raw.output)}),
    registry: raw.registry,
    credentials: credentials(raw, host.env, problems),
    ...statusOf(raw, problems),
    dryRun: raw.dryRun,
    visibility: raw.timeout * 1000,
  }
  rejectProblems(problems)
  return request
}

function credentials(raw: Raw, env: Host['env'], problems: string[]): Credentials {
  const {login: kind, domain = '', privateKey = '', githubToken: token = ''} = raw
  const needed = {domain: kind === 'dns' || kind === 'http', 'private-key': kind === 'dns' || kind === 'http'}
  const given = {domain: domain !== '', 'private-key': privateKey !== ''}
  for (const input of ['domain', 'private-key'] as const)
    if (needed[input] !== given[input])
      problems.push(
        needed[input] ? `${input}: is missing, but login is ${kind}` : `${input}: is of no use with the login ${kind}`,
      )
  if (kind === 'github-token' && token === '') problems.push('github-token: is missing, but login is github-token')
  if (kind !== 'github-token' && token !== '') problems.push(`github-token: is of no use with the login ${kind}`)
  if (kind === 'none') return {kind}
  if (kind === 'github-token') return {kind, token}
  if (kind === 'github-oidc')
    return {kind, requestUrl: env['ACTIONS_ID_TOKEN_REQUEST_URL'], requestToken: env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}
  // A key that cannot be read is found here, not after all packages are public.
  if (privateKey !== '') problems.push(...keyProblems(privateKey))
  return {kind, domain: domain.toLowerCase(), privateKey}
}

function keyProblems(privateKey: string): readonly string[] {
  try {
    readDomainKey(privateKey)
    return []
  } catch (error) {
    if (error instanceof InputError) return error.problems
    throw error
  }
}

function statusOf({status, statusMessage}: Raw, problems: string[]): Pick<Request, 'status'> {
  if (statusMessage !== undefined && (status === 'keep' || status === 'active'))
    problems.push(`status-message: is only for deprecated and deleted, but status is ${status}`)
  if ((statusMessage ?? '').length > 500) problems.push('status-message: has more than 500 characters')
  if (status === 'keep') return {}
  return {status: {status, ...(statusMessage === undefined ? {} : {message: statusMessage})}}
}
