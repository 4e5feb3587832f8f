import {setTimeout as sleep} from 'node:timers/promises'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {sameVersion} from '@mcp-release/release-model'
import {build} from './build'
import type {Buildx} from './buildx'
import type {Request} from './inputs'
import {type BuildPlan, digestOutput} from './plan'
import type {Reference} from './reference'

/** An image that was checked and is now to be published. */
export interface Publication {
  readonly request: Request
  readonly plan: BuildPlan
  /** What was checked; nothing else may get a tag. */
  readonly digest: string
  readonly folder: string
}

/** How long to wait before each further attempt, in milliseconds. */
export type Pauses = readonly number[]

const usualPauses: Pauses = [2_000, 8_000, 30_000]

/**
 * Pushes the image to each repository by digest, then sets the tags: whoever pulls a tag gets a whole image. What a
 * registry has already is not sent again. Returns `repository@digest` of each repository.
 */
export async function push(
  host: Host,
  tool: Buildx,
  {publication, pauses = usualPauses}: {readonly publication: Publication; readonly pauses?: Pauses},
): Promise<readonly string[]> {
  const {request, digest} = publication
  const wanted = await unsetTags(host, tool, publication)
  const repositories = [...new Set(request.tags.map(tag => tag.repository))]
  for (const repository of repositories) {
    if (wanted.some(tag => tag.repository === repository))
      await host.group(`Push to ${repository}`, () =>
        persist(host, {pauses, name: repository}, () => pushDigest(host, tool, {...publication, repository})),
      )
  }
  for (const {repository, tag} of wanted) {
    const name = `${repository}:${tag}`
    const command = [...tool.buildx, 'imagetools', 'create', `--builder=${tool.builder}`, '--prefer-index=false']
    const argv = [...command, `--tag=${name}`, `${repository}@${digest}`]
    await host.group(`Tag ${name}`, () => persist(host, {pauses, name}, () => host.exec(argv)))
  }
  await confirmTags(host, tool, publication)
  return repositories.map(repository => `${repository}@${digest}`)
}

async function pushDigest(
  host: Host,
  tool: Buildx,
  {plan, folder, repository, digest}: Publication & {readonly repository: string},
): Promise<void> {
  const pushed = await build(host, tool, {plan, folder, output: digestOutput(repository)})
  if (pushed === digest) return
  throw new ActionError('DIGEST', `${repository}: ${pushed} was pushed, but ${digest} was built and checked before`, {
    hint: 'No tag was set. The build gives other bytes each time and the builder lost its cache: pin what the Containerfile downloads.',
  })
}

// A version that is out must stay what it is; a tag such as `latest` may move.
async function unsetTags(host: Host, tool: Buildx, {request, digest}: Publication): Promise<readonly Reference[]> {
  const unset: Reference[] = []
  const problems: string[] = []
  for (const reference of request.tags) {
    const name = `${reference.repository}:${reference.tag}`
    const there = await digestOf(host, tool, name)
    if (there === digest) host.info(`${name}: is there already, with the same bytes`)
    else if (there !== undefined && isVersion(reference, request))
      problems.push(`${name} is published as ${there}, but ${digest} was built`)
    else unset.push(reference)
  }
  if (problems.length === 0) return unset
  throw new ActionError('PUBLISHED', problems.join('\n'), {
    hint: 'A published version never changes. Release a new version, or build the commit that was published.',
  })
}

function isVersion({tag}: Reference, {version}: Request): boolean {
  return /^v?\d+\.\d+\.\d+/.test(tag) || (version !== undefined && sameVersion(tag, version.text) && /\..*\./.test(tag))
}

async function confirmTags(host: Host, tool: Buildx, {request, digest}: Publication): Promise<void> {
  for (const {repository, tag} of request.tags) {
    const there = await digestOf(host, tool, `${repository}:${tag}`)
    if (there === digest) continue
    throw new ActionError('DIGEST', `${repository}:${tag} is ${there ?? 'not there'} after the push, not ${digest}`, {
      hint: 'Something else sets the same tag. Let only one job push it (concurrency), and run this one again.',
    })
  }
}

// `undefined` also when the registry cannot be asked: then the push itself says why.
async function digestOf(host: Host, {buildx, builder}: Buildx, name: string): Promise<string | undefined> {
  const argv = [...buildx, 'imagetools', 'inspect', `--builder=${builder}`, '--format={{.Manifest.Digest}}', name]
  const answer = await host.exec(argv, {quiet: true, check: false})
  return answer.exitCode === 0 ? /sha256:[0-9a-f]{64}/.exec(answer.stdout)?.[0] : undefined
}

const passing =
  /429 Too Many|50[0234] (?:Internal|Bad|Service|Gateway)|too ?many ?requests|timeout|timed out|deadline exceeded|connection (?:reset|refused)|broken pipe|unexpected EOF/i
const denied = /40[13] (?:Unauthorized|Forbidden)|\bdenied\b|authentication required|insufficient_scope/i

async function persist<T>(
  host: Host,
  {pauses, name}: {readonly pauses: Pauses; readonly name: string},
  attempt: () => Promise<T>,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ActionError) || !passing.test(error.message) || denied.test(error.message))
        throw pushError(name, error)
      host.info(`${error.message.split('\n').at(-1) ?? ''}\nTrying again in ${pause / 1000} s`)
      await sleep(pause)
    }
  }
  return attempt().catch((error: unknown) => {
    throw pushError(name, error)
  })
}

function pushError(name: string, error: unknown): unknown {
  if (!(error instanceof ActionError) || error.code === 'DIGEST') return error
  const hint = denied.test(error.message)
    ? 'Log in to the registry before (docker/login-action), with permission to write; on ghcr.io the job needs packages: write, and a package that exists already must give this repository write access in its settings.'
    : (error.hint ?? 'Run the job again: what was pushed already is recognised.')
  return new ActionError('PUSH', `${name}: ${error.message}`, {hint, cause: error})
}
