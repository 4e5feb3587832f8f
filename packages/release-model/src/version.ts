import {clean, compare as comparePython, parse as parsePep440} from '@renovatebot/pep440'
import compareSemver from 'semver/functions/compare.js'
import parseSemver from 'semver/functions/parse.js'

/** How far along a release is; SemVer 2.0.0 and PEP 440 pre-release names map to these. */
export type Channel = 'stable' | 'alpha' | 'beta' | 'rc' | 'other'

/** One version in the spellings of all ecosystems; at least one of `semver` and `pep440` is there. */
export interface ReleaseVersion {
  /** The git tag, such as `v1.2.3-rc.1`. */
  readonly tag: string
  /** The spelling that files carry whose ecosystem has none of its own: SemVer, else PEP 440. */
  readonly text: string
  /** SemVer 2.0.0 without `v`, such as `1.2.3-rc.1`; absent for post releases and for more than three numbers. */
  readonly semver?: string
  /** PEP 440 normal form, such as `1.2.3rc1`; absent when the pre-release has no PEP 440 spelling. */
  readonly pep440?: string
  readonly prerelease: boolean
  readonly channel: Channel
}

const channels = {a: 'alpha', b: 'beta', rc: 'rc'} as const

/**
 * Reads a tag or version: SemVer (https://semver.org), or any spelling that PEP 440 normalises
 * (https://packaging.python.org/en/latest/specifications/version-specifiers/), with or without `refs/tags/` and `v`.
 * Returns `undefined` when it is neither, and for what no release can have: see `versionProblem`.
 */
export function parseVersion(text: string): ReleaseVersion | undefined {
  const bare = bareVersion(text)
  const python = readPython(bare)
  const semver = parseSemver(bare, {loose: false})
  if (python?.post !== undefined && (semver === null || /post|r/i.test(bare))) return pythonOnly(python)
  if (semver === null) return python === undefined ? undefined : fromPython(python)
  if (semver.build.length > 0) return undefined
  const [word] = semver.prerelease
  const own = semver.prerelease.length === 0 || python?.post === undefined ? python : undefined
  return {
    tag: `v${semver.version}`,
    text: semver.version,
    semver: semver.version,
    ...(own === undefined ? {} : {pep440: spelled(own)}),
    prerelease: semver.prerelease.length > 0,
    channel: own === undefined ? channelOfWord(word) : channelOf(own),
  }
}

/** Why a text is not the version of a release, for messages: `is …` or `has …`. */
export function versionProblem(text: string): string | undefined {
  if (parseVersion(text) !== undefined) return undefined
  const bare = bareVersion(text)
  const python = parsePep440(bare)
  if (python === null && parseSemver(bare, {loose: false}) === null)
    return 'is neither SemVer (1.2.3, 1.2.3-rc.1) nor PEP 440 (1.2.3, 1.2.3rc1, 1.2.3.post1)'
  if (bare.includes('+')) return 'has a part behind +, which package registries refuse'
  if ((python?.epoch ?? 0) > 0) return 'has an epoch, which file names of a release cannot hold'
  return 'has a number that is too large'
}

/**
 * Whether a version in a repository stands for that of the tag: `0.0.0`, alone or with one word, as semantic-release has it
 * (https://semantic-release.gitbook.io/semantic-release/support/faq).
 */
export function isPlaceholderVersion(version: string): boolean {
  return /^0\.0\.0(?:-[A-Za-z][\w-]*)?$/.test(version)
}

function bareVersion(text: string): string {
  return text
    .replace(/^refs\/tags\//, '')
    .trim()
    .replace(/^v(?=\d)/i, '')
}

interface PythonVersion {
  readonly numbers: readonly number[]
  readonly pre?: readonly [letter: 'a' | 'b' | 'rc', number: number]
  readonly post?: number
  readonly dev?: number
}

// Without an epoch, a local part, or numbers that JavaScript would change.
function readPython(text: string): PythonVersion | undefined {
  const parsed = parsePep440(text)
  if (parsed === null || parsed.epoch !== 0 || parsed.local !== null) return undefined
  const {release, pre, post, dev} = parsed as unknown as Readonly<Record<string, readonly (string | number)[] | null>>
  const numberOf = (part: readonly (string | number)[] | null | undefined) =>
    part === null || part === undefined ? undefined : Number(part[1])
  const numbers = (release ?? []).map(Number)
  const [preNumber, postNumber, devNumber] = [numberOf(pre), numberOf(post), numberOf(dev)]
  const all = [...numbers, preNumber ?? 0, postNumber ?? 0, devNumber ?? 0]
  if (!all.every(Number.isSafeInteger)) return undefined
  return {
    numbers,
    ...(preNumber === undefined ? {} : {pre: [pre?.[0] as 'a' | 'b' | 'rc', preNumber] as const}),
    ...(postNumber === undefined ? {} : {post: postNumber}),
    ...(devNumber === undefined ? {} : {dev: devNumber}),
  }
}

function fromPython(python: PythonVersion): ReleaseVersion {
  const {pre, post, dev} = python
  const [major = 0, minor = 0, patch = 0, ...more] = python.numbers
  // SemVer has no fourth number, and orders a development release of a pre-release behind it.
  if (more.some(number => number > 0) || post !== undefined || (pre !== undefined && dev !== undefined))
    return pythonOnly(python)
  const suffix = pre === undefined ? (dev === undefined ? '' : `-dev.${dev}`) : `-${channels[pre[0]]}.${pre[1]}`
  const semver = `${major}.${minor}.${patch}${suffix}`
  return {
    tag: `v${semver}`,
    text: semver,
    semver,
    pep440: spelled(python),
    prerelease: suffix !== '',
    channel: channelOf(python),
  }
}

function pythonOnly(python: PythonVersion): ReleaseVersion {
  const text = spelled(python)
  const prerelease = python.pre !== undefined || python.dev !== undefined
  return {tag: `v${text}`, text, pep440: text, prerelease, channel: channelOf(python)}
}

// At least three numbers, as SemVer has them.
function spelled({numbers, pre, post, dev}: PythonVersion): string {
  const padded = [...numbers, ...[0, 0, 0].slice(numbers.length)]
  while (padded.length > 3 && padded.at(-1) === 0) padded.pop()
  return (
    padded.join('.') +
    (pre?.join('') ?? '') +
    (post === undefined ? '' : `.post${post}`) +
    (dev === undefined ? '' : `.dev${dev}`)
  )
}

function channelOf({pre, dev}: PythonVersion): Channel {
  if (pre !== undefined) return channels[pre[0]]
  return dev === undefined ? 'stable' : 'other'
}

function channelOfWord(word: string | number | undefined): Channel {
  if (word === undefined) return 'stable'
  return word === 'alpha' || word === 'beta' || word === 'rc' ? word : 'other'
}

/** The PEP 440 normal form of one version, with as many numbers as it was given; as file names of Python packages have it. */
export function normalizedPythonVersion(text: string): string {
  const bare = bareVersion(text)
  // Beyond what JavaScript can count, digits would change.
  if (/\d{16}/.test(bare)) return text
  const normal = clean(bare)
  if (normal === null) return parseVersion(bare)?.pep440 ?? text
  const [, local] = /\+(.*)$/.exec(bare) ?? []
  return local === undefined ? normal : `${normal.replace(/\+.*$/, '')}+${normalLocal(local)}`
}

// The library reads `0x12` in it as a number, and writes commas between its segments.
function normalLocal(local: string): string {
  const segments = local.toLowerCase().split(/[-_.]/)
  return segments.map(each => (/^\d+$/.test(each) ? String(Number(each)) : each)).join('.')
}

/** Whether two spellings, SemVer or PEP 440, mean the same version. */
export function sameVersion(one: string, other: string): boolean {
  const [a, b] = [parseVersion(one), parseVersion(other)]
  if (a === undefined || b === undefined) return one === other
  return a.text === b.text || (a.pep440 !== undefined && a.pep440 === b.pep440)
}

/** A tag in its two parts. */
export interface ReleaseTag {
  readonly version: ReleaseVersion
  /** What stands before the version: a package's name or folder, as in `name-v1.2.3` or `dir/v1.2.3`. */
  readonly prefix?: string
}

/**
 * Reads `v1.2.3`, `name-v1.2.3`, `name@1.2.3`, `@scope/name@1.2.3` and `dir/v1.2.3`; the version keeps the whole tag.
 * `undefined` when nothing in it is a version.
 */
export function parseTag(text: string): ReleaseTag | undefined {
  const tag = text.replace(/^refs\/tags\//, '')
  const whole = parseVersion(tag)
  if (whole !== undefined) return {version: {...whole, tag}}
  // The first place behind which a version begins, so that `a-1.2.3-rc.1` is the package `a`.
  for (const {index} of tag.matchAll(/[-_@/=](?=v?\d)/gi)) {
    const version = index === 0 ? undefined : parseVersion(tag.slice(index + 1))
    if (version !== undefined) return {version: {...version, tag}, prefix: tag.slice(0, index)}
  }
  return undefined
}

/** Orders versions for people: by their numbers, then pre-releases before the release, post releases behind it. */
export function compareVersions(one: ReleaseVersion, other: ReleaseVersion): number {
  if (one.semver !== undefined && other.semver !== undefined) return compareSemver(one.semver, other.semver)
  return comparePython(one.pep440 ?? one.text, other.pep440 ?? other.text)
}
