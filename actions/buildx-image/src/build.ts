import {join} from 'node:path'
import {ActionError, type ExecResult, type Host, endingWords} from '@mcp-release/action-kit'
import type {Buildx} from './buildx'
import {isDigest} from './digest'
import type {Pair} from './inputs'
import {type BuildPlan, buildCommand} from './plan'

/** One run of buildx: what is built, where the result goes, and a folder for what buildx says about it. */
export interface BuildRun {
  readonly plan: BuildPlan
  readonly output: readonly Pair[]
  readonly folder: string
}

/** Builds and returns the digest of what was made. */
export async function build(host: Host, tool: Buildx, {plan, output, folder}: BuildRun): Promise<string> {
  const metadata = join(folder, 'metadata.json')
  const argv = buildCommand(tool, plan, {output, metadata})
  const answer = await host.exec(argv, {env: plan.env, check: false})
  if (answer.exitCode !== 0) throw buildError(answer)
  const made: unknown = JSON.parse(await host.files.readText(metadata))
  const digest: unknown = (made as Readonly<Record<string, unknown>>)['containerimage.digest']
  if (typeof digest === 'string' && isDigest(digest)) return digest
  throw new ActionError('BUILD', 'buildx named no digest of what it built', {
    hint: 'Update buildx to 0.13 or newer and BuildKit to 0.13 or newer.',
  })
}

const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /exec format error/i,
    'A RUN instruction was started on a processor that this machine does not have. Install emulation before ' +
      '(docker/setup-qemu-action; on Debian the packages qemu-user-static and binfmt-support), or compile on ' +
      'the machine itself: FROM --platform=$BUILDPLATFORM and TARGETOS, TARGETARCH.',
  ],
  [
    /no match for platform in manifest|does not provide the specified platform/i,
    'The base image does not exist for every platform in `platforms`: leave that platform out or change the base image.',
  ],
  [
    /toomanyrequests|429 Too Many Requests/i,
    'The registry of a base image limits pulls: log in to it before, or use a mirror.',
  ],
  [
    /failed to resolve source metadata[\s\S]*(?:401|403|unauthorized|denied|authorization failed|insufficient_scope)/i,
    'The base image is private, or does not exist: log in to its registry before (docker/login-action), or correct its name in FROM.',
  ],
  [
    /failed to resolve source metadata[\s\S]*(?:not found|manifest unknown|no such host|server misbehaving)/i,
    'The base image that FROM names is not there, or its registry cannot be reached: correct its name and tag, or try again.',
  ],
  [
    /failed to (?:compute cache key|calculate checksum)[\s\S]*not found|"\/[^"]*": not found/i,
    'A file that COPY or ADD names is not in the build context: name the folder that holds it in the input `context` ' +
      '(in a release `builds: {…: {context: …}}` in .github/mcp-release.yml), and look whether .dockerignore leaves it out.',
  ],
  [/no space left on device/i, 'The disk is full: build fewer platforms in one job, or use a larger runner.'],
  [
    /rewrite-timestamp|unknown attribute|unsupported attribute/i,
    'BuildKit is too old: 0.13 or newer is needed. Name a newer builder (BUILDX_BUILDER, or the input `builder` of buildx-image), or none, as in a release: a new one is then made.',
  ],
]

/** `BUILD`: the last words of BuildKit, with the remedy where one is known. */
export function buildError({
  exitCode,
  stdout,
  stderr,
}: Pick<ExecResult, 'exitCode' | 'stdout' | 'stderr'>): ActionError {
  const words = (stderr.trim() || stdout.trim()).split('\n').slice(-15).join('\n')
  const hint = remedies.find(([rule]) => rule.test(stderr))?.[1]
  return new ActionError('BUILD', `buildx build ${endingWords(exitCode)}:\n${words}`, hint === undefined ? {} : {hint})
}
