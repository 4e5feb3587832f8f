import type {Finding, Host} from '@mcp-release/action-kit'
import {namespaceOf, ownerCaseProblem} from '@mcp-release/server-json'
import type {Request} from './inputs'

/** Whether the login will be allowed to publish under this name: an error when it is about to, else a warning. */
export function namespaceFindings(
  name: string,
  {request, env}: {readonly request: Pick<Request, 'credentials' | 'dryRun'>; readonly env: Host['env']},
): readonly Finding[] {
  const {credentials, dryRun} = request
  const owner = env['GITHUB_REPOSITORY_OWNER'] ?? env['GITHUB_REPOSITORY']?.split('/')[0]
  const [namespace = ''] = name.split('/')
  const other = (text: string): Finding => ({level: dryRun ? 'warning' : 'error', text: `server.json: name: ${text}`})
  const isOf = (right: string, below: boolean) => namespace === right || (below && namespace.startsWith(`${right}.`))
  if (credentials.kind === 'dns' || credentials.kind === 'http') {
    const right = namespaceOf(credentials.domain)
    if (isOf(right, credentials.kind === 'dns')) return []
    return [other(`${JSON.stringify(name)} must begin with "${right}/" when one logs in for ${credentials.domain}`)]
  }
  if (credentials.kind !== 'github-oidc' || owner === undefined) return []
  const spelling = ownerCaseProblem(name, owner)
  if (spelling !== undefined) return [{level: 'error', text: `server.json: ${spelling}`}]
  if (isOf(`io.github.${owner}`, false)) return []
  return [
    other(
      `${JSON.stringify(name)} must begin with "io.github.${owner}/" when a job of ${owner} publishes it; for a domain use the login dns or http`,
    ),
  ]
}
