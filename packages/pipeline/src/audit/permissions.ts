import type {Job} from '../job'
import {expressionsIn} from '../value'
import {allSteps} from './steps'

// Those whose work is to sign and to release.
const secrets: Readonly<Record<string, readonly string[]>> = {'cosign-sign': ['key', 'key-password']}
const writers: Readonly<Record<string, string>> = {
  'cosign-sign': 'id-token',
  'mcp-publish': 'id-token',
  'gh-release': 'contents',
}

/** No code of the user's runs where a token can write, an identity or a secret is. */
export function permissionProblems(jobs: readonly Job[]): readonly string[] {
  return jobs.flatMap(job => {
    const writes = job.permissions.filter(({access}) => access === 'write')
    const isClean = job.runs === 'no' && job.checkout === undefined && job.toolchains === undefined
    const scopes = new Set(
      allSteps(job).flatMap(({action, inputs}) => (inputs['dry-run'] === 'true' ? [] : (writers[action] ?? []))),
    )
    return [
      ...writes.filter(() => !isClean).map(({scope}) => `${job.id}: may write ${scope} beside code of the user's`),
      ...writes
        .filter(({scope}) => !scopes.has(scope))
        .map(({scope}) => `${job.id}: may write ${scope}, which none of its steps needs`),
      ...[...scopes]
        .filter(scope => !writes.some(each => each.scope === scope))
        .map(scope => `${job.id}: has a step that needs to write ${scope}`),
      ...allSteps(job).flatMap(({action, inputs}) =>
        Object.entries(inputs)
          .filter(
            ([name, value]) =>
              expressionsIn(value).some(({kind}) => kind === 'secret') && secrets[action]?.includes(name) !== true,
          )
          .map(([name]) => `${job.id}: ${action} gets a secret as ${name}`),
      ),
    ]
  })
}
