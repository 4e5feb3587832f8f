import {markdownTable} from '@mcp-release/action-kit'
import {printable} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import {remedies} from './remedies'
import type {Outcome} from './verify'

/** The table of the job summary. */
export function summarise(servers: readonly VerifiedServer[]): string {
  const rows = servers.map(({file, server, protocol, tools, ...rest}) => [
    file,
    server === undefined ? '' : `${server.name} ${server.version}`,
    protocol ?? '',
    rest.status === 'skipped' ? '' : String(tools?.length ?? 0),
    [rest.status, ...(rest.reason === undefined ? [] : [printable(rest.reason, 300)])].join(': '),
  ])
  return `### MCP servers\n\n${markdownTable(['file', 'server', 'protocol', 'tools', 'result'], rows)}`
}

/** One line for the log. */
export function logLine({file, status, reason, server, ...rest}: VerifiedServer): string {
  const name = printable(file)
  if (status === 'skipped') return `skipped   ${name}: ${reason ?? ''}`
  if (status === 'failed') return `FAILED    ${name}`
  const count = rest.tools?.length ?? 0
  const tools = `${count} ${count === 1 ? 'tool' : 'tools'}`
  const times = rest.startMilliseconds === undefined ? '' : `, answered after ${rest.startMilliseconds} ms`
  return `verified  ${name}: ${server === undefined ? 'nameless' : `${server.name} ${server.version}`}, protocol ${rest.protocol ?? ''}, ${tools}${times}`
}

/** All that stands against a release, one line for each failed check; empty when nothing does. */
export function problemsOf(outcomes: readonly Outcome[], unverifiable: 'skip' | 'error'): readonly string[] {
  return outcomes.flatMap(({server, unverifiable: is}) => {
    if (is && unverifiable === 'error') {
      return [`${server.file}: could not be started: ${server.reason ?? ''}. ${server.hint ?? ''}`]
    }
    const failed = server.checks.filter(check => check.status === 'failed')
    return failed.map(({name, detail}) => `${server.file}: ${name}: ${detail ?? ''}`)
  })
}

/** What to do, once for each kind of failure. */
export function hintFor(servers: readonly VerifiedServer[]): string {
  const failed = new Set(
    servers.flatMap(({checks}) => checks.filter(check => check.status === 'failed').map(({name}) => name)),
  )
  const hints = [...failed].map(name => `${name}: ${remedies[name]}`)
  return hints.length === 0 ? 'Run this action on a machine that can start the files.' : hints.join('\n')
}

/** The output `servers`. */
export function serversOutput(servers: readonly VerifiedServer[]): string {
  const started = servers.filter(({status}) => status !== 'skipped')
  return JSON.stringify(
    started.map(({file, server, protocol, tools, checks, startMilliseconds, peakMemoryKilobytes}) => ({
      file,
      name: server?.name,
      version: server?.version,
      protocol,
      tools: tools?.map(({name}) => name) ?? [],
      checks: Object.fromEntries(checks.map(({name, status}) => [name, status])),
      startMilliseconds,
      peakMemoryKilobytes,
    })),
  )
}
