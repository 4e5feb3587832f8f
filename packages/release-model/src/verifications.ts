import {type Plan, installableFiles} from './plan'
import {type Platform, platformParts} from './platform'
import {defaultVerifyOn} from './verify-on'

/**
 * The runners of GitHub whose platform is one that files are built for
 * (https://docs.github.com/en/actions/reference/runners/github-hosted-runners).
 */
const runners = {
  'linux/amd64': 'ubuntu-24.04',
  'linux/arm64': 'ubuntu-24.04-arm',
  'darwin/amd64': 'macos-15-intel',
  'darwin/arm64': 'macos-15',
  'windows/amd64': 'windows-2025',
  'windows/arm64': 'windows-11-arm',
} as const satisfies Partial<Record<Platform, string>>

/** The platforms on which servers can be started. */
export const nativePlatforms = Object.keys(runners) as readonly (keyof typeof runners)[]

/** Where files of a release are started. */
export interface PlannedVerification {
  /** In words that a file name can hold, such as `linux-amd64`. */
  readonly id: string
  readonly platform: keyof typeof runners
  /** The label of the runner. */
  readonly runner: string
  /** The one whose lists of tools and tables of compatibility are those of the release. */
  readonly first: boolean
}

// Where what runs everywhere is started: once for each system, on the processor that most people have.
const mostUsed: readonly Platform[] = ['linux/amd64', 'darwin/arm64', 'windows/amd64']

function onceForEachSystem(wanted: readonly Platform[]): readonly Platform[] {
  return mostUsed.flatMap(usual => {
    if (wanted.includes(usual)) return [usual]
    const [system] = platformParts(usual)
    return nativePlatforms.filter(each => wanted.includes(each) && platformParts(each)[0] === system).slice(0, 1)
  })
}

/**
 * Where the files of a release are started: on the platforms of the setting `verify-on` that one of them is made for, Linux
 * first, and what runs everywhere once on each system.
 */
export function verificationsOf(plan: Plan): readonly PlannedVerification[] {
  const files = installableFiles(plan)
  const isFree = files.some(({kind, platform}) => platform === undefined && kind !== 'sdist' && kind !== 'image')
  const own = files.flatMap(({platform}) =>
    platform === 'darwin/universal' ? (['darwin/arm64', 'darwin/amd64'] as const) : (platform ?? []),
  )
  const wanted: readonly Platform[] = plan.settings['verify-on'] ?? defaultVerifyOn
  const useful = new Set<Platform>([...own, ...(isFree ? onceForEachSystem(wanted) : []), 'linux/amd64'])
  const chosen = nativePlatforms.filter(each => useful.has(each) && wanted.includes(each))
  // There is always one: the tools of the release are listed there.
  const platforms = chosen.length === 0 ? nativePlatforms.filter(each => wanted.includes(each)).slice(0, 1) : chosen
  return platforms.map((platform, at) => ({
    id: platform.replace('/', '-'),
    platform,
    runner: runners[platform],
    first: at === 0,
  }))
}
