import {ActionError} from '@mcp-release/action-kit'
import type {Combination} from '@mcp-release/release-model'
import type {Candidate} from '../candidate'
import {publishable, secretsOf} from '../secrets'
import {type Outcome, type Task, verify} from '../verify'
import {decisiveLine} from './decisive-line'
import {installedVersion} from './installed-sdk'
import {hostWith} from './interpreter-host'
import type {Run} from './plan'
import type {Trial} from './trial'

/** What became of a combination that was run. */
export interface Tried {
  readonly combination: Combination
  /** Skipped because of this machine. */
  readonly unverifiable: boolean
}

/** Installs and starts a package with one interpreter and one version of an SDK, by the same checks as everywhere. */
export async function tryCombination(candidate: Candidate, {interpreter, sdk, hold}: Run, task: Task): Promise<Tried> {
  const host = hostWith(interpreter, task.host)
  let installed: string | undefined
  const trial: Trial = {
    ...(hold === undefined ? {} : {hold}),
    installed: async folder => {
      if (sdk === undefined) return
      installed = await installedVersion(host, {folder, runtime: interpreter.runtime}, sdk.name)
    },
  }
  const settings = {...task.settings, trial}
  const outcome = await verify(candidate, {...task, host, settings}).catch(unreachable)
  const known = sdk === undefined ? {} : {sdk: installed === undefined ? sdk : {...sdk, version: installed}}
  const about = {runtime: interpreter.asked, runtimeVersion: interpreter.version, ...known}
  if (typeof outcome === 'string')
    return {combination: {...about, result: 'skipped', reason: outcome}, unverifiable: true}
  if (hold !== undefined && installed !== undefined && installed !== hold.version) {
    const reason = `the package brings ${hold.name} ${installed} with it, so that ${hold.version} cannot be tried`
    return {
      combination: {...about, ...(sdk === undefined ? {} : {sdk}), result: 'skipped', reason},
      unverifiable: false,
    }
  }
  return {
    combination: {...about, ...judge(publishable(outcome, secretsOf(settings)))},
    unverifiable: outcome.unverifiable,
  }
}

// A registry that is down says nothing of the combination.
function unreachable(error: unknown): string {
  if (error instanceof ActionError && error.code === 'DOWNLOAD') return error.message
  throw error
}

function judge({server}: Outcome): Pick<Combination, 'result' | 'reason' | 'hint' | 'protocol' | 'tools'> {
  const {status, reason = '', hint, protocol, tools} = server
  if (status === 'skipped') return {result: 'skipped', reason, ...(hint === undefined ? {} : {hint})}
  if (status === 'unverified') return {result: 'skipped', reason: decisiveLine(reason)}
  if (status === 'verified' || status === 'checked') {
    return {result: 'works', ...(protocol === undefined ? {} : {protocol}), tools: tools?.length ?? 0}
  }
  const failed = server.checks.find(check => check.status === 'failed')
  const line = decisiveLine(failed?.detail ?? reason)
  if (/is not a supported wheel on this platform/.test(line)) {
    return {result: 'excluded', reason: 'the tags in the name of the wheel do not allow it'}
  }
  // What an installer or a traceback says needs no name before it.
  const named =
    failed === undefined || ['installs', 'handshake'].includes(failed.name) ? line : `${failed.name}: ${line}`
  return {result: 'fails', reason: named}
}
