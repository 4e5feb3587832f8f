import {satisfies} from '@renovatebot/pep440'
import {parse} from 'smol-toml'
import {pythonProjectName} from '@mcp-release/release-model'

/** The lock files of Python projects that are read, in the order in which they are looked for. */
export const pythonLockFiles = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'] as const

/** The command that writes a lock file anew. */
export const pythonLockCommands: Readonly<Record<(typeof pythonLockFiles)[number], string>> = {
  'uv.lock': 'uv lock',
  'poetry.lock': 'poetry lock',
  'pdm.lock': 'pdm lock',
  'pylock.toml': 'pip lock -r requirements.txt',
  'Pipfile.lock': 'pipenv lock',
}

/** A release of a package of an index that a lock file names. */
export interface LockedRelease {
  /** In the normal form of PEP 503. */
  readonly name: string
  readonly version: string
  /** Where it is the one that is installed; absent: everywhere. */
  readonly marker?: string
}

/**
 * The releases of package indexes that a lock file names, those of development groups too. Packages of folders, of
 * repositories and with a local version are left out: no index has them under their version.
 *
 * Formats: https://packaging.python.org/en/latest/specifications/pylock-toml/ and those of uv, Poetry, PDM and Pipenv, which are
 * documented by their own programs alone. Throws for a text that cannot be read.
 */
export function lockedReleases(file: string, text: string): readonly LockedRelease[] {
  const all = file === 'Pipfile.lock' ? ofPipenv(text) : ofToml(text)
  const releases = all.filter(({name, version}) => /^[\w.-]+$/.test(name) && /^[\w.!]+$/.test(version))
  const times = new Map<string, number>()
  for (const {name} of releases) times.set(name, (times.get(name) ?? 0) + 1)
  // One of several versions holds only where its marker does.
  const forked = new Set(releases.filter(each => each.marker === undefined).map(({name}) => name))
  return releases.flatMap(({name, version, marker}) => {
    if (times.get(name) === 1) return [{name, version}]
    return forked.has(name) || marker === undefined ? [] : [{name, version, marker}]
  })
}

/**
 * The names of all packages in a lock file that a program keeps in step with the requirements of its project, of whatever
 * origin; `undefined` for others.
 */
export function lockedNames(file: string, text: string): ReadonlySet<string> | undefined {
  if (!['uv.lock', 'poetry.lock', 'pdm.lock'].includes(file)) return undefined
  return new Set(tables(text).flatMap(({name}) => (typeof name === 'string' ? [pythonProjectName(name)] : [])))
}

/** Whether a uv.lock is also that of a package, by its name: it lists the members of its workspace. */
export function isMember(uvLock: string, name: string): boolean {
  return tables(uvLock).some(
    entry => typeof entry['name'] === 'string' && pythonProjectName(entry['name']) === pythonProjectName(name),
  )
}

/** A release as a constraint of pip and uv (https://pip.pypa.io/en/stable/user_guide/#constraints-files). */
export function constraintOf({name, version, marker}: LockedRelease): string {
  return `${name}==${version}${marker === undefined ? '' : ` ; ${marker}`}`
}

/**
 * Where requirements (PEP 508) refuse what is locked, or name what is not among all `names` in the lock file, in words; those
 * with markers are not judged.
 */
export function lockDifferences(
  releases: readonly LockedRelease[],
  requirements: readonly string[],
  names?: ReadonlySet<string>,
): readonly string[] {
  return requirements.flatMap(requirement => {
    const [, name = '', inBrackets, bare = ''] =
      /^([\w.-]+)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|([^;@]*))$/.exec(requirement.trim()) ?? []
    const range = (inBrackets ?? bare).trim()
    if (name !== '' && names?.has(pythonProjectName(name)) === false)
      return [`no ${name} is locked, and ${requirement} is required`]
    const locked = releases.filter(each => each.name === pythonProjectName(name))
    if (range === '' || locked.length === 0 || locked.some(({version}) => fits(version, range))) return []
    return [`${locked.map(({version}) => version).join(', ')} of ${name} is locked, and ${requirement} is required`]
  })
}

function fits(version: string, range: string): boolean {
  return satisfies(version, range, {prereleases: true})
}

interface Entry {
  readonly name: string
  readonly version: string
  readonly marker?: string
}

function tables(text: string): readonly Readonly<Record<string, unknown>>[] {
  const {package: own, packages: standard} = parse(text)
  return [own, standard].flatMap(each => (Array.isArray(each) ? each : [])) as Record<string, unknown>[]
}

function ofToml(text: string): readonly Entry[] {
  return tables(text).flatMap(entry => {
    const {name, version} = entry
    if (typeof name !== 'string' || typeof version !== 'string' || !isOfIndex(entry)) return []
    const marker = markerOf(entry)
    return [{name: pythonProjectName(name), version, ...(marker === undefined ? {} : {marker})}]
  })
}

// uv and Poetry write a table `source`, PDM and pylock.toml a key for each other origin.
function isOfIndex(entry: Readonly<Record<string, unknown>>): boolean {
  const source = entry['source']
  if (typeof source === 'object' && source !== null)
    return 'registry' in source || ('type' in source && source.type === 'legacy')
  return !['git', 'path', 'url', 'vcs', 'directory', 'archive'].some(key => entry[key] !== undefined)
}

function markerOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  const several = entry['resolution-markers']
  if (Array.isArray(several) && several.length > 0)
    return several.map(each => `(${String(each).replaceAll(/\s+/g, ' ')})`).join(' or ')
  const one = entry['marker'] ?? entry['markers']
  return typeof one === 'string' ? one.replaceAll(/\s+/g, ' ') : undefined
}

function ofPipenv(text: string): readonly Entry[] {
  const {default: own = {}} = JSON.parse(text) as {default?: Readonly<Record<string, {version?: unknown} | null>>}
  return Object.entries(own).flatMap(([name, entry]) => {
    const version = entry?.version
    return typeof version === 'string' ? [{name: pythonProjectName(name), version: version.replace(/^===?/, '')}] : []
  })
}
