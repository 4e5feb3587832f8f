import {ActionError, type Host, errorText} from '@mcp-release/action-kit'
import {type Publisher, type RetryPolicy, publishAll} from '@mcp-release/publishing'
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

const usualRetries: RetryPolicy = {attempts: 4, delay: 2_000, longestDelay: 30_000}

/** What is published: the image by its digest, and then each tag. */
type Target =
  | {readonly kind: 'image'; readonly repository: string}
  | ({readonly kind: 'tag'} & Pick<Reference, 'repository' | 'tag'>)

/**
 * Pushes the image to each repository by digest, then sets the tags: whoever pulls a tag gets a whole image. What a
 * registry has already is not sent again. Returns `repository@digest` of each repository.
 */
export async function push(
  host: Host,
  tool: Buildx,
  {publication, policy = usualRetries}: {readonly publication: Publication; readonly policy?: RetryPolicy},
): Promise<readonly string[]> {
  const {request, digest} = publication
  const repositories = [...new Set(request.tags.map(tag => tag.repository))]
  const targets: readonly Target[] = [
    ...repositories.map(repository => ({kind: 'image' as const, repository})),
    ...request.tags.map(({repository, tag}) => ({kind: 'tag' as const, repository, tag})),
  ]
  const tell = ({error, delay}: {readonly error: unknown; readonly delay: number}) => {
    host.info(`${errorText(error).split('\n').at(-1) ?? ''}\nTrying again in ${Math.ceil(delay / 1000)} s`)
  }
  await publishAll(imagePublisher(host, tool, publication), targets, {policy, tell})
  return repositories.map(repository => `${repository}@${digest}`)
}

/** Image registries, through buildx. */
function imagePublisher(host: Host, tool: Buildx, publication: Publication): Publisher<Target> {
  const {request, digest} = publication
  return {
    look: async target => {
      const name = nameOf(target, digest)
      const there = await digestOf(host, tool, name)
      if (there === digest) {
        if (target.kind === 'tag') host.info(`${name}: is there already, with the same bytes`)
        return {kind: 'same'}
      }
      // A version that is out must stay what it is; a tag such as `latest` may move.
      if (there !== undefined && target.kind === 'tag' && isVersion(target, request))
        return {kind: 'different', difference: `${name} is published as ${there}, but ${digest} was built`}
      return {kind: 'absent'}
    },
    push: async target => {
      const name = nameOf(target, digest)
      try {
        await (target.kind === 'image'
          ? host.group(`Push to ${target.repository}`, () => pushDigest(host, tool, {...publication, ...target}))
          : host.group(`Tag ${name}`, () => setTag(host, tool, {...target, digest})))
      } catch (error) {
        throw pushError(target.kind === 'image' ? target.repository : name, error)
      }
    },
    confirm: target => (target.kind === 'image' ? Promise.resolve() : confirmTag(host, tool, {...target, digest})),
    failure: error =>
      error instanceof ActionError && transient.test(error.message) && !denied.test(error.message)
        ? {isTransient: true, isUncertain: false}
        : undefined,
    refusal: different =>
      new ActionError('PUBLISHED', different.map(({difference}) => difference).join('\n'), {
        hint: 'A published version never changes. Release a new version, or build the commit that was published.',
      }),
  }
}

const nameOf = (target: Target, digest: string): string =>
  target.kind === 'image' ? `${target.repository}@${digest}` : `${target.repository}:${target.tag}`

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

type Tag = Pick<Reference, 'repository' | 'tag'>

async function setTag(
  host: Host,
  tool: Buildx,
  {repository, tag, digest}: Tag & {readonly digest: string},
): Promise<void> {
  const command = [...tool.buildx, 'imagetools', 'create', `--builder=${tool.builder}`, '--prefer-index=false']
  await host.exec([...command, `--tag=${repository}:${tag}`, `${repository}@${digest}`])
}

function isVersion({tag}: Tag, {version}: Request): boolean {
  return /^v?\d+\.\d+\.\d+/.test(tag) || (version !== undefined && sameVersion(tag, version.text) && /\..*\./.test(tag))
}

async function confirmTag(
  host: Host,
  tool: Buildx,
  {repository, tag, digest}: Tag & {readonly digest: string},
): Promise<void> {
  const there = await digestOf(host, tool, `${repository}:${tag}`)
  if (there === digest) return
  throw new ActionError('DIGEST', `${repository}:${tag} is ${there ?? 'not there'} after the push, not ${digest}`, {
    hint: 'Something else sets the same tag. Let only one job push it (concurrency), and run this one again.',
  })
}

// `undefined` also when the registry cannot be asked: then the push itself says why.
async function digestOf(host: Host, {buildx, builder}: Buildx, name: string): Promise<string | undefined> {
  const argv = [...buildx, 'imagetools', 'inspect', `--builder=${builder}`, '--format={{.Manifest.Digest}}', name]
  const answer = await host.exec(argv, {quiet: true, check: false})
  return answer.exitCode === 0 ? /sha256:[0-9a-f]{64}/.exec(answer.stdout)?.[0] : undefined
}

const transient =
  /429 Too Many|50[0234] (?:Internal|Bad|Service|Gateway)|too ?many ?requests|timeout|timed out|deadline exceeded|connection (?:reset|refused)|broken pipe|unexpected EOF/i
const denied = /40[13] (?:Unauthorized|Forbidden)|\bdenied\b|authentication required|insufficient_scope/i

function pushError(name: string, error: unknown): unknown {
  if (!(error instanceof ActionError) || error.code === 'DIGEST') return error
  const hint = denied.test(error.message)
    ? 'Log in to the registry before (docker/login-action), with permission to write; on ghcr.io the job needs packages: write, and a package that exists already must give this repository write access in its settings.'
    : (error.hint ?? 'Run the job again: what was pushed already is recognised.')
  return new ActionError('PUSH', `${name}: ${error.message}`, {hint, cause: error})
}
