import type {Skip, VerifiedServer} from '@mcp-release/release-model'
import type {FileReport, Report} from './report'

/** Files whose servers said the same of themselves: the same name, protocol and tools. */
export interface Answer {
  readonly server: VerifiedServer
  readonly started: readonly VerifiedServer[]
}

/** Something that was left out, and why. */
export interface Omission {
  readonly subjects: readonly string[]
  readonly reason: string
  readonly hint?: string
}

/** What happened when the file was started; undefined when nobody tried. */
export function serverOf(report: Report, file: FileReport): VerifiedServer | undefined {
  return report.servers.find(server => server.file === file.name)
}

/** The servers that answered, each tool list once however many files offer it. */
export function answers(servers: readonly VerifiedServer[]): readonly Answer[] {
  const groups = new Map<string, VerifiedServer[]>()
  for (const server of servers.filter(({status}) => status === 'verified')) {
    gather(groups, JSON.stringify([server.server, server.protocol, server.tools]), server)
  }
  return [...groups.values()].flatMap(started => (started[0] === undefined ? [] : [{server: started[0], started}]))
}

/** What the plan left out and the files that were not started, one entry for each reason. */
export function omissions(report: Pick<Report, 'skipped' | 'servers'>): readonly Omission[] {
  const idle = report.servers.filter(({status}) => status === 'skipped')
  return [
    ...grouped(report.skipped),
    ...grouped(
      idle.map(({file, reason = 'no reason given', hint}) => ({
        subject: file,
        reason,
        ...(hint === undefined ? {} : {hint}),
      })),
    ),
  ]
}

/** What was left out, one entry for each reason. */
export function grouped(skipped: readonly Skip[]): readonly Omission[] {
  const groups = new Map<string, Skip[]>()
  for (const skip of skipped) gather(groups, JSON.stringify([skip.reason, skip.hint]), skip)
  return [...groups.values()].flatMap(group => {
    const [first] = group
    if (first === undefined) return []
    const subjects = group.map(({subject}) => subject)
    return [{subjects, reason: first.reason, ...(first.hint === undefined ? {} : {hint: first.hint})}]
  })
}

/** Files that are there because of other files: SBOMs and signatures. */
export function isCompanion({kind}: FileReport): boolean {
  return kind === 'sbom' || kind === 'signature'
}

function gather<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}
