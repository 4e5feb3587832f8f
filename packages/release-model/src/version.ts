import parse from 'semver/functions/parse.js'

/** How far along a release is; SemVer 2.0.0 and PEP 440 pre-release names map to these. */
export type Channel = 'stable' | 'alpha' | 'beta' | 'rc' | 'other'

/** One version in the spellings of all ecosystems. */
export interface ReleaseVersion {
  /** The git tag, such as `v1.2.3-rc.1`. */
  readonly tag: string
  /** SemVer 2.0.0 without `v`, such as `1.2.3-rc.1`. */
  readonly semver: string
  /** PEP 440 normal form, such as `1.2.3rc1`; absent when the pre-release has no PEP 440 spelling. */
  readonly pep440?: string
  readonly prerelease: boolean
  readonly channel: Channel
}

const pep440Tag = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(a|b|rc)(\d+))?$/
const letters = {alpha: 'a', beta: 'b', rc: 'rc'} as const
const words = {a: 'alpha', b: 'beta', rc: 'rc'} as const

/**
 * Reads a tag or version: SemVer, or PEP 440 with up to three numbers; with or without `refs/tags/` and `v`.
 * Returns `undefined` when it is neither.
 */
export function parseVersion(text: string): ReleaseVersion | undefined {
  const bare = text.replace(/^refs\/tags\//, '').replace(/^v(?=\d)/, '')
  const parsed = parse(bare, {loose: false}) ?? parse(fromPep440(bare))
  if (parsed === null || parsed.build.length > 0) return undefined
  const [word, number, ...rest] = parsed.prerelease
  const channel = channelOf(word)
  const suffix = pep440Suffix(channel, number, rest)
  const release = `${parsed.major}.${parsed.minor}.${parsed.patch}`
  return {
    tag: `v${parsed.version}`,
    semver: parsed.version,
    ...(suffix === undefined ? {} : {pep440: release + suffix}),
    prerelease: parsed.prerelease.length > 0,
    channel,
  }
}

function fromPep440(text: string): string {
  const [, major, minor = '0', patch = '0', letter, number] = pep440Tag.exec(text) ?? []
  if (major === undefined) return ''
  const suffix = letter === undefined ? '' : `-${words[letter as keyof typeof words]}.${Number(number)}`
  return `${Number(major)}.${Number(minor)}.${Number(patch)}${suffix}`
}

function channelOf(word: string | number | undefined): Channel {
  if (word === undefined) return 'stable'
  return word === 'alpha' || word === 'beta' || word === 'rc' ? word : 'other'
}

function pep440Suffix(
  channel: Channel,
  number: string | number | undefined,
  rest: readonly unknown[],
): string | undefined {
  if (channel === 'stable') return ''
  if (channel === 'other' || rest.length > 0 || (number !== undefined && typeof number !== 'number')) return undefined
  return `${letters[channel]}${number ?? 0}`
}

/** The PEP 440 normal form of one version, with as many numbers as it was given; as file names of Python packages have it. */
export function normalizedPythonVersion(text: string): string {
  const [, release, letter, number] = /^(\d+(?:\.\d+){0,2})(?:(a|b|rc)(\d+))?$/.exec(text) ?? []
  if (release === undefined) return parseVersion(text)?.pep440 ?? text
  const numbers = release.split('.').map(Number).join('.')
  return numbers + (letter === undefined ? '' : `${letter}${Number(number)}`)
}

/** Whether two spellings, SemVer or PEP 440, mean the same version. */
export function sameVersion(one: string, other: string): boolean {
  const [a, b] = [parseVersion(one), parseVersion(other)]
  return a === undefined || b === undefined ? one === other : a.semver === b.semver
}
