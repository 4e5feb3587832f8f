import {join} from 'node:path'
import {InputError} from '@mcp-release/action-kit'
import {type BuildRequest, sameVersion} from '@mcp-release/release-model'
import type {LockFile} from './lock-file'
import type {Project} from './project'

/** One command before packing. */
export interface Step {
  readonly title: string
  readonly argv: readonly string[]
  readonly folder: string
}

/** What is run, as data. */
export interface BuildPlan {
  readonly directory: string
  /** Why these steps, for the log. */
  readonly reason: string
  readonly warnings: readonly string[]
  readonly steps: readonly Step[]
  /** `npm pack` with these arguments; the folder for the tarball is added. */
  readonly pack: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Seconds since 1970 of every entry. */
  readonly time: number
}

/** Decides what to install and to run before packing; throws an `InputError` when the version is another one. */
export function planBuild({
  request,
  project,
  time,
}: {
  readonly request: BuildRequest
  readonly project: Project
  readonly time: number
}): BuildPlan {
  const {directory, version} = request
  const {manifest} = project
  if (version !== undefined && !sameVersion(version.semver, manifest.version)) {
    const file = join(directory, 'package.json')
    throw new InputError([`version: is ${version.semver}, but ${file} says ${JSON.stringify(manifest.version)}`], {
      hint: `Set "version": ${JSON.stringify(version.semver)} in package.json, or use the tag that belongs to it.`,
    })
  }
  // An empty NODE_ENV counts as none; with `production` the development dependencies that build would be left out.
  const env = {SOURCE_DATE_EPOCH: `${time}`, NODE_ENV: '', npm_config_update_notifier: 'false'}
  const pack = ['npm', 'pack', '--loglevel=warn']
  const reason = whyNothing(project)
  if (reason !== undefined)
    return {directory, reason, warnings: [], steps: [], pack: [...pack, '--ignore-scripts'], env, time}
  const {argv, warnings} = installation(project)
  const folder = project.lock?.folder ?? directory
  const manager = argv[0] ?? 'npm'
  const script = buildScript(project)
  return {
    directory,
    reason: `The package is built: ${whyBuild(project)}`,
    warnings,
    steps: [
      {title: 'Install the dependencies', argv, folder},
      ...(script === undefined
        ? []
        : [{title: `Run the script ${script}`, argv: [manager, 'run', script], folder: directory}]),
    ],
    pack,
    env,
    time,
  }
}

const buildingScripts = ['build', 'prepare', 'prepack', 'prepublishOnly']

// Without a lock file a package whose entries are all there is one that was published before: its scripts and
// development dependencies belong to another checkout.
function whyNothing({lock, missing, manifest}: Project): string | undefined {
  if (missing.length > 0) return undefined
  if (lock === undefined)
    return 'Nothing is built: there is no lock file, and every file that package.json names is there'
  const bundled = ['bundleDependencies', 'bundledDependencies'].some(name => manifest.fields[name] !== undefined)
  const scripts = buildingScripts.filter(name => name !== 'prepublishOnly' && manifest.scripts[name] !== undefined)
  if (scripts.length > 0 || bundled) return undefined
  return 'Nothing is built: package.json has no script build, prepare or prepack, and every file that it names is there'
}

function whyBuild({lock, missing}: Project): string {
  if (missing.length === 0) return `${lock?.name ?? ''} and scripts that build are there`
  return `${missing.map(({field, target}) => `${target} (${field})`).join(', ')} not there yet`
}

function installation({lock, managerThere}: Project): {
  readonly argv: readonly string[]
  readonly warnings: readonly string[]
} {
  const quiet = ['--include=dev', '--no-audit', '--no-fund']
  const loose = ['npm', 'install', ...quiet, '--no-package-lock']
  if (lock === undefined)
    return {argv: loose, warnings: ['There is no lock file: the newest matching dependencies are installed']}
  if (lock.manager === 'npm') return {argv: ['npm', 'ci', ...quiet], warnings: []}
  if (managerThere) return {argv: frozen[lock.manager], warnings: []}
  return {argv: loose, warnings: [withoutManager(lock)]}
}

const frozen = {
  pnpm: ['pnpm', 'install', '--frozen-lockfile', '--prod=false'],
  yarn: ['yarn', 'install', '--frozen-lockfile'],
} as const

function withoutManager({name, manager}: LockFile): string {
  return `${name} is not honoured, because ${manager} is not installed: npm installs the newest matching dependencies`
}

// npm runs prepare and prepack itself when it packs; a build that they call need not run before as well.
function buildScript({manifest, missing}: Project): string | undefined {
  const {scripts} = manifest
  const runsBuild = /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?build(?![\w:-])/
  const byNpm = [scripts['prepare'], scripts['prepack']].filter(each => each !== undefined)
  if (scripts['build'] !== undefined) return byNpm.some(each => runsBuild.test(each)) ? undefined : 'build'
  const lastResort = missing.length > 0 && byNpm.length === 0 && scripts['prepublishOnly'] !== undefined
  return lastResort ? 'prepublishOnly' : undefined
}
