import {
  type ArchiveNames,
  type GoreleaserProgram,
  type PlanFinding,
  type Platform,
  type PlannedArtifact,
  type Skip,
  archiveName,
  archiveNames,
  goreleaserProgram,
  hasRustTarget,
  settingsOf,
} from '@mcp-release/release-model'
import {goreleaserConfig, moduleName, moduleOf} from './detect-go'
import {below} from './detected'
import {type Build, type Buildable, type Context, common, jobId, linux} from './jobs'

/** The jobs that compile a program, and what was decided about them. */
export interface Compiled {
  readonly builds: readonly Build[]
  readonly skipped: readonly Skip[]
  readonly findings: readonly PlanFinding[]
}

interface Decided {
  readonly targets: readonly Platform[]
  readonly inputs: Readonly<Record<string, string>>
  readonly names?: ArchiveNames
}

/** Go: one job for all platforms, in which the packages are compiled once. */
export function compileGo(each: Buildable, context: Context): Compiled {
  const settings = settingsOf(context.options.settings.builds, each)
  const program = goreleaserOf(each, context)
  const targets = settings.targets ?? context.options.settings.targets ?? program?.targets ?? context.options.targets
  const names =
    program === undefined ? undefined : archiveNames(program, {targets, semver: context.semver, tag: context.tag})
  const ldflags = settings.ldflags ?? program?.ldflags ?? []
  const tags = settings.tags ?? program?.tags ?? []
  const inputs = {
    ...(ldflags.length === 0 ? {} : {ldflags: ldflags.map(text => text.replaceAll(/\s+/g, ' ')).join('\n')}),
    ...(tags.length === 0 ? {} : {'build-tags': tags.join('\n')}),
  }
  const builds = [
    compile(each, context, {
      id: jobId('go', each),
      toolchain: 'go',
      decided: {targets, inputs, ...(names === undefined ? {} : {names})},
    }),
  ]
  const notices = [...(program?.notices ?? []), ...(names?.notices ?? [])]
  return {builds, skipped: [], findings: notices.map(text => ({level: 'notice', subject: '.goreleaser.yaml', text}))}
}

/** Rust is the slowest compiler by far: a job for each target, so that they run side by side. */
export function compileRust(each: Buildable, context: Context): Compiled {
  const settings = settingsOf(context.options.settings.builds, each)
  const wanted = settings.targets ?? context.options.targets
  const features = settings.features ?? []
  const inputs = {
    ...(features.length === 0 ? {} : {features: features.join('\n')}),
    ...(settings['default-features'] === false ? {'default-features': 'false'} : {}),
  }
  const builds = wanted.filter(hasRustTarget).map(target =>
    compile(each, context, {
      id: `${jobId('rust', each)}-${target.replaceAll('/', '-')}`,
      toolchain: 'rust',
      decided: {targets: [target], inputs},
    }),
  )
  const skipped = wanted
    .filter(target => !hasRustTarget(target))
    .map(target => ({
      subject: archiveName(each.name, context.semver, target),
      reason: `Rust has no target that is built on one machine for ${target}`,
      hint: 'Leave it out of `targets` of the package (`builds` in .github/mcp-release.yml).',
    }))
  return {builds, skipped, findings: []}
}

function compile(
  each: Buildable,
  context: Context,
  {id, toolchain, decided}: {readonly id: string; readonly toolchain: 'go' | 'rust'; readonly decided: Decided},
): Build {
  const {commit, semver, tag} = context
  const {targets, names} = decided
  const named = new Map((names?.archives ?? []).map(({platform, name}) => [platform, name]))
  const artifacts = targets.map((platform): PlannedArtifact => ({
    name: named.get(platform) ?? archiveName(each.name, semver, platform),
    kind: 'archive',
    package: each.id,
    platform,
    job: id,
  }))
  const other = artifacts.filter(({name}, at) => name !== archiveName(each.name, semver, targets[at] ?? 'linux/amd64'))
  const inputs = {
    ...common(each, context),
    language: toolchain,
    targets: targets.join('\n'),
    binary: each.name,
    main: each.main ?? '.',
    tag,
    ...decided.inputs,
    ...(commit === undefined ? {} : {commit}),
    ...(other.length === 0
      ? {}
      : {'archive-names': other.map(({platform = '', name}) => `${platform}=${name}`).join('\n')}),
    ...(names?.wrapped === true ? {'wrap-in-directory': 'true'} : {}),
  }
  return {job: {id, runner: linux, toolchain, action: 'cross-compile', inputs}, artifacts}
}

/** What goreleaser's configuration beside the module, or at the root of the repository, says of a program. */
function goreleaserOf(each: Buildable, {tree, repository}: Context): GoreleaserProgram | undefined {
  const module = moduleOf(tree.texts[below(each.path, 'go.mod')] ?? '')
  // goreleaser calls a project like its repository, and without one like its module.
  const name = repository?.split('/').at(-1) ?? (module === undefined ? each.name : moduleName(module))
  const main = each.main ?? '.'
  const places =
    each.path === '.'
      ? [['.', main]]
      : [
          [each.path, main],
          ['.', `${each.path}/${main}`],
        ]
  for (const [place = '.', folder = '.'] of places) {
    const config = goreleaserConfig(place, tree)
    const found = config === undefined ? undefined : goreleaserProgram(config, {folder, name})
    if (found !== undefined) return found
  }
  return undefined
}
