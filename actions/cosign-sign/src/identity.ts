import type {Host} from '@mcp-release/action-kit'
import type {Identity} from './certificate'
import type {Expectation} from './plan'

/**
 * The differences between a certificate and the run that this is, as far as the runner says which run it is. In a
 * called workflow the identity is the called file; the workflow that was started stands in another field.
 */
export function identityProblems(signer: Identity, env: Host['env']): readonly string[] {
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com'
  const url = (path: string | undefined) => (path === undefined || path === '' ? undefined : `${server}/${path}`)
  const compare = (what: string, found: string | undefined, expected: string | undefined) =>
    expected === undefined || expected === '' || found === undefined || found === expected
      ? []
      : [`the ${what} of the certificate is ${found}, this run's is ${expected}`]
  return [
    ...compare('workflow', signer.workflow, url(env['GITHUB_WORKFLOW_REF'])),
    ...compare('repository', signer.repository, url(env['GITHUB_REPOSITORY'])),
    ...compare('commit', signer.commit, env['GITHUB_SHA']),
  ]
}

/** What users must demand of a keyless signature. */
export function expectationOf({identity, issuer, repository}: Identity): Expectation {
  // The identity of a called workflow is shared by all its callers: only the repository tells whose release it is.
  const called = repository !== undefined && !identity.startsWith(`${repository}/`)
  return {kind: 'keyless', identity, issuer, ...(called ? {caller: new URL(repository).pathname.slice(1)} : {})}
}
