import {ActionError, rejectProblems} from '@mcp-release/action-kit'
import {
  type Plan,
  type ReleaseVersion,
  type Skip,
  isPlainName,
  normalizedPythonVersion,
} from '@mcp-release/release-model'
import {duplicateNames, withRecords} from './artifacts'
import {planBundles} from './bundles'
import {compatibilityFile} from './compatibility'
import {decideVersion, serverJsonVersion} from './decide-version'
import {detectPackages} from './detect-packages'
import {type Candidate, type Detection, type Tree, packageId} from './detected'
import type {Options} from './inputs'
import {type Buildable, buildsOf, withoutMissingToolchains} from './jobs'
import {planServerJson} from './plan-server-json'
import {purl} from './purl'
import {withStart} from './start'
import {startableFirst} from './start-first'

/** What is known of the repository besides its files. */
export interface Facts {
  readonly tree: Tree
  /** The folder under which packages are looked for, relative to the workspace, with `/`. */
  readonly root: string
  /** The last part of the repository's or folder's name. */
  readonly folder: string
  readonly repository?: string
  readonly commit?: string
  readonly sourceDate: number
}

/** Decides a release. Pure: the same facts and options give the same plan. Throws one error with every problem. */
export function plan(facts: Facts, options: Options): Plan {
  const found = detectPackages(facts.tree, {folder: facts.folder, image: options.image, settings: options.settings})
  const problems = [...found.problems]
  const voice = serverJsonVersion(facts.tree, problems)
  const version = decideVersion([...found.packages, ...(voice === undefined ? [] : [voice])], options.tag, problems)
  const started = withStart(found.packages, {tree: facts.tree, settings: options.settings})
  const packages = started.packages.map(each => buildable(each, version))
  if (packages.length === 0) rejectEmpty(facts, found, problems)
  const context = {
    options,
    semver: version.semver,
    tag: version.tag,
    tree: facts.tree,
    repository: facts.repository,
    commit: facts.commit,
    root: facts.root,
  }
  const compiled = packages.map(each => buildsOf(each, context))
  const possible = withoutMissingToolchains(
    compiled.flatMap(({builds: made}) => made),
    options,
  )
  const {skipped} = possible
  const builds = startableFirst(possible.builds, options.machine)
  const bundling = planBundles(packages, builds, {options, semver: version.semver, tree: facts.tree, root: facts.root})
  const built = [...builds.flatMap(build => build.artifacts), ...bundling.artifacts]
  const listed = planServerJson(facts, {packages, built, version, options})
  problems.push(...listed.problems)
  const artifacts = withRecords(built, {serverJson: listed.planned})
  problems.push(...duplicateNames(artifacts), ...badNames(artifacts))
  rejectProblems(problems)
  if (builds.length === 0) rejectUnbuildable(facts, skipped)
  return {
    schemaVersion: 1,
    name: facts.folder,
    version,
    ...(facts.repository === undefined ? {} : {repository: facts.repository}),
    ...(facts.commit === undefined ? {} : {commit: facts.commit}),
    sourceDate: facts.sourceDate,
    packages: packages.map(({main: _, aside: __, ...each}) => each),
    jobs: builds.map(build => build.job),
    bundles: [...bundling.bundles],
    artifacts: [...artifacts, ...compatibilityFile(artifacts, options.compatibility)],
    skipped: [...found.skipped, ...compiled.flatMap(each => each.skipped), ...skipped, ...bundling.skipped, ...listed.skipped],
    findings: [...(found.findings ?? []), ...started.findings, ...compiled.flatMap(each => each.findings)],
    settings: options.settings,
  }
}

function buildable(each: Candidate, version: ReleaseVersion): Buildable {
  const spelled = each.version ?? version.semver
  const own = each.ecosystem === 'pypi' ? normalizedPythonVersion(spelled) : spelled
  return {id: packageId(each), ...each, version: own, purl: purl(each, own)}
}

function badNames(artifacts: Plan['artifacts'] | readonly {readonly name: string}[]): readonly string[] {
  return artifacts
    .filter(({name}) => !isPlainName(name))
    .map(({name}) => `${JSON.stringify(name)}: is no plain file name; rename the package`)
}

function rejectEmpty(facts: Facts, found: Detection, problems: readonly string[]): never {
  const passed = found.skipped.map(({subject, reason}) => `- ${subject}: ${reason}`)
  const read = problems.map(problem => `- ${problem}`)
  throw new ActionError('EMPTY', [`no package to release in ${facts.folder}`, ...passed, ...read].join('\n'), {
    hint: 'A package is a pyproject.toml with a name, a package.json with name and version, a go.mod with a package main, or a Cargo.toml with a binary.',
  })
}

function rejectUnbuildable({folder}: Facts, skipped: readonly Skip[]): never {
  const reasons = [...new Set(skipped.map(each => each.reason))]
  const hints = [...new Set(skipped.map(each => each.hint))]
  throw new ActionError('TOOLCHAIN', `${reasons.join(', ')}; nothing of ${folder} can be built without it`, {
    hint: hints.join(' '),
  })
}
