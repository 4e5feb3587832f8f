import type {VerifiedServer} from '@mcp-release/release-model'
import {decisiveLine} from './matrix/decisive-line'
import {remedies} from './remedies'
import type {Outcome} from './verify'
import {settingsFile} from './words/settings-lines'

/** All that stands against a release, one entry for each failed check; files that fail alike share one. */
export function problemsOf(outcomes: readonly Outcome[], unverifiable: 'skip' | 'error'): readonly string[] {
  return told(
    outcomes.flatMap(({server, unverifiable: is}) => {
      const {file} = server
      if (is && unverifiable === 'error') {
        return [{file, text: `could not be started: ${server.reason ?? ''}. ${server.hint ?? ''}`}]
      }
      const failed = server.checks.filter(check => check.status === 'failed')
      return failed.map(({name, detail}) => ({file, text: `${name}: ${detail ?? ''}`}))
    }),
  )
}

/** The servers that could not be verified although the settings want it. */
export function refusedOf(outcomes: readonly Outcome[]): readonly string[] {
  const refused = outcomes.filter(({server, allowed}) => server.status === 'unverified' && allowed !== true)
  return told(refused.map(({server}) => ({file: server.file, text: `not verified: ${server.reason ?? ''}`})))
}

function told(problems: readonly {readonly file: string; readonly text: string}[]): readonly string[] {
  const files = new Map<string, string[]>()
  for (const {file, text} of problems) files.set(text, [...(files.get(text) ?? []), file])
  return [...files].map(([text, names]) => `${names.join(', ')}: ${text}`)
}

/** Problems of the matrix without those that are the file's own: a server that never starts fails in each combination. */
export function withoutRepetition(problems: readonly string[], outcomes: readonly Outcome[]): readonly string[] {
  const own = outcomes.flatMap(({server: {file, checks}}) =>
    checks.flatMap(({status, detail}) => (status === 'failed' ? [{file, line: decisiveLine(detail ?? '')}] : [])),
  )
  return problems.filter(
    problem => !own.some(({file, line}) => problem.startsWith(`${file} on `) && problem.endsWith(line)),
  )
}

/** What to do, once for each kind of failure, and what is told for a file alone. */
export function hintFor(servers: readonly VerifiedServer[]): string {
  const own = servers.filter(({status, hint}) => hint !== undefined && (status === 'failed' || status === 'unverified'))
  const special = [...new Set(own.map(({hint = ''}) => hint))].map(hint => {
    const files = own.filter(server => server.hint === hint).map(({file}) => file)
    return `${files.join(', ')}: ${hint}`
  })
  const failed = new Set(
    servers
      .filter(server => !own.includes(server))
      .flatMap(({checks}) => checks.filter(check => check.status === 'failed').map(({name}) => name)),
  )
  const hints = [...special, ...[...failed].map(name => `${name}: ${remedies[name]}`)]
  const offline = servers.some(
    server => server.network?.access === 'off' && !own.includes(server) && failedHandshake(server.checks),
  )
  if (offline) {
    hints.push(
      `network: these servers had none; if they need one to start, give the input network: on, or set it in ${settingsFile}.`,
    )
  }
  return hints.length === 0 ? 'Run this action on a machine that can start the files.' : hints.join('\n')
}

function failedHandshake(checks: VerifiedServer['checks']): boolean {
  return checks.some(({name, status}) => name === 'handshake' && status === 'failed')
}
