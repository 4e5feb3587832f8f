import {ActionError} from '@mcp-release/action-kit'
import {
  type Plan,
  type ReleaseVersion,
  type Skip,
  isPlainName,
  normalizedPythonVersion,
  releaseFiles,
} from '@mcp-release/release-model'
import {withNamedFolders} from './aside-packages'
import {duplicateNames, withRecords} from './artifacts'
import {planBundles} from './bundles'
import {compatibilityFile} from './compatibility'
import {serverJsonVersion} from './decide-version'
import {detectPackages} from './detect-packages'
import {type Candidate, type Tree, packageId} from './detected'
import type {Options} from './inputs'
import {type Build, type Buildable, buildsOf, distinctJobs, folderBelow, withoutMissingToolchains} from './jobs'
import {judgeManifests} from './manifests/judge-manifests'
import {planChangelog} from './plan-changelog'
import {planServerJson} from './plan-server-json'
import {emptyPlatformPackages} from './platform-packages'
import {purl} from './purl'
import {reject} from './reject'
import {rejectEmpty} from './reject-empty'
import {selectPackages} from './select-packages'
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
export function plan(given: Facts, options: Options): Plan {
  const {settings, tag} = options
  const {tree, skipped: apart} = withNamedFolders(given.tree, settings)
  const facts = {...given, tree}
  const {root} = facts
  const found = detectPackages(tree, {folder: facts.folder, image: options.image, settings})
  const fallback = serverJsonVersion(tree.texts[releaseFiles.serverJson])
  const selected = selectPackages(found, {tag, settings, fallback, place: facts})
  if (selected.refused === true) reject(selected.problems, [])
  const {version} = selected
  const problems = [...selected.problems]
  const started = withStart(selected.packages, {tree, settings, all: found.packages})
  const packages = started.packages.map(each => buildable(each, version))
  if (packages.length === 0) rejectEmpty(facts, selected)
  const made = buildAll(packages, facts, {options, version})
  const bundling = planBundles(packages, made.builds, {options, version, tree, root})
  const built = [...made.builds.flatMap(build => build.artifacts), ...bundling.artifacts]
  const listed = planServerJson(facts, {packages, all: found.packages, built, version, options, skipped: found.skipped})
  const manifests = judgeManifests(facts, {
    packages,
    bundles: bundling.bundles,
    built: made.builds.flatMap(build => build.artifacts),
    options,
    settings,
    hasServerJson: listed.planned,
  })
  const changelog = planChangelog(tree, {packages: selected.packages, version, settings})
  const artifacts = withRecords(built, {serverJson: listed.planned})
  const left = [...made.skipped, ...bundling.skipped, ...listed.skipped]
  problems.push(
    ...listed.problems,
    ...changelog.problems,
    ...duplicateNames(artifacts, packages),
    ...badNames(artifacts),
  )
  if (settings.strict === true) problems.push(...left.map(each => `strict: ${each.subject}: ${each.reason}`))
  reject(problems, manifests.stops)
  if (made.builds.length === 0) rejectUnbuildable(facts, made.skipped)
  return {
    schemaVersion: 1,
    name: facts.folder,
    version,
    ...(facts.repository === undefined ? {} : {repository: facts.repository}),
    ...(facts.commit === undefined ? {} : {commit: facts.commit}),
    sourceDate: facts.sourceDate,
    packages: packages.map(({main: _, aside: __, importPath: ___, ...each}) => each),
    jobs: made.builds.map(build => build.job),
    bundles: [...bundling.bundles],
    artifacts: [...artifacts, ...compatibilityFile(artifacts, options.compatibility)],
    ...(changelog.file === undefined ? {} : {changelog: folderBelow(root, changelog.file)}),
    skipped: [...selected.skipped, ...apart, ...bundling.impossible, ...left],
    findings: [
      ...(found.findings ?? []),
      ...selected.findings,
      ...started.findings,
      ...made.findings,
      ...bundling.findings,
      ...emptyPlatformPackages(selected.packages, tree),
      ...manifests.findings,
      ...listed.findings,
      ...changelog.findings,
    ],
    settings,
  }
}

interface Made {
  readonly builds: readonly Build[]
  readonly skipped: readonly Skip[]
  readonly findings: Plan['findings']
}

function buildAll(
  packages: readonly Buildable[],
  {tree, root, commit, repository}: Facts,
  {options, version}: {readonly options: Options; readonly version: ReleaseVersion},
): Made {
  const context = {options, semver: version.text, tag: version.tag, tree, repository, commit, root}
  const compiled = packages.map(each => buildsOf(each, context))
  const possible = withoutMissingToolchains(distinctJobs(compiled.flatMap(({builds}) => builds)), options)
  return {
    builds: startableFirst(possible.builds, options.machine),
    skipped: [...compiled.flatMap(({skipped}) => skipped), ...possible.skipped],
    findings: compiled.flatMap(({findings}) => findings),
  }
}

function buildable({versionFile: _, ...each}: Candidate, version: ReleaseVersion): Buildable {
  const spelled = each.version ?? (each.ecosystem === 'pypi' ? version.pep440 : version.semver) ?? version.text
  const own = each.ecosystem === 'pypi' ? normalizedPythonVersion(spelled) : spelled
  return {id: packageId(each), ...each, version: own, purl: purl(each, own)}
}

function badNames(artifacts: readonly Plan['artifacts'][number][]): readonly string[] {
  return artifacts
    .filter(({name, subject}) => !isPlainName(name) && subject === undefined)
    .map(({name}) => `${JSON.stringify(name)}: is no plain file name; rename the package`)
}

function rejectUnbuildable({folder}: Facts, skipped: readonly Skip[]): never {
  const reasons = [...new Set(skipped.map(each => each.reason))]
  const hints = [...new Set(skipped.map(each => each.hint))]
  throw new ActionError('TOOLCHAIN', `${reasons.join(', ')}; nothing of ${folder} can be built without it`, {
    hint: hints.join(' '),
  })
}
