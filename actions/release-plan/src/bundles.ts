import {type PlannedArtifact, type PlannedBundle, type Skip, bundleName} from '@mcp-release/release-model'
import {type Tree, below} from './detected'
import type {Options} from './inputs'
import {type Build, type Buildable, folderBelow} from './jobs'
import {nativeDependencies} from './native-dependencies'

/** The bundles of a release, the files that they add to it, and what gets none. */
export interface Bundling {
  readonly bundles: readonly PlannedBundle[]
  readonly artifacts: readonly PlannedArtifact[]
  readonly skipped: readonly Skip[]
}

interface Context {
  readonly options: Options
  readonly semver: string
  readonly tree: Tree
  readonly root: string
}

/** Bundles for every package that installs a command and whose files are built: each is made of what was built. */
export function planBundles(packages: readonly Buildable[], builds: readonly Build[], context: Context): Bundling {
  const bundles: PlannedBundle[] = []
  const skipped: Skip[] = []
  const taken = new Map<string, string>()
  for (const each of context.options.bundles === 'never' ? [] : packages) {
    const built = builds.flatMap(build => build.artifacts).filter(artifact => artifact.package === each.id)
    const bundle = bundleOf(each, built, context)
    if (bundle === undefined) continue
    const reason = obstacle(each, bundle, {context, taken})
    if (reason === undefined) {
      bundles.push(bundle)
      for (const {name} of bundle.files) taken.set(name, each.id)
    } else skipped.push({subject: bundle.files.map(({name}) => name).join(', '), ...reason})
  }
  const artifacts = bundles.flatMap(({package: owner, files}) =>
    files.map(({name, platform}): PlannedArtifact => ({
      name,
      kind: 'mcpb',
      package: owner,
      ...(platform === undefined ? {} : {platform}),
    })),
  )
  return {bundles, artifacts, skipped}
}

const types = {npm: 'node', pypi: 'uv', go: 'binary', cargo: 'binary'} as const

function bundleOf(
  each: Buildable,
  built: readonly PlannedArtifact[],
  {semver, root}: Context,
): PlannedBundle | undefined {
  const [command] = each.executables
  if (each.ecosystem === 'oci' || command === undefined || built.length === 0) return undefined
  const type = types[each.ecosystem]
  const single = {name: bundleName(command, semver), from: built.map(({name}) => name)}
  const perPlatform = built.map(({name, platform}) => ({
    name: bundleName(command, semver, platform),
    ...(platform === undefined ? {} : {platform}),
    from: [name],
  }))
  const files = type === 'binary' ? perPlatform : [single]
  return {package: each.id, type, directory: folderBelow(root, each.path), executable: command, files}
}

function obstacle(
  each: Buildable,
  bundle: PlannedBundle,
  {context, taken}: {readonly context: Context; readonly taken: ReadonlyMap<string, string>},
): Omit<Skip, 'subject'> | undefined {
  const other = bundle.files.map(({name}) => taken.get(name)).find(owner => owner !== undefined)
  if (other !== undefined) {
    return {reason: `${other} has a bundle of this name already`, hint: 'Rename the command of one of the packages.'}
  }
  if (bundle.type !== 'node') return undefined
  const native = nativeDependencies(context.tree.texts[below(each.path, 'package-lock.json')])
  if (native.length === 0) return undefined
  return {
    reason: `its dependencies are compiled for one platform each: ${native.slice(0, 5).join(', ')}`,
    hint: 'Make a bundle for each platform with the action mcpb-bundle and its input targets, or use other dependencies.',
  }
}
