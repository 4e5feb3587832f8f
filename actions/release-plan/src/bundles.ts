import {
  type Platform,
  type PlannedArtifact,
  type PlanFinding,
  type PlannedBundle,
  type ReleaseVersion,
  type Skip,
  bundleName,
  defaultPlatforms,
} from '@mcp-release/release-model'
import {ownSources} from '@mcp-release/mcpb/locks'
import {staticProject} from '@mcp-release/package-rules'
import {parse} from 'smol-toml'
import {clientsFinding, hasClient, limitedTo, skippedPlatforms} from './bundle-clients'
import {type OwnManifest, isVendored, ownManifest} from './bundle-manifest'
import {type Companion, companionsOf, isCompanion} from './companions'
import {type Tree, packageLabel} from './detected'
import {binHint} from './entry-start'
import type {Options} from './inputs'
import {type Build, type Buildable, folderBelow} from './jobs'
import {nativeDependencies} from './native-dependencies'
import {scriptHint} from './script-hint'
import {type StatedVersion, staleVersions} from './stale-versions'

/** The bundles of a release, the files that they add to it, and what gets none. */
export interface Bundling {
  readonly bundles: readonly PlannedBundle[]
  readonly artifacts: readonly PlannedArtifact[]
  readonly skipped: readonly Skip[]
  /** What no bundle can be made of, whatever its author does: told, and no fault where the release is strict. */
  readonly impossible: readonly Skip[]
  /** What was chosen where clients differ, and why. */
  readonly findings: readonly PlanFinding[]
}

interface Context {
  readonly options: Options
  readonly version: ReleaseVersion
  readonly tree: Tree
  readonly root: string
}

/** A package with the files that are built of it. */
interface Bundled {
  readonly each: Buildable
  readonly command: string
  readonly built: readonly PlannedArtifact[]
  /** npm: the packages for single platforms that it installs. */
  readonly companions: readonly Companion[]
}

/** Bundles for every server whose files are built: each is made of what was built. */
export function planBundles(packages: readonly Buildable[], builds: readonly Build[], context: Context): Bundling {
  const bundles: PlannedBundle[] = []
  const stated: StatedVersion[] = []
  const skipped: Skip[] = []
  const impossible: Skip[] = []
  const taken = new Map<string, string>()
  const possible =
    context.options.bundles === 'never'
      ? []
      : packages.flatMap(each => bundled(each, {packages, builds, tree: context.tree}))
  for (const one of possible) {
    const own = ownManifest(one.each, context.tree, {isOnly: possible.length === 1})
    const bundle = bundleOf(one, own, context)
    const reason = obstacle(one, {bundle, own, context, taken})
    if (reason === undefined) {
      bundles.push(bundle)
      if (own !== undefined && 'manifest' in own) stated.push(statedBy(own, context))
      for (const {name} of bundle.files) taken.set(name, packageLabel(one.each))
      impossible.push(...withoutClient(one, bundle, context))
    } else skipped.push({subject: fileNames(bundle, context), ...reason})
  }
  if (context.options.bundles !== 'never')
    impossible.push(...packages.flatMap(each => limitedSkip(each, {packages, context})))
  const artifacts = bundles.flatMap(({package: owner, files}) =>
    files.map(({name, platform}): PlannedArtifact => ({
      name,
      kind: 'mcpb',
      package: owner,
      ...(platform === undefined ? {} : {platform}),
    })),
  )
  return {
    bundles,
    artifacts,
    skipped,
    impossible,
    findings: [...bundles.flatMap(clientsFinding), ...staleVersions(stated, context.version)],
  }
}

/** The platforms of a program that get no bundle. */
function withoutClient({built, command}: Bundled, {type}: PlannedBundle, {version}: Context): readonly Skip[] {
  const platforms = type === 'binary' ? built.flatMap(({platform}) => platform ?? []) : []
  return skippedPlatforms(platforms, platform => bundleName(command, version.semver ?? '', platform))
}

/** A server that npm installs on some platforms only, and that no other package brings there. */
function limitedSkip(
  each: Buildable,
  {packages, context}: {readonly packages: readonly Buildable[]; readonly context: Context},
): readonly Skip[] {
  const [command] = each.executables
  const isServer = each.ecosystem === 'npm' && each.role === 'server' && each.only !== undefined
  if (!isServer || command === undefined || isCompanion(each, packages, context.tree)) return []
  return [{subject: bundleName(command, context.version.semver ?? ''), ...limitedTo(each.only)}]
}

function fileNames({files, executable}: PlannedBundle, {version: {semver = ''}}: Context): string {
  const names = files.length === 0 ? [bundleName(executable, semver)] : files.map(({name}) => name)
  return names.join(', ')
}

function statedBy({file, manifest}: Extract<OwnManifest, {manifest: unknown}>, {root}: Context): StatedVersion {
  const {version} = manifest
  return {file: folderBelow(root, file), field: 'version', version, stamped: 'the manifest in the bundle'}
}

// A package that npm installs on some machines only is a part of another one.
function bundled(each: Buildable, release: Parameters<typeof companionsOf>[1]): readonly Bundled[] {
  const [command = (each.module ?? each.entry) === undefined ? undefined : each.name.replace(/^@[^/]*\//, '')] =
    each.executables
  const built = release.builds.flatMap(build => build.artifacts).filter(artifact => artifact.package === each.id)
  const isServer = each.role === 'server' && each.ecosystem !== 'oci' && each.only === undefined
  if (!isServer || command === undefined || built.length === 0) return []
  return [{each, command, built, companions: companionsOf(each, release)}]
}

const types = {npm: 'node', pypi: 'python', go: 'binary', cargo: 'binary', oci: 'binary'} as const

function bundleOf(
  {each, command, built, companions}: Bundled,
  own: OwnManifest | undefined,
  {version: {text, semver = text}, root, options}: Context,
): PlannedBundle {
  const manifest = own !== undefined && 'manifest' in own ? own.manifest : undefined
  const type = manifest?.server.type ?? types[each.ecosystem]
  const from = built.map(({name}) => name)
  const isVendor = manifest !== undefined && isVendored(manifest)
  const files =
    type === 'binary'
      ? built
          .filter(({platform}) => platform === undefined || hasClient(platform))
          .map(file => ofFile(file, command, semver))
      : isVendor
        ? // What an MCP SDK for Python needs is compiled, for one platform and one version of Python each.
          vendoredPlatforms(options.targets).map(platform => ({
            name: bundleName(command, semver, platform),
            platform,
            from,
          }))
        : companions.length > 0
          ? companions.flatMap(companion => forCompanion(companion, {command, semver, from}))
          : [{name: bundleName(command, semver), from}]
  return {
    package: each.id,
    type,
    ...((type === 'python' && !isVendor) || type === 'uv' ? {dependencies: 'uv' as const} : {}),
    directory: folderBelow(root, each.path),
    ...(own === undefined || manifest === undefined ? {} : {manifest: folderBelow(root, own.file)}),
    executable: command,
    files,
  }
}

function ofFile({name, platform}: PlannedArtifact, command: string, semver: string): PlannedBundle['files'][number] {
  return {name: bundleName(command, semver, platform), ...(platform === undefined ? {} : {platform}), from: [name]}
}

// npm could install the package for a platform only once it is public, so that it is put inside.
function forCompanion(
  {file, platforms}: Companion,
  {command, semver, from}: {readonly command: string; readonly semver: string; readonly from: readonly string[]},
): PlannedBundle['files'] {
  return file === undefined
    ? []
    : platforms
        .filter(hasClient)
        .map(platform => ({name: bundleName(command, semver, platform), platform, from: [...from, file]}))
}

function vendoredPlatforms(targets: readonly Platform[]): readonly Platform[] {
  const wanted = defaultPlatforms.filter(platform => targets.includes(platform))
  return wanted.length === 0 ? defaultPlatforms : wanted
}

interface Circumstances {
  readonly bundle: PlannedBundle
  readonly own: OwnManifest | undefined
  readonly context: Context
  readonly taken: ReadonlyMap<string, string>
}

function obstacle(
  {each, companions}: Bundled,
  {bundle, own, context, taken}: Circumstances,
): Omit<Skip, 'subject'> | undefined {
  if (own !== undefined && 'refused' in own) return own.refused
  if (context.version.semver === undefined)
    return {reason: `the version ${each.version} has no spelling in SemVer, which manifests of bundles need`}
  const hint =
    each.module !== undefined
      ? scriptHint(each, each.module, context.tree)
      : each.entry !== undefined
        ? binHint(each, each.entry)
        : undefined
  if (hint !== undefined) return {reason: 'it installs no command, which is what starts the server in a bundle', hint}
  const other = bundle.files.map(({name}) => taken.get(name)).find(owner => owner !== undefined)
  if (other !== undefined) {
    return {
      reason: `the bundle of ${other} has this name already`,
      hint: 'If both are the same server, one bundle is enough. If not, name their commands differently.',
    }
  }
  if (bundle.files.length === 0 && companions.length > 0) {
    return {
      reason: `its program is in packages for one platform each, of which none is released: ${companions.map(({name}) => name).join(', ')}`,
      hint: 'Put each program into the folder of its package before the release, or give the package a script `prepack` that does.',
    }
  }
  if (bundle.files.length === 0) return {reason: 'no desktop client runs on its platforms'}
  // Clients start bundles over stdio alone.
  if (each.start?.transport === 'http') {
    return {
      reason: `the server speaks HTTP (${each.start.source}), and desktop clients start bundles over stdio`,
      hint: 'If it speaks stdio, too, say how under servers in .github/mcp-release.yml: transport: stdio, and args.',
    }
  }
  if (each.ecosystem === 'pypi') return elsewhere(each, context.tree)
  if (bundle.type !== 'node') return undefined
  const native = nativeDependencies(each.path, context.tree).filter(name =>
    companions.every(other => other.name !== name),
  )
  if (native.length === 0) return undefined
  return {
    reason: `its dependencies are compiled for one platform each: ${native.slice(0, 5).join(', ')}`,
    hint: 'Make a bundle for each platform with the action mcpb-bundle and its input targets, or use other dependencies.',
  }
}

// The same that mcpb-bundle says once the wheel is there.
function elsewhere({manifest}: Buildable, {texts}: Tree): Omit<Skip, 'subject'> | undefined {
  const text = texts[manifest]
  if (text === undefined || !manifest.endsWith('pyproject.toml')) return undefined
  const own = ownSources(text, staticProject(parse(text))?.required ?? [])
  return own === undefined ? undefined : {reason: own.text, hint: own.hint}
}
