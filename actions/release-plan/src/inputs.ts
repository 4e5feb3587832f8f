import {type InputsOf, rejectProblems} from '@mcp-release/action-kit'
import {
  type Platform,
  type ReleaseSettings,
  type ReleaseTag,
  type Toolchain,
  defaultImagePlatforms,
  defaultPlatforms,
  parseTag,
  toolchains,
  versionProblem,
} from '@mcp-release/release-model'
import type {contract} from './action.gen'
import {effectiveSettings, settingsOfInputs} from './input-settings'

/** What the caller decided, in types that cannot hold nonsense. */
export interface Options {
  readonly tag?: ReleaseTag
  readonly targets: readonly Platform[]
  readonly imagePlatforms: readonly Platform[]
  readonly image: 'auto' | 'never'
  readonly bundles: 'auto' | 'never'
  readonly compatibility: boolean
  readonly toolchains: readonly Toolchain[]
  /** The platform of the machine that plans and of those that build; absent where no release is made. */
  readonly machine?: Platform
  /** What the settings file says, and the inputs instead. */
  readonly settings: ReleaseSettings
}

/** What was read before the inputs were looked at, with the problems that were met. */
export interface Before {
  readonly ref: string | undefined
  /** What the settings file says. */
  readonly file: ReleaseSettings
  readonly problems: readonly string[]
}

// A branch may be named like a version.
const isOtherRef = (name: string): boolean => name.startsWith('refs/') && !name.startsWith('refs/tags/')

/** Checks the inputs against each other and the event's ref; throws one error with every problem. */
export function refine(raw: InputsOf<typeof contract>, {ref, file, problems: met}: Before): Options {
  const problems = [...met]
  const named = raw.tag ?? (ref?.startsWith('refs/tags/') === true ? ref : undefined)
  const tag = named === undefined || isOtherRef(named) ? undefined : parseTag(named)
  if (named !== undefined && isOtherRef(named)) {
    problems.push(`tag: ${JSON.stringify(named)} is not a tag: push a v* tag, or name one`)
  } else if (named !== undefined && tag === undefined) {
    problems.push(
      `tag: ${JSON.stringify(named)} ${versionProblem(named) ?? ''}; a tag is a version, such as v1.2.3, or has one at its end, such as name-v1.2.3`,
    )
  }
  const known = toolchains as readonly string[]
  // An empty input means the default, so having none must be said.
  const none = raw.toolchains.length === 1 && raw.toolchains[0] === 'none'
  const strange = raw.toolchains.filter(each => !known.includes(each) && !none)
  problems.push(...strange.map(each => `toolchains: ${JSON.stringify(each)} is none of ${known.join(', ')}`))
  const settings = effectiveSettings(file, settingsOfInputs(raw, problems))
  const tried = [settings['python-versions'], settings['node-versions'], settings['sdk-versions']]
  const options = {
    targets: settings.targets ?? defaultPlatforms,
    imagePlatforms: settings['image-platforms'] ?? defaultImagePlatforms,
    image: settings.image ?? 'auto',
    bundles: settings.bundles ?? 'auto',
    compatibility: raw.compatibilityMatrix || tried.some(versions => versions !== undefined),
    toolchains: toolchains.filter(each => raw.toolchains.includes(each)),
    settings,
  }
  rejectProblems(problems)
  return tag === undefined ? options : {...options, tag}
}
