import {type Instruction, containerInstructions, containerStart, launchOf} from '@mcp-release/start-recipes'
import {type ReleaseSettings, settingsOf} from '@mcp-release/release-model'
import {type Candidate, type Tree, below, fileNameOf, folderOf, isBelow, packageId} from './detected'
import {startTarget} from './start-target'
import {isContainerfile} from './tree'

interface Surroundings {
  readonly tree: Tree
  /** The repository's name, or its folder's. */
  readonly folder: string
  readonly settings: ReleaseSettings
}

// Where images are described that are those of the whole repository.
const usualFolders = new Set([
  'docker',
  'build',
  'deploy',
  'deployment',
  'deployments',
  'container',
  'containers',
  'build/package',
  'build/docker',
  'deploy/docker',
  'docker/prod',
  'docker/production',
])

/**
 * Images: one for each folder that holds a package, or for the repository, where a Containerfile or Dockerfile lies; those of
 * development containers and tests are none of them.
 */
export function detectImages(packages: readonly Candidate[], surroundings: Surroundings): readonly Candidate[] {
  const {tree, folder, settings} = surroundings
  const files = tree.files.filter(isContainerfile)
  const owned = [...new Set(['.', ...packages.map(({path}) => path)])].flatMap(path => {
    const own = files.filter(file => folderOf(file) === path)
    return own.find(file => /containerfile$/i.test(file)) ?? own[0] ?? []
  })
  const others =
    owned.length > 0 ? [] : files.filter(file => usualFolders.has(folderOf(file).toLowerCase())).slice(0, 1)
  const chosen = [...owned, ...others]
  const asked = packages
    .flatMap(each => settingsOf(settings.builds, {id: packageId(each), ...each}).containerfile ?? [])
    .map(file => file.replace(/^\.\//, ''))
  const images = [...new Set([...chosen, ...asked.filter(file => tree.files.includes(file))])].map(file =>
    imageOf(file, packages, surroundings),
  )
  return images.map(each => settled(each, images, folder))
}

// Two images of one name: the one that lies in a folder is called after it too.
function settled(each: Candidate, images: readonly Candidate[], folder: string): Candidate {
  const same = images.filter(({name}) => name === each.name)
  if (same.length < 2 || each.path === '.') return each
  const name = imageName(`${each.name === imageName(folder) ? '' : `${each.name}-`}${fileNameOf(each.path)}`)
  return {...each, name}
}

function imageOf(manifest: string, packages: readonly Candidate[], {tree, folder, settings}: Surroundings): Candidate {
  const path = folderOf(manifest)
  const text = tree.texts[manifest] ?? ''
  const near = packages.filter(each => each.path === path)
  const inside = near.length > 0 ? near : packages.filter(({aside}) => aside === undefined)
  const {argv} = containerStart(text)
  const started =
    argv.length === 0 ? undefined : inside.find(each => launchOf(argv, startTarget(each, packages)) !== undefined)
  const owner = started ?? ownerOf(near, folder)
  const name = imageName(listedName(tree) ?? owner?.name ?? folder)
  const build = settingsOf(settings.builds, {name, path, id: `oci:${path}`})
  const context = build.context?.replace(/^\.\/|\/$/g, '') ?? contextOf(manifest, text, {tree, packages})
  const isServer = started === undefined || started.role === 'server'
  return {
    ecosystem: 'oci',
    path,
    name,
    manifest,
    executables: [],
    role: isServer ? 'server' : 'program',
    roleReason:
      started === undefined ? `${manifest} is that of ${owner?.name ?? 'the repository'}` : `it starts ${started.name}`,
    ...(owner?.license === undefined ? {} : {license: owner.license}),
    ...(context === path ? {} : {context}),
    ...(started?.aside === undefined ? {} : {aside: started.aside}),
  }
}

/** Of the packages in a folder, the one that an image there is called after. */
function ownerOf(near: readonly Candidate[], folder: string): Candidate | undefined {
  const servers = near.filter(({role, aside}) => role === 'server' && aside === undefined)
  const named = (each: Candidate) => imageName(each.name) === imageName(folder)
  return servers.find(named) ?? (servers.length > 0 ? servers[0] : near.find(each => each.aside === undefined))
}

// The only image that server.json lists is the one that there is.
function listedName({files, texts}: Tree): string | undefined {
  if (files.filter(isContainerfile).length !== 1) return undefined
  try {
    const {packages} = JSON.parse(texts['server.json'] ?? '{}') as {packages?: unknown}
    const list = (Array.isArray(packages) ? packages : []) as readonly {registryType?: unknown; identifier?: unknown}[]
    const found = list.filter(each => each.registryType === 'oci').map(each => String(each.identifier))
    const [only] = found
    return found.length !== 1 || only === undefined ? undefined : fileNameOf(only).replace(/[:@].*$/, '')
  } catch {
    return undefined
  }
}

interface Sources {
  readonly tree: Tree
  readonly packages: readonly Candidate[]
}

/**
 * The folder that a build reads: where what it copies lies, its own or the whole repository
 * (https://docs.docker.com/build/concepts/context/).
 */
function contextOf(manifest: string, text: string, {tree, packages}: Sources): string {
  const path = folderOf(manifest)
  if (path === '.') return '.'
  const sources = containerInstructions(text).flatMap(copied)
  const found = (folder: string) => sources.filter(source => exists(below(folder, source), tree)).length
  if (found('.') !== found(path)) return found('.') > found(path) ? '.' : path
  // It copies all: of its own package, else of the repository.
  return packages.some(each => each.path === path) ? path : '.'
}

/** What an instruction copies out of the context by name. */
function copied({verb, rest}: Instruction): readonly string[] {
  if (verb === 'RUN')
    return [...rest.matchAll(/--mount=type=bind,\S*?source=([^,\s]+)/g)]
      .map(([, source = '']) => plain(source))
      .filter(source => source !== '')
  if (verb !== 'COPY' && verb !== 'ADD') return []
  const words = rest.startsWith('[') ? listed(rest) : rest.split(/\s+/)
  if (words.some(word => word.startsWith('--from'))) return []
  const sources = words.filter(word => !word.startsWith('--')).slice(0, -1)
  return sources
    .filter(source => !/^(?:https?:|git@|<<)/.test(source))
    .map(plain)
    .filter(source => source !== '' && !source.includes('$'))
}

function listed(text: string): readonly string[] {
  try {
    return (JSON.parse(text) as unknown[]).map(String)
  } catch {
    return []
  }
}

function plain(source: string): string {
  return source
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '')
    .replace(/\/?\*.*$/, '')
}

function exists(path: string, {files}: Tree): boolean {
  // Sources that are not listed, such as src/x.ts, show by the folders of what is.
  return files.some(file => isBelow(file, path))
}

// Repository names of images are lower case (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests).
function imageName(name: string): string {
  return name
    .replace(/^@[^/]*\//, '')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
}
