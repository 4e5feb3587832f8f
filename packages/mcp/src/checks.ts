import {type Check, sameVersion} from '@mcp-release/release-model'
import type {Connection} from './connection'
import type {Listing} from './listing'
import {printable} from './printable'
import type {Stop} from './server-process'
import type {ServerInfo} from './session'
import {type Tool, readTools} from './tool'

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

/** The version that a server states must be that of the release. */
export function versionCheck(
  server: ServerInfo | undefined,
  {version, mismatch}: {readonly version?: string; readonly mismatch: 'warning' | 'error'},
): Check {
  const name = 'server-version'
  if (version === undefined) return {name, status: 'skipped', detail: 'no version to compare with was given'}
  const status = mismatch === 'error' ? 'failed' : 'warning'
  if (server === undefined) return {name, status, detail: 'the server does not state its version'}
  if (sameVersion(server.version, version)) return {name, status: 'ok', detail: server.version}
  return {name, status, detail: `the server says ${JSON.stringify(server.version)}, the release is ${version}`}
}

/** Tools must be usable by a client: named, unique, with an input schema. */
export function toolsCheck(listing: Listing | undefined): {readonly check: Check; readonly tools: readonly Tool[]} {
  const name = 'tools-valid'
  if (listing === undefined) return {check: {name, status: 'skipped', detail: 'declares no tools'}, tools: []}
  if (listing.items === undefined) return {check: {name, status: 'failed', detail: listing.problem}, tools: []}
  const {tools, problems, concerns} = readTools(listing.items)
  if (problems.length > 0) return {check: {name, status: 'failed', detail: problems.join('; ')}, tools}
  if (concerns.length > 0) return {check: {name, status: 'warning', detail: concerns.join('; ')}, tools}
  return {check: {name, status: 'ok', detail: `${tools.length} tools`}, tools}
}

/** Tools that the caller counts on must be there. */
export function expectedToolsCheck(tools: readonly Tool[], expected: readonly string[]): Check {
  const name = 'expected-tools'
  if (expected.length === 0) return {name, status: 'skipped', detail: 'none were asked for'}
  const missing = expected.filter(wanted => !tools.some(tool => tool.name === wanted))
  if (missing.length === 0) return {name, status: 'ok'}
  const listed = tools.map(tool => printable(tool.name, 60)).join(', ')
  return {
    name,
    status: 'failed',
    detail: `lacks ${missing.join(', ')}; it lists ${listed === '' ? 'none' : printable(listed, 500)}`,
  }
}

/** A declared list must be listable; only a warning, because no client breaks on it. */
export function listedCheck(name: 'resources-listed' | 'prompts-listed', listing: Listing | undefined): Check {
  if (listing === undefined) return {name, status: 'skipped', detail: `declares no ${name.replace('-listed', '')}`}
  if (listing.items === undefined) return {name, status: 'warning', detail: listing.problem}
  return {name, status: 'ok', detail: `${listing.items.length} listed`}
}

/** A server ends by itself when its stdin closes. */
export function exitCheck({exit, by, leftProcesses}: Stop, graceMilliseconds: number): Check {
  const name = 'clean-exit'
  const waited = `${graceMilliseconds / 1000} s after its stdin was closed`
  if (by === 'SIGKILL') {
    return {name, status: 'failed', detail: `still running ${waited} and then after SIGTERM; it was killed`}
  }
  if (by === 'SIGTERM') return {name, status: 'warning', detail: `still running ${waited}; SIGTERM ended it`}
  if (leftProcesses) return {name, status: 'warning', detail: 'left processes running; they were killed'}
  if (exit.code === 0) return {name, status: 'ok'}
  return {name, status: 'warning', detail: `ended with ${exit.signal ?? `exit code ${exit.code ?? 0}`}`}
}
