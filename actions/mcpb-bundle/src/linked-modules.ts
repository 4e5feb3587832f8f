import {basename, dirname, join} from 'node:path'
import {ActionError, type Host, isBelow} from '@mcp-release/action-kit'
import {type Edge, type LockedPackage, placed} from '@mcp-release/mcpb/locks'
import {textIfThere} from '@mcp-release/release-model'
import {parseObject} from './parse-object'

/** A package of `node_modules` whose folders are links, with the place from which everything finds what it found before. */
export interface PlacedModule {
  /** Below the folder that holds `node_modules`, such as `node_modules/a/node_modules/b`. */
  readonly path: string
  /** Where its files are. Absolute, without links. */
  readonly real: string
}

/** Folders from which links may lead to packages. Absolute. */
export type Bounds = readonly string[]

// What package managers keep beside the packages; `.prisma` and its like are packages.
const records = /^\.(?:bin|pnpm|bun|store|yarn-.*|cache|vite|modules\.yaml|package-lock\.json|pnpm-workspace-state.*)$/

/**
 * The packages that `node_modules` of pnpm and others link to, in places without links. Node resolves a package's imports from
 * where it really lies (https://nodejs.org/api/modules.html#loading-from-node_modules-folders), so in a copy of each folder
 * under its link nothing would find what it needs.
 */
export async function linkedModules(
  host: Host,
  modules: string,
  {bounds, keeps}: {readonly bounds: Bounds; readonly keeps: (name: string) => boolean},
): Promise<readonly PlacedModule[]> {
  const reader = new ModuleReader(host, bounds)
  const roots = (await reader.entries(modules)).filter(({name}) => keeps(`node_modules/${name}`))
  const known = new Map<string, LockedPackage>()
  const rest = roots.map(({key}) => key)
  for (let real = rest.pop(); real !== undefined; real = rest.pop()) {
    if (known.has(real)) continue
    const required = await reader.needs(real)
    known.set(real, {name: basename(real), version: '', required, optional: []})
    rest.push(...required.map(({key}) => key))
  }
  const places = placed({find: key => known.get(key)}, roots)
  return [...places].map(([path, {key}]) => ({path, real: key}))
}

class ModuleReader {
  private readonly found = new Map<string, Promise<string | undefined>>()

  constructor(
    private readonly host: Host,
    private readonly bounds: Bounds,
  ) {}

  /** The packages in a folder `node_modules`. */
  async entries(modules: string): Promise<readonly Edge[]> {
    const names = (await this.host.files.list(modules)).filter(name => !records.test(name))
    const all = await Promise.all(
      names.map(async name =>
        name.startsWith('@')
          ? (await this.host.files.list(join(modules, name))).map(each => `${name}/${each}`)
          : [name],
      ),
    )
    return this.edges(all.flat().map(name => [name, join(modules, name)]))
  }

  /** What a package finds: in its own `node_modules`, and of what it names in those around it. */
  async needs(real: string): Promise<readonly Edge[]> {
    const own = await this.entries(join(real, 'node_modules'))
    const taken = new Set(own.map(({name}) => name))
    const fields = parseObject((await textIfThere(this.host, join(real, 'package.json'))) ?? '')
    const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies']
    const named = kinds.flatMap(kind => Object.keys(Object(fields[kind]) as object)).filter(name => !taken.has(name))
    const around = await Promise.all(
      [...new Set(named)].map(async name => [name, await this.above(real, name)] as const),
    )
    return [
      ...own,
      ...around.flatMap(([name, key]) => (key === undefined ? [] : [{name, key}])),
      ...(await this.hidden(real)),
    ]
  }

  // Generated beside a package, which does not name it, as `.prisma`.
  private async hidden(real: string): Promise<readonly Edge[]> {
    const beside = basename(dirname(real)).startsWith('@') ? dirname(dirname(real)) : dirname(real)
    if (basename(beside) !== 'node_modules') return []
    const names = (await this.host.files.list(beside)).filter(name => name.startsWith('.') && !records.test(name))
    return this.edges(names.map(name => [name, join(beside, name)]))
  }

  private async above(real: string, name: string): Promise<string | undefined> {
    let folder = dirname(real)
    while (folder !== dirname(folder) && this.bounds.some(each => isBelow(each, folder))) {
      const found =
        basename(folder) === 'node_modules' ? undefined : await this.directory(join(folder, 'node_modules', name))
      if (found !== undefined) return found
      folder = dirname(folder)
    }
    return undefined
  }

  private async edges(paths: readonly (readonly [string, string])[]): Promise<readonly Edge[]> {
    const all = await Promise.all(paths.map(async ([name, path]) => ({name, key: await this.directory(path)})))
    return all.flatMap(({name, key}) => (key === undefined ? [] : [{name, key}]))
  }

  private directory(path: string): Promise<string | undefined> {
    const found = this.found.get(path) ?? this.resolve(path)
    this.found.set(path, found)
    return found
  }

  private async resolve(path: string): Promise<string | undefined> {
    if ((await this.host.files.stat(path)) === undefined) return undefined
    const real = await this.host.files.realPath(path)
    if ((await this.host.files.stat(real))?.kind !== 'directory') return undefined
    if (this.bounds.some(each => isBelow(each, real))) return real
    throw new ActionError('BUNDLE', `${path}: is a link to ${JSON.stringify(real)}, outside of the repository`, {
      hint: 'Install the packages into the repository: pnpm install --config.enable-global-virtual-store=false, or with --config.node-linker=hoisted.',
    })
  }
}
