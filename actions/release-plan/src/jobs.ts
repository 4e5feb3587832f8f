import {
  type Platform,
  type PlannedArtifact,
  type PlannedJob,
  type PlannedPackage,
  type Skip,
  archiveName,
  imageArchiveName,
  npmTarballName,
  pureWheelName,
  sdistName,
} from '@mcp-release/release-model'
import type {Options} from './inputs'

/** A package with what only its build needs to know. */
export interface Buildable extends PlannedPackage {
  readonly main?: string
  readonly aside?: Omit<Skip, 'subject'>
}

/** What is common to a release. */
export interface Context {
  readonly options: Options
  readonly semver: string
  readonly commit: string | undefined
  /** The folder under which packages were looked for, relative to the workspace. */
  readonly root: string
}

/** A build job and the files that it makes. */
export interface Build {
  readonly job: PlannedJob
  readonly artifacts: readonly PlannedArtifact[]
}

const linux = 'ubuntu-24.04'

/** The build jobs of one package; a missing toolchain gives a skip instead. */
export function buildsOf(each: Buildable, context: Context): readonly Build[] {
  if (each.ecosystem === 'pypi') return [wheel(each, context)]
  if (each.ecosystem === 'npm') return [npm(each, context)]
  if (each.ecosystem === 'go')
    return [compile(each, context, {id: jobId('go', each), toolchain: 'go', targets: context.options.targets})]
  if (each.ecosystem === 'oci') return [image(each, context)]
  // Rust is the slowest compiler by far: a job for each target, so that they run side by side.
  return context.options.targets.map(target =>
    compile(each, context, {
      id: `${jobId('rust', each)}-${target.replace('/', '-')}`,
      toolchain: 'rust',
      targets: [target],
    }),
  )
}

function wheel(each: Buildable, context: Context): Build {
  const id = jobId('wheel', each)
  const own = {package: each.id, job: id}
  return {
    job: {id, runner: linux, toolchain: 'python', action: 'build-wheel', inputs: common(each, context)},
    artifacts: [
      {name: pureWheelName(each.name, each.version), kind: 'wheel', ...own},
      {name: sdistName(each.name, each.version), kind: 'sdist', ...own},
    ],
  }
}

function npm(each: Buildable, context: Context): Build {
  const id = jobId('npm', each)
  return {
    job: {id, runner: linux, toolchain: 'node', action: 'build-npm', inputs: common(each, context)},
    artifacts: [{name: npmTarballName(each.name, each.version), kind: 'npm-package', package: each.id, job: id}],
  }
}

interface Compilation {
  readonly id: string
  readonly toolchain: 'go' | 'rust'
  readonly targets: readonly Platform[]
}

function compile(each: Buildable, context: Context, {id, toolchain, targets}: Compilation): Build {
  const {commit, semver} = context
  const inputs = {
    ...common(each, context),
    language: toolchain,
    targets: targets.join('\n'),
    binary: each.name,
    main: each.main ?? '.',
    ...(commit === undefined ? {} : {commit}),
  }
  return {
    job: {id, runner: linux, toolchain, action: 'cross-compile', inputs},
    artifacts: targets.map(platform => ({
      name: archiveName(each.name, semver, platform),
      kind: 'archive',
      package: each.id,
      platform,
      job: id,
    })),
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
      inputs: {...common(each, context), containerfile, platforms: options.imagePlatforms.join('\n'), archive: name},
    },
    artifacts: [{name, kind: 'image', package: each.id, job: id}],
  }
}

function common(each: Buildable, {root}: Context): Record<string, string> {
  return {'working-directory': folderBelow(root, each.path), version: each.version, package: each.id}
}

/** The folder of a package, relative to the workspace. */
export function folderBelow(root: string, path: string): string {
  const folder = [root, path].filter(part => part !== '.').join('/')
  return folder === '' ? '.' : folder
}

/** `wheel` for a package at the root, else `wheel-packages-time`; a program that is one of several adds its name. */
function jobId(kind: string, each: Buildable): string {
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
  buildx: 'Install Docker with buildx, or point BUILDX_BUILDER at a BuildKit builder.',
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
      reason: `${job.toolchain} is not on this machine`,
      hint: hints[job.toolchain],
    }))
  return {builds: possible, skipped}
}
