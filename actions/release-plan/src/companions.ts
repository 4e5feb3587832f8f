import {type Platform, type PlannedArtifact, isPlatform} from '@mcp-release/release-model'
import {type Tree, fileNameOf} from './detected'
import type {Build, Buildable} from './jobs'

/** A package of the same repository for some platforms only, which another one installs there. */
export interface Companion {
  readonly name: string
  readonly platforms: readonly Platform[]
  /** Its file; absent when it is not released. */
  readonly file?: string
}

interface Surroundings {
  readonly packages: readonly Buildable[]
  readonly builds: readonly Build[]
  readonly tree: Tree
}

/**
 * The packages for single platforms that an npm package of the repository names among its dependencies, as esbuild does: npm
 * installs the one that fits (https://docs.npmjs.com/cli/configuring-npm/package-json#os).
 */
export function companionsOf(each: Buildable, {packages, builds, tree: {texts}}: Surroundings): readonly Companion[] {
  if (each.ecosystem !== 'npm') return []
  const {optionalDependencies, dependencies} = fields(texts[each.manifest])
  const names = new Set([optionalDependencies, dependencies].flatMap(list => Object.keys(list ?? {})))
  if (names.size === 0) return []
  return Object.keys(texts)
    .sort()
    .flatMap(manifest => {
      if (fileNameOf(manifest) !== 'package.json' || manifest === each.manifest) return []
      const {name, os, cpu, libc} = fields(texts[manifest])
      if (typeof name !== 'string' || !names.has(name)) return []
      // Clients run their servers on the libc of nearly every desktop.
      if (Array.isArray(libc) && !libc.includes('glibc')) return []
      const platforms = platformsOf(os, cpu)
      if (platforms.length === 0) return []
      const id = packages.find(other => other.manifest === manifest)?.id
      const file =
        id === undefined ? undefined : builds.flatMap(filesOf).find(artifact => artifact.package === id)?.name
      return [{name, platforms, ...(file === undefined ? {} : {file})}]
    })
}

/** Whether another npm package of the release installs a package. */
export function isCompanion({name}: Buildable, packages: readonly Buildable[], {texts}: Tree): boolean {
  return packages.some(other => {
    const {optionalDependencies, dependencies} = other.ecosystem === 'npm' ? fields(texts[other.manifest]) : {}
    return [optionalDependencies, dependencies].some(list => list !== undefined && Object.hasOwn(list, name))
  })
}

function filesOf({artifacts}: Build): readonly PlannedArtifact[] {
  return artifacts
}

const systems: Readonly<Record<string, string>> = {win32: 'windows'}
const processors: Readonly<Record<string, string>> = {x64: 'amd64', ia32: '386', arm: 'arm/v7'}

function platformsOf(os: unknown, cpu: unknown): readonly Platform[] {
  const texts = (value: unknown) => (Array.isArray(value) ? value.filter(each => typeof each === 'string') : [])
  return texts(os)
    .flatMap(system =>
      texts(cpu).map(processor => `${systems[system] ?? system}/${processors[processor] ?? processor}`),
    )
    .filter(isPlatform)
}

interface Fields {
  readonly name?: unknown
  readonly os?: unknown
  readonly cpu?: unknown
  readonly libc?: unknown
  readonly dependencies?: object
  readonly optionalDependencies?: object
}

function fields(text: string | undefined): Fields {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as Fields
  } catch {
    // What is wrong with it is told where the package itself is read.
    return {}
  }
}
