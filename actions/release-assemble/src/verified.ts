import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {readToolsFile} from '@mcp-release/mcp'
import {
  type Plan,
  type PlannedArtifact,
  type Verification,
  type VerifiedServer,
  compatibilitySchema,
  formatJson,
  installableFiles,
  parseJson,
  releaseFiles,
  verificationSchema,
  verificationsOf,
} from '@mcp-release/release-model'

/** The report of one platform. */
export interface PlatformReport {
  readonly platform: string
  readonly servers: readonly VerifiedServer[]
}

const reported: readonly string[] = ['verification.json', releaseFiles.tools, releaseFiles.compatibility]

const prefix = 'verified-'

const folderName = (id: string): string => prefix + id

/** Reads the reports of all platforms on which the plan wants files to be started: those, and no others. */
export async function readVerified(
  host: Host,
  plan: Plan,
  {folder, problems}: {readonly folder: string; readonly problems: string[]},
): Promise<readonly PlatformReport[]> {
  const expected = verificationsOf(plan)
  const known = expected.map(({id}) => folderName(id))
  const strangers = (await host.files.list(folder)).filter(name => name.startsWith(prefix) && !known.includes(name))
  problems.push(...strangers.map(name => `${JSON.stringify(name)}: the plan starts nothing there`))
  const reports: PlatformReport[] = []
  for (const {id, platform} of expected) {
    const others = (await host.files.list(join(folder, folderName(id)))).filter(name => !reported.includes(name))
    problems.push(...others.map(name => `${folderName(id)}: holds ${JSON.stringify(name)}, which is no report`))
    const file = join(folder, folderName(id), 'verification.json')
    const shown = `${folderName(id)}/verification.json`
    if ((await host.files.stat(file))?.kind !== 'file') {
      problems.push(`${shown}: is not there, so nothing says what was started on ${platform}`)
      continue
    }
    try {
      const {servers} = parseJson(verificationSchema, {file: shown, text: await host.files.readText(file)})
      reports.push({platform, servers})
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      problems.push(...error.problems)
    }
  }
  return reports
}

/** What in the reports keeps a release from being complete. */
export function verifiedProblems(plan: Plan, reports: readonly PlatformReport[]): readonly string[] {
  const files = startableFiles(plan)
  const names = new Set(plan.artifacts.map(({name}) => name))
  const all = reports.flatMap(({platform, servers}) => servers.map(server => ({platform, server})))
  return [
    ...all
      .filter(({server}) => !names.has(server.file))
      .map(({platform, server}) => `${server.file}: was started on ${platform}, but the plan has no such file`),
    ...all
      .filter(({server}) => server.status === 'failed')
      .map(({platform, server}) => `${server.file}: failed on ${platform}: ${server.reason ?? ''}`),
    ...files
      .filter(({name}) => !all.some(({server}) => server.file === name))
      .map(({name}) => `${name}: no report says what became of it`),
  ]
}

function startableFiles(plan: Plan): readonly PlannedArtifact[] {
  return installableFiles(plan).filter(({kind}) => kind !== 'sdist')
}

const order = ['failed', 'verified', 'checked', 'unverified', 'skipped'] as const

/** All reports as one: of each file what says most, and where it was started. */
export function mergedVerification(reports: readonly PlatformReport[]): Verification {
  const files = [...new Set(reports.flatMap(({servers}) => servers.map(({file}) => file)))].sort()
  return {
    schemaVersion: 1,
    servers: files.flatMap(file => {
      const found = reports.flatMap(({platform, servers}) =>
        servers.filter(server => server.file === file).map(server => ({platform, server})),
      )
      const [best] = [...found].sort(
        (one, other) => order.indexOf(one.server.status) - order.indexOf(other.server.status),
      )
      if (best === undefined) return []
      const startedOn = found
        .filter(({server}) => server.status === 'verified' || server.status === 'checked')
        .map(({platform}) => platform)
      return [{...best.server, ...(startedOn.length === 0 ? {} : {startedOn})}]
    }),
  }
}

/** The files of the first platform that become files of the release: what the servers offer, and what they work with. */
export async function takeListings(
  host: Host,
  plan: Plan,
  {folder, directory}: {readonly folder: string; readonly directory: string},
): Promise<void> {
  const first = verificationsOf(plan).find(each => each.first)
  const names = [releaseFiles.tools, releaseFiles.compatibility].filter(name =>
    plan.artifacts.some(artifact => artifact.name === name),
  )
  for (const name of names) {
    const from = join(folder, folderName(first?.id ?? ''), name)
    // What is missing is told with all other differences.
    if ((await host.files.stat(from))?.kind !== 'file') continue
    await host.files.write(join(directory, name), checkedJson(name, await host.files.readText(from)))
  }
}

// Written beside programs of the user's: nothing but what is known of a list of servers may come from there.
function checkedJson(file: string, text: string): string {
  if (file === releaseFiles.compatibility) return formatJson(parseJson(compatibilitySchema, {file, text}))
  const tools = readToolsFile(text)
  if (tools !== undefined) return formatJson(tools)
  throw new InputError([`${file}: is not what mcp-verify writes`])
}
