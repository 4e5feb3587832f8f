import {type Finding, type Host, settle} from '@mcp-release/action-kit'
import {type Plan, parseJson, planSchema} from '@mcp-release/release-model'
import {
  type BuiltPackage,
  type ReleaseFacts,
  type ServerJson,
  checkServerJson,
  generate,
  matching,
  ownershipProblems,
  readBuilt,
  readDraft,
  stamp,
} from '@mcp-release/server-json'
import type {Request} from './inputs'
import {namespaceFindings} from './namespace-findings'

/**
 * The server.json that will be published: read or made, stamped from what was built, and checked with all rules at once.
 * Code `SERVER_JSON` with every problem; nothing was written or sent.
 */
export async function prepare(host: Host, request: Request): Promise<ServerJson> {
  const plan = request.plan === undefined ? undefined : await readPlan(host, request.plan)
  const built = await readAll(host, request.files, plan)
  const findings: Finding[] = []
  const draft = await draftOf(host, {request, built, plan, findings})
  const {server, findings: found} = draft === undefined ? {findings: []} : checkServerJson(draft)
  findings.push(...found)
  // Only of a document whose own name and entries are right can be said whether the packages fit to it.
  if (server !== undefined) {
    findings.push(
      ...ownershipProblems(server, built).map(error),
      ...namespaceFindings(server.name, {request, env: host.env}),
    )
  }
  settle(host, 'SERVER_JSON', findings)
  if (server === undefined) throw new Error('a document without errors was not read')
  return server
}

interface Draft {
  readonly request: Request
  readonly built: readonly BuiltPackage[]
  readonly plan: Plan | undefined
  readonly findings: Finding[]
}

async function draftOf(host: Host, {request, built, plan, findings}: Draft): Promise<unknown> {
  const there = (await host.files.stat(request.serverJson))?.kind === 'file'
  const repository = plan?.repository ?? host.env['GITHUB_REPOSITORY']
  const facts = (version: string): ReleaseFacts => {
    const tag = plan?.version.tag ?? `v${version}`
    const downloads =
      repository === undefined ? {} : {downloads: `https://github.com/${repository}/releases/download/${tag}`}
    return {version, ...downloads, built, pushed: request.pushed}
  }
  const wanted = request.version ?? plan?.version.text
  if (!there && built.length === 0) {
    const text = `server-json: there is no ${JSON.stringify(request.serverJson)}; write one, or give the built files so that one can be made`
    findings.push(error(text))
    return undefined
  }
  const draft: unknown = there
    ? told(readDraft(await host.files.readText(request.serverJson)), findings)
    : generate(facts(wanted ?? built[0]?.version ?? ''), repository === undefined ? {} : {repository})
  const {version: own, packages} = (draft ?? {}) as {readonly version?: unknown; readonly packages?: unknown}
  const version = wanted ?? (typeof own === 'string' ? own : '')
  const lists = Array.isArray(packages) && packages.length > 0
  if (request.files.length > 0 || request.pushed.length > 0 || !lists) {
    const {server, problems} = stamp(withoutLeftOut(host, draft, {plan, built}), facts(version))
    findings.push(...problems.map(problem => error(`server.json: ${problem}`)))
    return server
  }
  if (version !== own && draft !== undefined)
    findings.push(
      error(
        `server.json: version is ${JSON.stringify(own)}, not ${JSON.stringify(version)}; give the built files to stamp it`,
      ),
    )
  return draft
}

/**
 * Without the entries of bundles that were planned and could not be made: a registry that lists what nobody can download
 * is worse than one that does not.
 */
function withoutLeftOut(
  host: Host,
  draft: unknown,
  {plan, built}: {readonly plan: Plan | undefined; readonly built: readonly BuiltPackage[]},
): unknown {
  const {packages} = (draft ?? {}) as {readonly packages?: unknown}
  if (plan === undefined || !Array.isArray(packages)) return draft
  const there = new Set(built.map(({file}) => file))
  const gone = plan.artifacts.filter(({kind, name}) => kind === 'mcpb' && !there.has(name))
  const lost = gone.map(({name}) => ({type: 'mcpb' as const, name, file: name}))
  const kept = (packages as readonly unknown[]).filter(each => {
    const {registryType, identifier} = (each ?? {}) as Readonly<Record<string, unknown>>
    if (registryType !== 'mcpb' || typeof identifier !== 'string') return true
    const entry = {registryType, identifier}
    if (matching(entry, built).length > 0 || matching(entry, lost).length === 0) return true
    host.warning(`server.json: packages: ${identifier} is left out, because its bundle could not be made`)
    return false
  })
  return kept.length === packages.length ? draft : {...(draft as object), packages: kept}
}

function told({draft, findings}: ReturnType<typeof readDraft>, all: Finding[]): unknown {
  all.push(...findings)
  return draft
}

async function readAll(host: Host, files: readonly string[], plan: Plan | undefined): Promise<readonly BuiltPackage[]> {
  const read: BuiltPackage[] = []
  for (const path of files) {
    const found = await readBuilt(host.files, path)
    if (found !== undefined) read.push(found)
  }
  // A crate is published from its source, so that a release has no file of it; several programs may be of one.
  const crates = new Map<string, BuiltPackage>()
  for (const {ecosystem, name, crate = name, version} of plan?.packages ?? [])
    if (ecosystem === 'cargo')
      crates.set(crate, {type: 'cargo', name: crate, version, file: crate, sha256: '', proof: {in: 'nothing'}})
  return [...read, ...crates.values()]
}

async function readPlan(host: Host, path: string): Promise<Plan> {
  return parseJson(planSchema, {file: path, text: await host.files.readText(path)})
}

function error(text: string): Finding {
  return {level: 'error', text}
}
