import {markdownTable} from '@mcp-release/action-kit'
import {printable} from '@mcp-release/mcp'
import type {VerifiedServer} from '@mcp-release/release-model'
import type {Comparison} from './changes'
import {remedies} from './remedies'
import type {Outcome} from './verify'

/** The job summary: what was started and found, what to look at, and what changed since the last release. */
export function summarise(servers: readonly VerifiedServer[], compared: Comparison | undefined): string {
  const rows = servers.map(({file, server, protocol, transport, tools, ...rest}) => [
    file,
    server === undefined ? '' : `${server.name} ${server.version}`,
    protocol === undefined ? '' : `${protocol}, ${transport ?? 'stdio'}`,
    rest.status === 'skipped' ? '' : String(tools?.length ?? 0),
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
  const offline = servers.some(({checks, network}) => network?.access === 'off' && failedHandshake(checks))
  if (offline) hints.push('network: these servers had none; give network: on if they need one to start.')
  return hints.length === 0 ? 'Run this action on a machine that can start the files.' : hints.join('\n')
}

function failedHandshake(checks: VerifiedServer['checks']): boolean {
  return checks.some(({name, status}) => name === 'handshake' && status === 'failed')
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
