import {type InputsOf, rejectProblems} from '@mcp-release/action-kit'
import {
  type Platform,
  type ReleaseVersion,
  type Toolchain,
  isPlatform,
  parseVersion,
  toolchains,
} from '@mcp-release/release-model'
import type {contract} from './action.gen'

/** What the caller decided, in types that cannot hold nonsense. */
export interface Options {
  readonly tag?: ReleaseVersion
  readonly targets: readonly Platform[]
  readonly imagePlatforms: readonly Platform[]
  readonly image: 'auto' | 'never'
  readonly bundles: 'auto' | 'never'
  readonly compatibility: boolean
  readonly toolchains: readonly Toolchain[]
}

/** Checks the inputs against each other and the event's ref; throws one error with every problem. */
export function refine(raw: InputsOf<typeof contract>, ref: string | undefined): Options {
  const problems: string[] = []
  const named = raw.tag ?? (ref?.startsWith('refs/tags/') === true ? ref : undefined)
  const tag = named === undefined ? undefined : parseVersion(named)
  if (named !== undefined && tag === undefined) {
    problems.push(`tag: ${JSON.stringify(named)} is neither SemVer (v1.2.3, v1.2.3-rc.1) nor PEP 440 (v1.2.3rc1)`)
  }
  const known = toolchains as readonly string[]
  // An empty input means the default, so having none must be said.
  const none = raw.toolchains.length === 1 && raw.toolchains[0] === 'none'
  const strange = raw.toolchains.filter(each => !known.includes(each) && !none)
  problems.push(...strange.map(each => `toolchains: ${JSON.stringify(each)} is none of ${known.join(', ')}`))
  const options = {
    targets: readPlatforms('targets', raw.targets, problems),
    imagePlatforms: readPlatforms('image-platforms', raw.imagePlatforms, problems),
    image: raw.image,
    bundles: raw.bundles,
    compatibility: raw.compatibilityMatrix,
    toolchains: toolchains.filter(each => raw.toolchains.includes(each)),
  }
  rejectProblems(problems)
  return tag === undefined ? options : {...options, tag: {...tag, tag: (named ?? '').replace(/^refs\/tags\//, '')}}
}

function readPlatforms(input: string, texts: readonly string[], problems: string[]): readonly Platform[] {
  problems.push(
    ...texts
      .filter(text => !isPlatform(text))
      .map(text => `${input}: ${JSON.stringify(text)} is no platform such as linux/amd64`),
  )
  return [...new Set(texts.filter(isPlatform))]
}
