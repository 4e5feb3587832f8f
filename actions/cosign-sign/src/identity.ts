import type {Host} from '@mcp-release/action-kit'
import type {Identity} from './certificate'
import type {Expectation} from './plan'

/** The run that this is, in the words of a certificate, as far as it is known. */
export type Run = Partial<Identity>

/** What a job's identity token says of it; https://docs.github.com/en/actions/reference/security/oidc */
export type Claims = Readonly<Partial<Record<'iss' | 'job_workflow_ref' | 'repository_id' | 'ref', string>>>

/** A release whose signatures may come from an earlier run. */
export interface SignedRelease {
  readonly tag: string
  /** The commit of the tag. */
  readonly commit?: string
}

/** What the runner says of this run, and the token where the runner does not. */
export function currentRun(env: Host['env'], claims: Claims = {}): Run {
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const url = (path: string | undefined) => (path ? `${server}/${path}` : undefined)
  const known: Record<keyof Identity, string | undefined> = {
    identity: url(claims.job_workflow_ref),
    issuer: claims.iss,
    repository: url(env['GITHUB_REPOSITORY']),
    repositoryId: env['GITHUB_REPOSITORY_ID'] || claims.repository_id,
    workflow: url(env['GITHUB_WORKFLOW_REF']),
    ref: env['GITHUB_REF'] || claims.ref,
    commit: env['GITHUB_SHA'],
  }
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== ''))
}

const words: Readonly<Record<keyof Identity, string>> = {
  identity: 'identity',
  issuer: 'issuer',
  workflow: 'workflow',
  repository: 'repository',
  repositoryId: 'repository id',
  ref: 'ref',
  commit: 'commit',
}

/**
 * The differences between a certificate and the run that this is. In a called workflow the identity is the called file; the
 * workflow that was started stands in another field. A certificate that does not say its repository is never this run's.
 */
export function identityProblems(signer: Identity, run: Run): readonly string[] {
  return [
    ...nameless(signer),
    ...fieldsOf(words).flatMap(field => {
      const [found, expected] = [signer[field], run[field]]
      return expected === undefined || found === expected ? [] : [differs(field, found, expected)]
    }),
  ]
}

/**
 * The differences between a certificate and what an earlier run of the same release has: the same workflow of the same
 * repository, started by the tag or as this run was. The ref of a called workflow may be another one: it is what the started
 * workflow said then.
 */
export function earlierProblems(signer: Identity, run: Run, {tag, commit}: SignedRelease): readonly string[] {
  const tagRef = `refs/tags/${tag}`
  const refs = [tagRef, run.ref]
  const tagCommit = signer.ref === tagRef ? (commit ?? (run.ref === tagRef ? run.commit : undefined)) : undefined
  const called = isCalled(signer)
  return [
    ...nameless(signer),
    ...unlike('issuer', signer.issuer, [run.issuer]),
    ...(run.repositoryId === undefined
      ? unlike('repository', signer.repository, [run.repository])
      : unlike('repositoryId', signer.repositoryId, [run.repositoryId])),
    ...unlike('workflow', fileOf(signer, 'workflow'), [fileOf(run, 'workflow')]),
    ...unlike('workflow', refOf(signer.workflow), refs),
    ...unlike('identity', fileOf(signer, 'identity'), [fileOf(run, 'identity')]),
    ...(called ? [] : unlike('identity', refOf(signer.identity), refs)),
    ...unlike('ref', signer.ref, refs),
    ...unlike('commit', signer.commit, [tagCommit]),
  ]
}

/** Whether the workflow that signed is another repository's, called by the one that was started. */
function isCalled({identity, repository}: Identity): boolean {
  return repository !== undefined && !identity.startsWith(`${repository}/`)
}

/** What users must demand of a keyless signature. */
export function expectationOf(signer: Identity): Expectation {
  const {identity, issuer, repository} = signer
  // The identity of a called workflow is shared by all its callers: only the repository tells whose release it is.
  const caller = repository !== undefined && isCalled(signer) ? {caller: new URL(repository).pathname.slice(1)} : {}
  return {kind: 'keyless', identity, issuer, ...caller}
}

function nameless(signer: Identity): readonly string[] {
  const missing = (['repository', 'repositoryId'] as const).filter(field => (signer[field] ?? '') === '')
  return missing.map(field => `the certificate names no ${words[field]}`)
}

function unlike(
  field: keyof Identity,
  found: string | undefined,
  expected: readonly (string | undefined)[],
): readonly string[] {
  const known = [...new Set(expected.filter(each => each !== undefined))]
  const isOne = found !== undefined && known.includes(found)
  return known.length === 0 || isOne ? [] : [differs(field, found, known.join(' or '))]
}

function differs(field: keyof Identity, found: string | undefined, expected: string): string {
  return `the ${words[field]} of the certificate is ${found ?? 'not there'}, this run's is ${expected}`
}

// `https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1`: the file, without the repository where that is the
// signer's own, because it may have had another name; and what follows.
function fileOf(who: Run, field: 'workflow' | 'identity'): string | undefined {
  const file = /^[^@]+/.exec(who[field] ?? '')?.[0]
  if (file === undefined) return undefined
  const own = `${who.repository ?? ''}/`
  return file.startsWith(own) ? file.slice(own.length) : file
}

function refOf(workflow = ''): string | undefined {
  const at = workflow.indexOf('@')
  return at < 0 ? undefined : workflow.slice(at + 1)
}

function fieldsOf<T extends object>(record: T): readonly (keyof T)[] {
  return Object.keys(record) as (keyof T)[]
}
