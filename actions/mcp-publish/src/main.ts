import {join} from 'node:path'
import {type Host, InputError, type InputsOf, type OutputsOf, errorText} from '@mcp-release/action-kit'
import {
  type StatusChange,
  awaitPackages,
  changeStatus,
  openRegistry,
  publishServer,
  usualRetries,
} from '@mcp-release/mcp-registry'
import type {RetryPolicy} from '@mcp-release/publishing'
import {formatJson} from '@mcp-release/release-model'
import type {ServerJson} from '@mcp-release/server-json'
import type {contract} from './action.gen'
import {type Request, refine} from './inputs'
import {type Result, summary} from './outputs'
import {prepare} from './prepare'

/** Publishes a version of a server to an MCP Registry, or sets the status of a published one. */
export async function main(
  raw: InputsOf<typeof contract>,
  host: Host,
  policy: RetryPolicy = usualRetries,
): Promise<OutputsOf<typeof contract>> {
  const request = await refine(host, raw)
  const {status} = request
  const result =
    status === undefined ? await publish(host, request, policy) : await setStatus(host, {...request, status}, policy)
  const {state, name, version, url, path} = result
  host.info(`${name} ${version}: ${state} (${url})`)
  await host.summary(summary(result, status))
  return {state, name, version, url, 'server-json': path}
}

async function publish(host: Host, request: Request, policy: RetryPolicy): Promise<Result> {
  const server = await prepare(host, request)
  const path = request.output ?? join(await host.files.makeTemporary('mcp-publish'), 'server.json')
  const text = formatJson(server)
  await host.files.write(path, text)
  await host.group('server.json', () => {
    host.info(text.trimEnd())
    return Promise.resolve()
  })
  const registry = open(host, request)
  const told = {
    name: server.name,
    version: server.version,
    url: registry.address(server.name, server.version),
    path,
    server,
  }
  if (request.dryRun) return {...told, state: 'dry-run'}
  await awaitPackages(host, server, {visibility: request.visibility})
  const state = await publishServer(registry, server, {policy, tell: line => host.warning(line)})
  return {...told, state}
}

async function setStatus(
  host: Host,
  request: Request & {readonly status: StatusChange},
  policy: RetryPolicy,
): Promise<Result> {
  const {name, version} = await identity(host, request)
  const registry = open(host, request)
  const told = {name, version, url: registry.address(name, version), path: ''}
  if (request.dryRun) return {...told, state: 'dry-run'}
  const change = {name, version, ...request.status}
  const changed = await changeStatus(registry, change, {policy, tell: line => host.warning(line)})
  return {...told, state: changed ? 'status-changed' : 'unchanged'}
}

// A status can be set for a version that today's rules would not take, so only what names it is read.
async function identity(host: Host, {serverJson, version}: Request): Promise<Pick<ServerJson, 'name' | 'version'>> {
  const text = (await host.files.stat(serverJson))?.kind === 'file' ? await host.files.readText(serverJson) : '{}'
  const {name, version: own} = parsed(serverJson, text)
  if (typeof name !== 'string') throw new InputError([`server-json: ${JSON.stringify(serverJson)} does not say a name`])
  if (version === undefined && typeof own !== 'string')
    throw new InputError(['version: is missing, and server.json has none'])
  return {name, version: version ?? String(own)}
}

function parsed(file: string, text: string): {readonly name?: unknown; readonly version?: unknown} {
  try {
    return (JSON.parse(text.replace(/^\uFEFF/, '')) ?? {}) as {readonly name?: unknown; readonly version?: unknown}
  } catch (error) {
    throw new InputError([`server-json: ${JSON.stringify(file)} is no JSON: ${errorText(error)}`])
  }
}

function open(host: Host, {registry, credentials}: Request) {
  return openRegistry(registry, credentials, secret => host.maskSecret(secret))
}
