import {markdownTable} from '@mcp-release/action-kit'
import {printable} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import type {Comparison} from './changes'

/** The job summary: what was started and found, what to look at, and what changed since the last release. */
export function summarise(servers: readonly VerifiedServer[], compared: Comparison | undefined): string {
  const rows = servers.map(({file, server, protocol, transport, tools, ...rest}) => [
    file,
    server === undefined ? '' : `${server.name} ${server.version}`,
    protocol === undefined ? '' : `${protocol}, ${transport ?? 'stdio'}`,
    rest.status !== 'verified' && rest.status !== 'failed' ? '' : String(tools?.length ?? 0),
    rest.startMilliseconds === undefined ? '' : `${rest.startMilliseconds} ms`,
    rest.peakMemoryKilobytes === undefined ? '' : `${Math.round(rest.peakMemoryKilobytes / 1024)} MiB`,
    rest.network?.access ?? '',
    [rest.status, ...(rest.reason === undefined ? [] : [printable(rest.reason, 300)])].join(': '),
  ])
  const head = ['file', 'server', 'protocol', 'tools', 'start', 'memory', 'network', 'result']
  const warned = servers.flatMap(({file, checks}) =>
    checks
      .filter(({status}) => status === 'warning')
      .map(({name, detail}) => [file, name, printable(detail ?? '', 300)]),
  )
  const parts = [`### MCP servers\n\n${markdownTable(head, rows)}`]
  if (warned.length > 0) parts.push(`#### Warnings\n\n${markdownTable(['file', 'check', 'what'], warned)}`)
  if (compared !== undefined) parts.push(summariseChanges(compared))
  return parts.join('\n')
}

function summariseChanges({step, changes, gone}: Comparison): string {
  const title = '#### Tools since the last release\n\n'
  if (step === 'none') return `${title}Nothing changed.\n`
  const rows = [
    ...gone.map(server => [printable(server), '', 'removed', 'major', 'the whole server is gone']),
    ...changes.map(each => [
      printable(each.server),
      printable(each.tool),
      each.kind,
      each.step,
      each.details.join('; '),
    ]),
  ]
  return `${title}These ask for a **${step}** version.\n\n${markdownTable(['server', 'tool', 'change', 'step', 'details'], rows)}`
}

/** One line for the log. */
export function logLine({file, status, reason, server, ...rest}: VerifiedServer): string {
  const name = printable(file)
  if (status === 'skipped') return `skipped   ${name}: ${reason ?? ''}`
  if (status === 'unverified') return `unverified ${name}: not verified: ${(reason ?? '').split('\n')[0] ?? ''}`
  if (status === 'checked') {
    const answer = rest.checks.find(check => check.name === 'answers-help')
    return `checked   ${name}: no server; ${answer?.detail ?? ''}`
  }
  if (status === 'failed') return `FAILED    ${name}`
  const count = rest.tools?.length ?? 0
  const tools = `${count} ${count === 1 ? 'tool' : 'tools'}`
  const made = rest.startedAs?.madeUp ?? []
  const dummies = made.length === 0 ? '' : `, with made-up ${made.join(', ')}`
  const times = rest.startMilliseconds === undefined ? '' : `, answered after ${rest.startMilliseconds} ms`
  return `verified  ${name}: ${server === undefined ? 'nameless' : `${server.name} ${server.version}`}, protocol ${rest.protocol ?? ''}, ${tools}${times}${dummies}`
}

/** The output `servers`. */
export function serversOutput(servers: readonly VerifiedServer[]): string {
  const started = servers.filter(({status}) => status === 'verified' || status === 'failed')
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
