import type {InputsOf} from '@mcp-release/action-kit'
import type {RepositoryName} from '@mcp-release/github'
import {parseTag} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {type FileLine, parseFileLines} from './file-line'
import {foreignInputs} from './foreign-inputs'
import {isTag, tagOf} from './tag'
import type {Task} from './task'

/** The inputs as the runner hands them over. */
export type RawInputs = InputsOf<typeof contract>

/** What the release shall be. */
export interface Inputs {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly token: string
  readonly repository: RepositoryName
  /** Empty only with `releaseId`: then the release says it. */
  readonly tag: string
  readonly releaseId: number | undefined
  readonly files: readonly FileLine[]
  /** Patterns of files that are left out. */
  readonly exclude: readonly string[]
  readonly prerelease: boolean
  readonly makeLatest: 'auto' | 'true' | 'false' | 'legacy'
  /** The commit or branch for a tag that does not exist. */
  readonly target: string | undefined
  readonly commit: Task['commit']
  /** Whether the release is completed and, unless `draft`, made public. */
  readonly complete: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

/** Checks the inputs against each other and completes them from the runner's variables; adds all problems. */
export function refine(raw: RawInputs, env: Environment, problems: string[]): Inputs {
  problems.push(...foreignInputs(env))
  checkTogether(raw, problems)
  const given = raw.repository ?? env['GITHUB_REPOSITORY'] ?? ''
  const tag = readTag(raw, env, problems)
  // A tag that says no version is not taken for a stable one, unless it is told to be the latest.
  const stable = raw.makeLatest === 'true'
  const prerelease =
    raw.prerelease === 'auto' ? (parseTag(tag)?.version.prerelease ?? !stable) : raw.prerelease === 'true'
  if (stable && prerelease)
    problems.push(`make-latest: "true", but ${JSON.stringify(tag)} is a prerelease, which cannot be the latest release`)
  const {files, exclude} = parseFileLines(raw.files, problems)
  const ownRepository = given.toLowerCase() === env['GITHUB_REPOSITORY']?.toLowerCase()
  return {
    apiUrl: (env['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/+$/, ''),
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] ?? 'https://api.github.com/graphql',
    token: raw.token,
    repository: readRepository(given, problems),
    tag,
    releaseId: raw.releaseId,
    files,
    exclude: [...raw.exclude, ...exclude],
    prerelease,
    makeLatest: raw.makeLatest,
    target: raw.targetCommitish ?? (ownRepository ? env['GITHUB_SHA'] : undefined),
    commit: commitOf(raw.targetCommitish, ownRepository ? env : {}),
    complete: raw.publish,
  }
}

// A branch says no commit. In a run that a tag started, the commit is that of this tag.
function commitOf(target = '', {GITHUB_REF: ref = '', GITHUB_SHA: sha}: Environment): Task['commit'] {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(target)) return {sha: target.toLowerCase()}
  return sha === undefined || !ref.startsWith('refs/tags/') ? undefined : {sha: sha.toLowerCase(), tag: tagOf(ref)}
}

function checkTogether(raw: RawInputs, problems: string[]): void {
  if (raw.token.startsWith('${{')) problems.push('token: empty; outside a workflow there is no default')
  if (raw.previousTag !== undefined && !raw.generateNotes && raw.changelog === undefined)
    problems.push('previous-tag: only means something with `generate-notes: true`')
  if (raw.concurrency < 1 || raw.concurrency > 50)
    problems.push(`concurrency: ${raw.concurrency} is not between 1 and 50`)
  if (raw.changelog !== undefined && raw.tagName === undefined && raw.releaseId !== undefined)
    problems.push('changelog: needs `tag-name` too, since the version of the section is read from it')
  if (raw.timeout < 1) problems.push('timeout: 0 would give up every attempt at once')
  if (raw.publish) return
  const later = {expect: raw.expect.length > 0, prune: raw.prune.length > 0, checksums: raw.checksums, draft: raw.draft}
  for (const [name, isGiven] of Object.entries(later)) {
    if (isGiven) problems.push(`${name}: belongs to the job that completes the release, but \`publish\` is false here`)
  }
}

function readRepository(given: string, problems: string[]): RepositoryName {
  const [, owner = '', name = ''] = /^([\w.-]+)\/([\w.-]+)$/.exec(given) ?? []
  const isName = ![owner, name].some(part => part === '' || part === '.' || part === '..')
  if (!isName) problems.push(`repository: ${JSON.stringify(given)} is not owner/name`)
  return {owner, name}
}

function readTag(raw: RawInputs, env: Environment, problems: string[]): string {
  const ref = env['GITHUB_REF'] ?? ''
  if (raw.tagName === undefined && raw.releaseId !== undefined) return ''
  if (raw.tagName === undefined && !ref.startsWith('refs/tags/')) {
    problems.push(`tag-name: required, since the event is not that of a tag (GITHUB_REF is ${JSON.stringify(ref)})`)
    return ''
  }
  const tag = tagOf(raw.tagName ?? ref)
  if (!isTag(tag))
    problems.push(`tag-name: ${JSON.stringify(raw.tagName ?? ref)} is no name that git accepts for a tag`)
  return tag
}
