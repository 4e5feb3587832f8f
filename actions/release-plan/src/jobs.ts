import {
  type PlannedArtifact,
  type PlannedJob,
  type PlannedPackage,
  type Skip,
  imageArchiveName,
  npmTarballName,
  pureWheelName,
  releaseFiles,
  sdistName,
} from '@mcp-release/release-model'
import {wheelPythons} from '@mcp-release/package-rules'
import {nameLabel} from '@mcp-release/server-json'
import {parse} from 'smol-toml'
import {type Compiled, compileGo, compileRust} from './compile'
import {compiledPython} from './compiled-python'
import {type Tree, fileNameOf} from './detected'
import type {Options} from './inputs'
import {listsImage, nameIn} from './manifests/server-entries'

/** A package with what only its build needs to know. */
export interface Buildable extends PlannedPackage {
  readonly main?: string
  /** Go: the import path of the program; as in the detection, and no part of a plan. */
  readonly importPath?: string
  readonly aside?: Omit<Skip, 'subject'>
}

/** What is common to a release. */
export interface Context {
  readonly options: Options
  readonly semver: string
  /** The git tag, with its prefix. */
  readonly tag: string
  readonly tree: Tree
  /** `owner/name` on the forge. */
  readonly repository: string | undefined
  readonly commit: string | undefined
  /** The folder under which packages were looked for, relative to the workspace. */
  readonly root: string
}

/** A build job and the files that it makes. */
export interface Build {
  readonly job: PlannedJob
  readonly artifacts: readonly PlannedArtifact[]
}

export const linux = 'ubuntu-24.04'

/** The build jobs of one package. */
export function buildsOf(each: Buildable, context: Context): Compiled {
  if (each.ecosystem === 'go') return compileGo(each, context)
  if (each.ecosystem === 'cargo') return compileRust(each, context)
  const reason = each.ecosystem === 'pypi' ? compiledPython(each.path, context.tree) : undefined
  if (reason !== undefined) return {builds: [], skipped: [{subject: `wheel of ${each.name}`, ...reason}], findings: []}
  const build = {pypi: wheel, npm, oci: image}[each.ecosystem](each, context)
  return {builds: [build], skipped: [], findings: []}
}

function wheel(each: Buildable, context: Context): Build {
  const id = jobId('wheel', each)
  const own = {package: each.id, job: id}
  return {
    job: {id, runner: linux, toolchain: 'python', action: 'build-wheel', inputs: common(each, context)},
    artifacts: [
      {name: pureWheelName(each.name, each.version, pythonsOf(each, context.tree)), kind: 'wheel', ...own},
      {name: sdistName(each.name, each.version), kind: 'sdist', ...own},
    ],
  }
}

function pythonsOf({manifest}: Buildable, {texts}: Tree): string {
  try {
    return fileNameOf(manifest) === 'pyproject.toml' ? wheelPythons(parse(texts[manifest] ?? '')) : 'py3'
  } catch {
    // Its detector says what is wrong with it.
    return 'py3'
  }
}

function npm(each: Buildable, context: Context): Build {
  const id = jobId('npm', each)
  return {
    job: {id, runner: linux, toolchain: 'node', action: 'build-npm', inputs: common(each, context)},
    artifacts: [{name: npmTarballName(each.name, each.version), kind: 'npm-package', package: each.id, job: id}],
  }
}

function image(each: Buildable, context: Context): Build {
  const {options, semver} = context
  const id = jobId('image', each)
  const name = imageArchiveName(each.name, semver)
  const containerfile = each.manifest.slice(each.manifest.lastIndexOf('/') + 1)
  return {
    job: {
      id,
      runner: linux,
      toolchain: 'buildx',
      action: 'buildx-image',
      inputs: {
        ...common(each, context),
        containerfile,
        ...(each.context === undefined ? {} : {context: folderBelow(context.root, each.context)}),
        platforms: options.imagePlatforms.join('\n'),
        archive: name,
        ...labelsOf(each, context),
      },
    },
    artifacts: [{name, kind: 'image', package: each.id, job: id}],
  }
}

// buildx-image finds a server.json in its own folder alone; what that of the release lists must carry its name as well.
function labelsOf(each: Buildable, {tree}: Context): {readonly labels?: string} {
  const text = tree.texts[releaseFiles.serverJson]
  const name = each.path === '.' || !listsImage(text, each) ? undefined : nameIn(text)
  return name === undefined ? {} : {labels: `${nameLabel}=${name}`}
}

/** The inputs that all build actions have. */
export function common(each: Buildable, {root}: Context): Record<string, string> {
  return {'working-directory': folderBelow(root, each.path), version: each.version, package: each.id}
}

/** The folder of a package, relative to the workspace. */
export function folderBelow(root: string, path: string): string {
  const folder = [root, path].filter(part => part !== '.').join('/')
  return folder === '' ? '.' : folder
}

/** The builds with ids that no other has: `a-b` and `a/b` give the same words, but are two jobs with an artifact each. */
export function distinctJobs(builds: readonly Build[]): readonly Build[] {
  const taken = new Set<string>()
  return builds.map(build => {
    let id = build.job.id
    for (let count = 2; taken.has(id); count++) id = `${build.job.id}.${count}`
    taken.add(id)
    if (id === build.job.id) return build
    return {job: {...build.job, id}, artifacts: build.artifacts.map(each => ({...each, job: id}))}
  })
}

/** `wheel` for a package at the root, else `wheel-packages-time`; a program that is one of several adds its name. */
export function jobId(kind: string, each: Buildable): string {
  const place = each.path === '.' ? [] : each.path.split('/')
  const program = each.main === undefined || each.main === '.' ? [] : [each.name]
  const words = [kind, ...place, ...program].join('-').toLowerCase()
  return words.replace(/[^a-z0-9._-]+/g, '-')
}

const hints = {
  python: 'Install Python 3.10 or newer with venv.',
  node: 'Install Node.js 20 or newer with npm.',
  go: 'Install Go from https://go.dev/dl/.',
  rust: 'Install Rust from https://rustup.rs/.',
  buildx: 'Start Docker, with buildx installed, or point BUILDX_BUILDER at a BuildKit builder that answers.',
} as const

const missing = {
  python: 'python is not on this machine',
  node: 'node is not on this machine',
  go: 'go is not on this machine',
  rust: 'rust is not on this machine',
  buildx: 'no builder of buildx answers on this machine',
} as const

/** Leaves out the builds whose toolchain the machine does not have, and says so. */
export function withoutMissingToolchains(
  builds: readonly Build[],
  options: Options,
): {readonly builds: readonly Build[]; readonly skipped: readonly Skip[]} {
  const possible = builds.filter(({job}) => options.toolchains.includes(job.toolchain))
  const skipped = builds
    .filter(build => !possible.includes(build))
    .map(({job, artifacts}) => ({
      subject: artifacts.map(each => each.name).join(', '),
      reason: missing[job.toolchain],
      hint: hints[job.toolchain],
    }))
  return {builds: possible, skipped}
}
