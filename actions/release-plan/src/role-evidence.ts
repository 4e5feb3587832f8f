import {type Configuration, configurationsFor, launchOf, sameName} from '@mcp-release/start-recipes'
import {type Detected, type Tree, below, fileNameOf} from './detected'
import {isOtherKind, isServerName} from './program-kinds'
import {isSdk, sdkOf} from './sdk-dependencies'
import {startTarget} from './start-target'
import {pythonProjectName} from '@mcp-release/release-model'

interface Repository {
  readonly packages: readonly Detected[]
  readonly tree: Tree
  /** The repository's name, or its folder's. */
  readonly folder: string
}

/** Why a package is a server, by what its repository says of it; `undefined` when nothing does. */
export function evidenceOf(each: Detected, {packages, tree, folder}: Repository): string | undefined {
  if (each.executables.length === 0) return undefined
  const told = listed(each, packages, tree) ?? bundled(each, tree) ?? configured(each, packages, tree)
  if (told !== undefined) return told
  // What a crate depends on says nothing of which of its programs serves.
  const beside = packages.filter(
    ({ecosystem, path}) => each.ecosystem === 'cargo' && ecosystem === 'cargo' && path === each.path,
  )
  const named = beside.filter(other => isServerName(other.name) || isLike(other, folder))
  const likely = named.length > 0 ? named : beside.filter(isLikeCrate)
  return likely.length > 0 && !likely.includes(each) ? undefined : withSdk(each, tree)
}

/** Whether it is the program that a crate is named after. */
export function isLikeCrate({ecosystem, crate}: Detected): boolean {
  return ecosystem === 'cargo' && crate === undefined
}

/** Whether a crate has no other program. */
export function isOnlyOfCrate(each: Detected, packages: readonly Detected[]): boolean {
  return packages.every(other => other === each || other.ecosystem !== 'cargo' || other.path !== each.path)
}

const registryTypes: Readonly<Partial<Record<Detected['ecosystem'], string>>> = {
  npm: 'npm',
  pypi: 'pypi',
  cargo: 'cargo',
}

function listed(each: Detected, all: readonly Detected[], {texts}: Tree): string | undefined {
  const {ecosystem, name, crate = name, path} = each
  const names = isOnlyOfCrate(each, all) ? [name, crate] : [name]
  for (const file of new Set(['server.json', below(path, 'server.json')])) {
    try {
      const {packages} = JSON.parse(texts[file] ?? '{}') as {packages?: unknown}
      const list = (Array.isArray(packages) ? packages : []) as readonly ({
        registryType?: unknown
        identifier?: unknown
      } | null)[]
      const own = list.some(
        each =>
          each?.registryType === registryTypes[ecosystem] &&
          names.some(own => sameIdentifier(String(each?.identifier), own, ecosystem)),
      )
      if (own) return `${file} lists it`
    } catch {
      // What is wrong with it is told where it is published.
    }
  }
  return undefined
}

function sameIdentifier(identifier: string, name: string, ecosystem: Detected['ecosystem']): boolean {
  const plain = (text: string) => (ecosystem === 'npm' ? text : pythonProjectName(text))
  return plain(identifier) === plain(name)
}

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
function bundled({ecosystem, path}: Detected, {texts}: Tree): string | undefined {
  const file = below(path, 'manifest.json')
  try {
    const {
      manifest_version: version,
      dxt_version: older,
      server,
    } = JSON.parse(texts[file] ?? '{}') as Readonly<Record<string, unknown>>
    const type = (server as {type?: unknown} | undefined)?.type
    const own =
      ecosystem === 'npm'
        ? type === 'node'
        : ecosystem === 'pypi'
          ? type === 'python' || type === 'uv'
          : type === 'binary'
    return (version ?? older) !== undefined && own ? `${file} makes an MCP bundle of it` : undefined
  } catch {
    return undefined
  }
}

function configured(each: Detected, packages: readonly Detected[], {texts}: Tree): string | undefined {
  const target = startTarget(each, packages)
  const found = configurationsFor(each.path, texts).find(({argv, form}) => {
    if (form !== 'client' || argv.length === 0) return false
    const launch = launchOf(argv, target)
    return launch?.by === 'own' && names(argv, each)
  })
  return found === undefined ? undefined : `${found.source} tells clients to start it`
}

// `node dist/index.js` and the like may mean any of several.
function names(argv: Configuration['argv'], {name, executables, entries = [], importPath}: Detected): boolean {
  const all = [name, ...executables, ...entries, importPath ?? name].map(each => pythonProjectName(each))
  return argv.some(word => all.some(each => pythonProjectName(word).includes(each)))
}

function withSdk(each: Detected, tree: Tree): string | undefined {
  const sdk = sdkOf(each, tree)
  // A client, an inspector and a framework are written with the same libraries.
  if (sdk === undefined || isOtherKind(each) || isSdk(each)) return undefined
  return each.ecosystem === 'go' ? `serves with ${sdk}` : `depends on ${sdk}`
}

/** Whether a program is named like its repository or module, or lies at its root. */
export function isLike({name, main, path}: Detected, folder: string): boolean {
  return main === '.' || [folder, fileNameOf(path)].some(other => sameName(name, other))
}
