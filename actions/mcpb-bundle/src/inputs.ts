import {type Host, type InputsOf, findFiles, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type BuildRequest, isPlatform, parseJson, planSchema, refineBuild} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {plannedRequests} from './planned'
import type {BundleRequest, KnownTool} from './request'
import {knownToolsSchema} from './known-tools'

/** What is to be made, and where it goes. */
export interface Inputs {
  readonly build: BuildRequest
  readonly requests: readonly BundleRequest[]
  readonly tools?: readonly KnownTool[]
  /** A bundle that cannot be made is left out with the reason; otherwise it is an error. */
  readonly lenient: boolean
}

/** Checks all inputs and finds all files; throws one `InputError` with all problems. */
export async function refine(raw: InputsOf<typeof contract>, host: Host): Promise<Inputs> {
  const build = await refineBuild(host, raw)
  const problems: string[] = []
  const files = await findFiles(host, {input: 'files', patterns: raw.files}, problems)
  const strange = raw.targets.filter(text => !isPlatform(text))
  problems.push(...strange.map(text => `targets: ${JSON.stringify(text)} is not a platform such as linux/amd64`))
  const read = async (input: 'plan' | 'known-tools', path: string | undefined) => {
    if (path === undefined) return undefined
    const absolute = await pathInWorkspace(host, {input, path}, problems)
    if ((await host.files.stat(absolute))?.kind === 'file') return host.files.readText(absolute)
    problems.push(`${input}: ${JSON.stringify(path)} is not a file`)
    return undefined
  }
  const [plan, known] = [await read('plan', raw.plan), await read('known-tools', raw.knownTools)]
  if (raw.plan !== undefined) problems.push(...againstPlan(raw))
  if (raw.launcher === 'node' && !['auto', 'binary'].includes(raw.type))
    problems.push(`launcher: node is for executables, not for the type ${raw.type}`)
  rejectProblems(problems)
  const tools = known === undefined ? undefined : parseJson(knownToolsSchema, {file: raw.knownTools ?? '', text: known})
  const given: BundleRequest = {
    type: raw.type,
    directory: build.directory,
    files,
    targets: raw.targets.filter(isPlatform),
    launcher: raw.launcher,
    ...(raw.executable === undefined ? {} : {executable: raw.executable}),
    ...(build.version === undefined ? {} : {version: build.version}),
    ...(build.package === undefined ? {} : {package: build.package}),
  }
  const decided = plan === undefined ? undefined : parseJson(planSchema, {file: raw.plan ?? '', text: plan})
  const requests = decided === undefined ? [given] : await plannedRequests(decided, files, host)
  const lenient = decided !== undefined && decided.settings.strict !== true
  return {build, requests, lenient, ...(tools === undefined ? {} : {tools: tools.servers.flatMap(each => each.tools)})}
}

// What a plan decides cannot be decided a second time.
function againstPlan(raw: InputsOf<typeof contract>): readonly string[] {
  const given = [
    ...(raw.type === 'auto' ? [] : ['type']),
    ...(raw.launcher === 'none' ? [] : ['launcher']),
    ...(raw.targets.length === 0 ? [] : ['targets']),
    ...(['executable', 'version', 'package'] as const).filter(name => raw[name] !== undefined),
  ]
  return given.map(name => `${name}: is decided by the plan; give only one of them`)
}
