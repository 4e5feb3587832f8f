import {posix} from 'node:path'
import {record} from '@mcp-release/package-rules'
import {parse} from 'smol-toml'
import {moduleName, moduleOf} from './detect-go'
import {type Tree, below, fileNameOf, folderOf} from './detected'
import {usedFolders} from './go-workspace'
import {isAside} from './tree'

/** Where a repository lies, and what it is called. */
export interface Surroundings {
  readonly tree: Tree
  /** The folder under which packages are looked for. */
  readonly root: string
  readonly folder: string
  readonly repository?: string
}

/** A folder that is made into something of its own, released here or not. */
export interface Part {
  readonly path: string
  readonly manifest: string
  readonly names: readonly string[]
  /** Whether packages below such a folder are never released. */
  readonly isAside: boolean
}

// What others publish, by the file that their tools read, so that a tag may mean a part that is no package of this release.
const manifest =
  /^(?:package\.json|pyproject\.toml|setup\.(?:cfg|py)|go\.mod|Cargo\.toml|(?:container|docker)file|chart\.yaml|(?:deno|jsr|composer|galaxy)\.json|pom\.xml|build\.gradle(?:\.kts)?|.+\.(?:gemspec|csproj|fsproj|nuspec)|mix\.exs|package\.swift|pubspec\.yaml|action\.ya?ml)$/i
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party|site-packages|target|\.git)\//

/** The parts of a repository below its root, and crates at its root, by every name that their manifests give them. */
export function partsOf({files, listed = files, texts}: Tree): readonly Part[] {
  const found = listed.filter(
    file =>
      manifest.test(fileNameOf(file)) && !foreign.test(`${file}/`) && (file.includes('/') || file === 'Cargo.toml'),
  )
  const parts = found.map((file): Part => {
    const path = folderOf(file)
    const names = [...statedNames(file, texts[file]), ...(path === '.' ? [] : [path, fileNameOf(path)])]
    return {path, manifest: file, names, isAside: isAside(file)}
  })
  // A submodule, or a folder that was left out of this checkout.
  const used = files
    .filter(file => fileNameOf(file) === 'go.work')
    .flatMap(file => usedFolders(texts[file] ?? '').map(each => posix.normalize(below(folderOf(file), each))))
    .map(each => each.replace(/\/$/, ''))
    .filter(each => each !== '.' && !parts.some(({path}) => path === each))
  return [
    ...parts,
    ...used.map(path => ({path, manifest: `${path}/go.mod`, names: [path, fileNameOf(path)], isAside: false})),
  ]
}

/** What a repository as a whole is called: by its host, by its folder, and by what stands at its root. */
export function ownNames({tree, root, folder, repository}: Surroundings): readonly string[] {
  const stated = ['package.json', 'pyproject.toml', 'setup.cfg', 'go.mod', 'server.json', 'manifest.json'].flatMap(
    file => statedNames(file, tree.texts[file]),
  )
  return [
    folder,
    ...(repository === undefined ? [] : [repository, fileNameOf(repository)]),
    ...(root === '.' ? [] : [root, fileNameOf(root)]),
    ...stated.flatMap(each => [each, fileNameOf(each)]),
  ]
}

/** The names that a manifest gives to what it describes. */
export function statedNames(file: string, text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const kind = fileNameOf(file)
  if (kind === 'go.mod') {
    const module = moduleOf(text)
    return module === undefined ? [] : [module, moduleName(module)]
  }
  if (kind === 'setup.cfg') return [/^\s*name\s*=\s*(\S+)\s*$/m.exec(text)?.[1] ?? ''].filter(each => each !== '')
  const content = document(kind, text)
  const tool = record(content['tool'])
  const all = [content, record(content['package']), record(content['project']), record(tool['poetry'])]
  return all
    .flatMap(each => [each['name'], each['title'], each['display_name']])
    .filter(each => typeof each === 'string' && each !== '') as string[]
}

function document(kind: string, text: string): Readonly<Record<string, unknown>> {
  try {
    if (kind.endsWith('.toml')) return record(parse(text))
    return kind.endsWith('.json') ? record(JSON.parse(text)) : {}
  } catch {
    // The detector of its kind says what is wrong with it.
    return {}
  }
}
