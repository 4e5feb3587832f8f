import {
  type PlanFinding,
  type ReleaseSettings,
  type ReleaseTag,
  type ReleaseVersion,
  type Skip,
  nearestName,
  parseVersion,
  selects,
} from '@mcp-release/release-model'
import {type Versioned, contradiction, decideVersion, isVersioned, tagOf} from './decide-version'
import {type Candidate, type Detection, packageId, packageLabel} from './detected'
import type {Surroundings} from './repository-parts'
import {type Meaning, meaningOf} from './tag-prefix'

/** What is released under which version, and what is not, with the reason. */
export interface Selection {
  readonly version: ReleaseVersion
  readonly packages: readonly Candidate[]
  readonly skipped: readonly Skip[]
  readonly problems: readonly string[]
  readonly findings: readonly PlanFinding[]
  /** Whether the tag means what is not released, so that the problems are all that is to be said. */
  readonly refused?: boolean
}

interface Wish {
  readonly tag: ReleaseTag | undefined
  readonly settings: ReleaseSettings
  /** The version of server.json, for where no manifest has one. */
  readonly fallback: string | undefined
  /** The repository, for what else a tag may name. */
  readonly place?: Surroundings
}

/** Chooses from all packages of a repository those that settings and tag mean. Pure. */
export function selectPackages(found: Detection<Candidate>, {tag, settings, fallback, place}: Wish): Selection {
  const problems = [...unknownSelectors(found.packages, settings)]
  const skipped: Skip[] = [...found.skipped]
  const wanted = found.packages.filter(each => {
    const reason = leftOut(each, settings)
    if (reason !== undefined) skipped.push({subject: packageLabel(each), ...reason})
    return reason === undefined
  })
  const meaning: Meaning = tag === undefined ? {packages: wanted} : meaningOf(tag, {wanted, skipped, settings, place})
  const {packages: candidates, problem, warning} = meaning
  if (tag !== undefined && problem !== undefined)
    return {version: tag.version, packages: [], skipped, problems: [...problems, problem], findings: [], refused: true}
  skipped.push(
    ...wanted
      .filter(each => !candidates.includes(each))
      .map(each => ({
        subject: packageLabel(each),
        reason: `the tag ${tag?.version.tag ?? ''} means ${candidates.map(({name}) => name).join(', ')}`,
      })),
  )
  const {version, meant, stamped, problems: contradictions} = decideVersion(candidates, tag, fallback)
  problems.push(...contradictions)
  for (const each of candidates.filter(each => !meant.has(each))) {
    // What the settings name is meant, whatever its version.
    if (isVersioned(each) && isNamed(each, settings)) problems.push(contradiction(each, version, tag))
    else skipped.push({subject: packageLabel(each), ...otherVersion(each, version, tag)})
  }
  const packages = candidates
    .filter(each => meant.has(each))
    .map(each => (stamped.some(other => other === each) ? withoutVersion(each) : each))
  const judged = manifestProblems(found.problems, packages)
  const doubts: readonly PlanFinding[] =
    warning === undefined ? [] : [{level: 'warning', subject: 'tag', text: warning}]
  const findings = [...doubts, ...stamped.map(each => stampedFinding(each, version)), ...judged.findings]
  return {version, packages, skipped, problems: [...problems, ...judged.problems], findings}
}

function withoutVersion({version: _, ...rest}: Candidate): Candidate {
  return rest
}

function stampedFinding({manifest, version}: Versioned, {semver = ''}: ReleaseVersion): PlanFinding {
  return {
    level: 'notice',
    subject: manifest,
    text: `its version ${version} stands for that of the tag; the package gets ${semver}`,
  }
}

const id = (each: Candidate) => ({...each, id: packageId(each)})

/** Why settings, or its kind, leave a package out. */
function leftOut(each: Candidate, settings: ReleaseSettings): Omit<Skip, 'subject'> | undefined {
  const {packages, programs, exclude} = settings
  const any = (selectors: readonly string[] | undefined) => selectors?.some(selector => selects(selector, id(each)))
  if (any(exclude) === true) return {reason: 'the settings exclude it'}
  const isProgram = each.ecosystem === 'go' || each.ecosystem === 'cargo'
  if (isProgram && programs !== undefined && any(programs) !== true && any(packages) !== true)
    return {reason: '`programs` of the settings does not name it'}
  return packages !== undefined && any(packages) !== true && !(isProgram && any(programs) === true)
    ? {reason: '`packages` of the settings does not name it'}
    : undefined
}

function isNamed(each: Candidate, {packages, programs}: ReleaseSettings): boolean {
  return [...(packages ?? []), ...(programs ?? [])].some(selector => selects(selector, id(each)))
}

function unknownSelectors(all: readonly Candidate[], settings: ReleaseSettings): readonly string[] {
  const lists = {
    packages: settings.packages ?? [],
    programs: settings.programs ?? [],
    exclude: settings.exclude ?? [],
    servers: Object.keys(settings.servers ?? {}),
    builds: Object.keys(settings.builds ?? {}),
  }
  return Object.entries(lists).flatMap(([field, selectors]) =>
    selectors
      .filter(selector => !selector.includes('*') && !all.some(each => selects(selector, id(each))))
      .map(selector => {
        const names = [...new Set(all.flatMap(({name, path}) => (path === '.' ? [name] : [name, path])))]
        const near = nearestName(selector, names)
        const remedy = near === undefined ? `there are ${names.join(', ')}` : `is ${JSON.stringify(near)} meant?`
        return `${field}: ${JSON.stringify(selector)} names no package of the repository; ${remedy}`
      }),
  )
}

function otherVersion(each: Candidate, version: ReleaseVersion, tag: ReleaseTag | undefined): Omit<Skip, 'subject'> {
  const meant = tag === undefined ? `the release is ${version.text}` : `the tag means ${version.text}`
  if (each.version === undefined) return {reason: `the package in its folder has another version, and ${meant}`}
  const own = parseVersion(each.version)
  return {
    reason: `its version is ${each.version}, and ${meant}`,
    ...(own === undefined ? {} : {hint: `The tag ${tagOf(each.name, own)} releases it.`}),
  }
}

/** What is wrong with a manifest stops a release of its package, or of the root's; elsewhere it is worth a warning. */
function manifestProblems(
  problems: readonly string[],
  packages: readonly Candidate[],
): {readonly problems: readonly string[]; readonly findings: readonly PlanFinding[]} {
  const stops = (problem: string) => {
    const [, file = ''] = /^([^:]+): /.exec(problem) ?? []
    return !file.includes('/') || packages.length === 0 || packages.some(({manifest}) => manifest === file)
  }
  return {
    problems: problems.filter(stops),
    findings: problems
      .filter(problem => !stops(problem))
      .map(problem => {
        const [, subject = '', text = problem] = /^([^:]+): (.*)$/s.exec(problem) ?? []
        return {level: 'warning', subject, text}
      }),
  }
}
