import {type Check, checkNames, sameVersion} from '@mcp-release/release-model'
import type {Connection} from './connection'
import type {Listing} from './listing'
import {printable} from './printable'
import {type ServerProcess, type Stop, maximumOutput} from './server-process'
import type {ServerInfo, Session} from './session'
import {refusalWords} from './wire/results'

/** A session came about; what clients overlook in it is said. */
export function handshakeCheck({protocol, concerns}: Pick<Session, 'protocol' | 'concerns'>): Check {
  const detail = [`protocol ${protocol}`, ...concerns].join('; ')
  return {name: 'handshake', status: concerns.length > 0 ? 'warning' : 'ok', detail}
}

/** Only JSON-RPC may appear on stdout. */
export function purityCheck({offence, blankLines}: Pick<Connection, 'offence' | 'blankLines'>): Check {
  const name = 'stdout-purity'
  if (offence !== undefined) {
    const place = offence.line === 0 ? offence.text : `line ${offence.line}: ${offence.text}`
    return {name, status: 'failed', detail: `stdout holds what is no JSON-RPC message: ${place}`}
  }
  return blankLines > 0
    ? {name, status: 'warning', detail: `${blankLines} empty lines on stdout`}
    : {name, status: 'ok'}
}

/** What a server writes must end some time. */
export function outputCheck(processes: readonly Pick<ServerProcess, 'stderrBytes'>[]): Check {
  const name = 'output-limits'
  const most = Math.max(0, ...processes.map(({stderrBytes}) => stderrBytes))
  if (most > maximumOutput) {
    const limit = `${maximumOutput / 1024 / 1024} MiB`
    return {name, status: 'failed', detail: `wrote more than ${limit} to stderr; it was killed`}
  }
  return {name, status: 'ok', detail: `${most} bytes on stderr`}
}

/** The name that a server states must be one of those that the release is known by. */
export function nameCheck(
  server: ServerInfo | undefined,
  {
    names,
    mismatch,
  }: {
    readonly names?: {readonly any: readonly string[]; readonly strict: boolean}
    readonly mismatch: 'warning' | 'error'
  },
): Check {
  const name = 'server-name'
  if (names === undefined || names.any.length === 0) {
    return {name, status: 'skipped', detail: 'no name to compare with is known'}
  }
  const status = mismatch === 'error' && names.strict ? 'failed' : 'warning'
  if (server === undefined) return {name, status, detail: 'the server does not state its name'}
  const same = names.strict
    ? names.any.includes(server.name)
    : [server.name, server.title ?? ''].some(said => names.any.some(known => areAlike(said, known)))
  if (same) return {name, status: 'ok', detail: server.name}
  const known = [...new Set(names.any)].map(each => printable(JSON.stringify(each), 120)).join(' or ')
  return {name, status, detail: `the server says ${JSON.stringify(server.name)}, the release is ${known}`}
}

// Published servers hardly ever call themselves as their packages: `memory-server` is in `@x/server-memory`, `Code Runner`
// in `mcp-server-code-runner`. One word that says something is enough; none in common was copied from another project.
function areAlike(one: string, other: string): boolean {
  const [words, others] = [telling(one), telling(other)]
  return words.some(word => others.includes(word)) || (words.length === 0 && others.length === 0)
}

function telling(name: string): readonly string[] {
  return (
    name
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.filter(word => !/^(mcp|servers?)$/.test(word)) ?? []
  )
}

/** The version that a server states must be that of the release. */
export function versionCheck(
  server: ServerInfo | undefined,
  {version, mismatch}: {readonly version?: string; readonly mismatch: 'warning' | 'error'},
): Check {
  const name = 'server-version'
  const status = mismatch === 'error' && version !== undefined ? 'failed' : 'warning'
  if (server?.version.trim() === '') {
    const release = version === undefined ? '' : `, the release is ${version}`
    return {name, status, detail: `the server states an empty version${release}`}
  }
  if (version === undefined) return {name, status: 'skipped', detail: 'no version to compare with was given'}
  if (server === undefined) return {name, status, detail: 'the server does not state its version'}
  if (sameVersion(server.version, version)) return {name, status: 'ok', detail: server.version}
  return {name, status, detail: `the server says ${JSON.stringify(server.version)}, the release is ${version}`}
}

/** A declared list must be listable: a warning when it is not, because clients do without it, but not with a wrong one. */
export function listedCheck(
  name: 'resources-listed' | 'resource-templates-listed' | 'prompts-listed',
  listing: Listing | undefined,
): Check {
  const kind = name === 'prompts-listed' ? 'prompts' : 'resources'
  if (listing === undefined) return {name, status: 'skipped', detail: `declares no ${kind}`}
  const refused = refusalWords(listing.refused ?? [])
  if (refused.length > 0) return {name, status: 'failed', detail: `clients refuse the list: ${refused.join('; ')}`}
  const doubts = refusalWords(listing.items === undefined ? [] : listing.doubtful)
  if (doubts.length > 0) return {name, status: 'warning', detail: doubts.join('; ')}
  if (listing.items !== undefined) return {name, status: 'ok', detail: `${listing.items.length} listed`}
  // Servers may have resources without templates.
  if (listing.unknown && name === 'resource-templates-listed') {
    return {name, status: 'skipped', detail: 'does not answer resources/templates/list'}
  }
  return {name, status: 'warning', detail: listing.problem}
}

/** A server ends by itself when its stdin closes. */
export function exitCheck({exit, by}: Stop, graceMilliseconds: number): Check {
  const name = 'clean-exit'
  const waited = `${graceMilliseconds / 1000} s after its stdin was closed`
  if (by === 'SIGKILL') {
    return {name, status: 'failed', detail: `still running ${waited} and then after SIGTERM; it was killed`}
  }
  if (by === 'SIGTERM') return {name, status: 'warning', detail: `still running ${waited}; SIGTERM ended it`}
  if (exit.code === 0) return {name, status: 'ok'}
  return {name, status: 'warning', detail: `ended with ${exit.signal ?? `exit code ${exit.code ?? 0}`}`}
}

/** A server ends on SIGTERM: over stdio clients have a second way, over HTTP there is none. */
export function signalCheck({by}: Stop, {transport}: {readonly transport: 'stdio' | 'http'}): Check {
  const name = 'sigterm-exit'
  if (process.platform === 'win32') return {name, status: 'skipped', detail: 'Windows has no SIGTERM'}
  if (by !== 'SIGKILL') return {name, status: 'ok'}
  const status = transport === 'http' ? 'failed' : 'warning'
  return {name, status, detail: 'still running after SIGTERM; it was killed'}
}

/** Nothing that a server started may outlive it. */
export function orphansCheck(stops: readonly Stop[]): Check {
  const name = 'no-orphans'
  const left = Math.max(0, ...stops.map(stop => stop.left))
  if (left === 0) return {name, status: 'ok'}
  return {name, status: 'warning', detail: `left ${left} ${left === 1 ? 'process' : 'processes'} running; killed`}
}

/** All checks in the order of reports; `reason` says why those that are missing were not done. */
export function inOrder(checks: readonly Check[], reason: string): readonly Check[] {
  // What comes before the handshake is not told by the handshake.
  const names = checkNames.slice(checkNames.indexOf('handshake'))
  return names.map(name => checks.find(check => check.name === name) ?? {name, status: 'skipped', detail: reason})
}
