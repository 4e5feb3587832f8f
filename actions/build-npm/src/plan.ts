import {join} from 'node:path'
import {InputError} from '@mcp-release/action-kit'
import {
  type InstallOptions,
  type Manager,
  type NodeMachine,
  calledManager,
  hasWorkspaceRanges,
  isForeign,
  record,
  scriptsOfPack,
} from '@mcp-release/package-managers'
import {type BuildRequest, sameVersion} from '@mcp-release/release-model'
import {buildingScripts, isPublishedContent, otherManagers} from './built-before'
import type {Project} from './project'
import {type ScriptStep, dependencySteps, ownScripts} from './scripts'

/** What is run, as data. */
export interface BuildPlan {
  readonly directory: string
  /** Where dependencies are installed: the folder of the package, or the root of the monorepo. */
  readonly root: string
  /** Why these steps, for the log. */
  readonly reason: string
  readonly warnings: readonly string[]
  /** Who installs, builds and packs, and then the others whom scripts call. */
  readonly managers: readonly Manager[]
  readonly install?: InstallOptions
  readonly steps: readonly ScriptStep[]
  /** What is run, one after the other, while files that package.json names are still missing. */
  readonly fallbacks: readonly ScriptStep[]
  /** Whether the package's own scripts run when it is packed. */
  readonly packScripts: boolean
  readonly env: Readonly<Record<string, string>>
  /** Seconds since 1970 of every entry. */
  readonly time: number
}

/** Decides what to install and to run before packing; throws an `InputError` when the version is another one. */
export function planBuild({
  request,
  project,
  time,
  machine,
}: {
  readonly request: BuildRequest
  readonly project: Project
  readonly time: number
  readonly machine: NodeMachine
}): BuildPlan {
  const {directory} = request
  refuseOtherVersion(request, project)
  const {manager, lock, warnings} = project.choice
  const {workspace} = project.managers
  // An empty NODE_ENV counts as none; with `production` the development dependencies that build would be left out.
  const common = {directory, root: workspace.root, env: {SOURCE_DATE_EPOCH: `${time}`, NODE_ENV: ''}, time}
  const reason = whyNothing(project)
  if (reason !== undefined) {
    const npm: Manager = {name: 'npm', origin: 'nothing is built'}
    return {...common, reason, warnings: [], managers: [npm], steps: [], fallbacks: [], packScripts: false}
  }
  const foreign = [project.manifest.fields, workspace.rootFields, ...workspace.members.map(each => each.fields)]
  return {
    ...common,
    reason: `The package is built with ${manager.name} (${manager.origin})`,
    warnings: [...warnings, ...(lock === undefined ? [looseWarning] : [])],
    managers: [manager, ...otherManagers(project).map(name => calledManager(name, project.managers))],
    install: {
      locked: lock !== undefined,
      apart: workspace.apart,
      foreign: foreign.some(fields => isForeign(fields, machine)),
    },
    steps: [
      ...dependencySteps(project, directory, machine),
      ...ownScripts(project).map(script => ({title: `Run the script ${script}`, script, folder: directory})),
    ],
    fallbacks: fallbacks(project, directory),
    packScripts: !isPublishedContent(project),
  }
}

const looseWarning = 'There is no lock file: the newest matching dependencies are installed'

function refuseOtherVersion({directory, version}: BuildRequest, {manifest}: Project): void {
  if (version === undefined || sameVersion(version.text, manifest.version)) return
  const file = join(directory, 'package.json')
  throw new InputError([`version: is ${version.text}, but ${file} says ${JSON.stringify(manifest.version)}`], {
    hint: `Set "version": ${JSON.stringify(version.semver ?? version.text)} in package.json, or use the tag that belongs to it.`,
  })
}

// What only the project's own manager does when it packs.
const overridden = ['main', 'module', 'browser', 'exports', 'imports', 'bin', 'type', 'types', 'typings', 'directory']

function whyNothing(project: Project): string | undefined {
  const {missing, manifest, choice} = project
  if (missing.length > 0 || hasWorkspaceRanges(manifest.fields)) return undefined
  const overrides = record(manifest.fields['publishConfig'])
  if (['pnpm', 'yarn'].includes(choice.manager.name) && overridden.some(name => overrides[name] !== undefined))
    return undefined
  const bundled = ['bundleDependencies', 'bundledDependencies'].some(name => manifest.fields[name] !== undefined)
  if (isPublishedContent(project) && !bundled)
    return buildingScripts.some(name => manifest.scripts[name] !== undefined)
      ? 'Nothing is built: this is what was published before, without the sources that its scripts need'
      : 'Nothing is built: every file that package.json names is there, and no script build, prepare or prepack'
  const scripts = buildingScripts.filter(name => manifest.scripts[name] !== undefined)
  if (scripts.length > 0 || bundled) return undefined
  return 'Nothing is built: package.json has no script build, prepare or prepack, and every file that it names is there'
}

function fallbacks({manifest, choice, managers}: Project, directory: string): readonly ScriptStep[] {
  const made = scriptsOfPack(choice.manager.name === 'yarn' ? 'yarn-berry' : choice.manager.name)
  if (made.some(name => manifest.scripts[name] !== undefined && name !== 'postpack')) return []
  const {root, rootFields} = managers.workspace
  const own = manifest.scripts['prepublishOnly'] === undefined ? [] : ['prepublishOnly']
  const hasRootBuild = root !== directory && typeof record(rootFields['scripts'])['build'] === 'string'
  return [
    ...own.map(script => ({title: `Run the script ${script}`, script, folder: directory})),
    ...(hasRootBuild ? [{title: 'Run the script build of the workspace', script: 'build', folder: root}] : []),
  ]
}
