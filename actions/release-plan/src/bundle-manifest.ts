import {errorText} from '@mcp-release/action-kit/errors'
import {type BundleManifest, isBundleManifest, parseManifest, registryCommand} from '@mcp-release/mcpb/manifest'
import type {PlannedBundle, Skip} from '@mcp-release/release-model'
import {type Tree, below, packageLabel} from './detected'
import type {Buildable} from './jobs'
import {manifestPlaces} from './manifest-places'

/** The author's manifest for a package, or why there can be no bundle with it. */
export type OwnManifest =
  | {readonly file: string; readonly manifest: BundleManifest}
  | {readonly file: string; readonly refused: Omit<Skip, 'subject'>}

type BundleType = PlannedBundle['type']

const made: Readonly<Record<BundleType, readonly string[]>> = {
  node: ['npm'],
  python: ['pypi'],
  uv: ['pypi'],
  binary: ['go', 'cargo'],
}
const parts: Readonly<Record<string, string>> = {
  npm: 'an npm package',
  pypi: 'a Python package',
  go: 'a Go program',
  cargo: 'a Rust program',
}

/**
 * The manifest that the author wrote for a package: in its folder, else at the root of the repository when this is the
 * only package that a bundle can be made of.
 */
export function ownManifest(
  each: Buildable,
  tree: Tree,
  {isOnly}: {readonly isOnly: boolean},
): OwnManifest | undefined {
  const folders = isOnly && each.path !== '.' ? [each.path, '.'] : [each.path]
  const file = folders
    .flatMap(folder => manifestPlaces.map(place => below(folder, place)))
    .find(path => isBundleManifest(tree.texts[path] ?? ''))
  return file === undefined ? undefined : judged(file, tree.texts[file] ?? '', each)
}

function judged(file: string, text: string, each: Buildable): OwnManifest {
  let manifest: BundleManifest
  try {
    manifest = parseManifest(file, text)
  } catch (error) {
    const problems = errorText(error).replace(/^- /, '').replaceAll('\n- ', '; ')
    return {file, refused: {reason: problems, hint: `Mend ${file}, or remove it: then a manifest is generated.`}}
  }
  const {type, mcp_config: config} = manifest.server
  const fetching = config === undefined ? undefined : registryCommand(config)
  if (fetching !== undefined) {
    return {
      file,
      refused: {
        reason: `${file} starts the server by ${JSON.stringify(fetching)}, which fetches it when it starts: what users run is not what was built and verified`,
        hint: `Let mcp_config start what lies in the bundle, such as "node" with "\${__dirname}/…", or remove ${file}: then a manifest is generated that does.`,
      },
    }
  }
  if (!made[type].includes(each.ecosystem)) {
    const reason = `${file} is for a server of type ${type}, and ${packageLabel(each)} is ${parts[each.ecosystem] ?? each.ecosystem}`
    return {
      file,
      refused: {
        reason,
        hint: `Set server.type of ${file} to what is built, or remove it: then a manifest is generated.`,
      },
    }
  }
  return {file, manifest}
}

/** Whether the dependencies of a manifest of type python lie in the bundle, and are not left to uv. */
export function isVendored({server}: BundleManifest): boolean {
  return server.type === 'python' && server.mcp_config.command !== 'uv'
}
