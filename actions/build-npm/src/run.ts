import {join} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {
  type Toolbox,
  openToolbox,
  ownScriptsRun,
  packArguments,
  packedName,
  runArguments,
} from '@mcp-release/package-managers'
import {npmTarballName} from '@mcp-release/release-model'
import {withGit} from './git-around'
import {type Building, explained, failure, install} from './install'
import type {BuildPlan} from './plan'
import {type Project, filesOf, missingEntries} from './project'
import type {ScriptStep} from './scripts'
import {type Tarball, readTarball} from './tarball'

/** What a build made, and what ran for it. */
export interface Built {
  readonly tarball: Tarball
  /** The commands that ran before packing, as a person would type them. */
  readonly ran: readonly string[]
  /** The files of the package's folder once it was packed. */
  readonly checkout: ReadonlySet<string>
}

/** Runs the steps in the checkout and packs into a temporary folder; nothing is left there. */
export async function build(host: Host, plan: BuildPlan, project: Project): Promise<Built> {
  for (const warning of plan.warnings) host.warning(warning)
  const tools = await openToolbox(host, plan.managers)
  try {
    return await withGit(host, plan.root, () => make(host, {plan, project, tools}))
  } finally {
    await tools.close()
  }
}

async function make(host: Host, building: Building): Promise<Built> {
  const {plan, project} = building
  const {install: options} = plan
  const refused =
    options === undefined ? [] : await host.group('Install the dependencies', () => install(host, building, options))
  const ran: string[] = []
  const run = async (step: ScriptStep) => {
    const argv = argumentsOf(step, building.tools)
    ran.push(argv.join(' '))
    await host.group(step.title, () => runStep(host, building, {argv, folder: step.folder, refused}))
  }
  for (const step of plan.steps) await run(step)
  for (const step of plan.fallbacks) {
    if (missingEntries(project.manifest, await filesOf(host, plan.directory)).length > 0) await run(step)
  }
  const tarball = await pack(host, building, refused)
  return {tarball, ran, checkout: await filesOf(host, plan.directory)}
}

// The name of the manager stands for its path, so that a message shows what a person would type.
function argumentsOf({script, program}: ScriptStep, {flavour}: Toolbox): readonly string[] {
  const name = flavour.startsWith('yarn') ? 'yarn' : flavour
  if (program === undefined) return [name, ...runArguments(script)]
  const exec = name === 'npm' ? ['exec', '--'] : name === 'pnpm' ? ['exec'] : ['run']
  return [name, ...exec, ...program]
}

interface Command {
  readonly argv: readonly string[]
  readonly folder: string
  readonly refused: readonly string[]
}

async function runStep(host: Host, building: Building, {argv, folder, refused}: Command): Promise<void> {
  const {plan, tools} = building
  const [, ...args] = argv
  const options = {cwd: folder, env: {...plan.env, ...tools.env, ...ownScriptsRun}, check: false}
  const result = await host.exec([tools.program, ...args], options)
  if (result.exitCode !== 0) throw explained(failure(argv, result), building, refused)
}

async function pack(host: Host, building: Building, refused: readonly string[]): Promise<Tarball> {
  const {plan, project, tools} = building
  const folder = await host.files.makeTemporary('npm')
  const name = tools.flavour.startsWith('yarn') ? 'yarn' : tools.flavour
  try {
    const argv = [name, ...packArguments(tools.flavour, folder, plan.packScripts)]
    await host.group('Pack', () => runStep(host, building, {argv, folder: plan.directory, refused}))
    const names = (await host.files.list(folder)).filter(each => each.endsWith('.tgz'))
    const [file, ...more] = names
    if (file === undefined || more.length > 0)
      throw new ActionError('NPM', `${name} pack made ${names.join(', ') || 'no tarball'} instead of one tarball`, {
        hint:
          file === undefined
            ? `Let the scripts of package.json leave the folder alone into which ${name} packs; npm 9 or newer is needed.`
            : 'A setting such as `workspaces` in .npmrc makes it pack more than this folder: take it out.',
      })
    const own = file === packedName ? npmTarballName(project.manifest.name, project.manifest.version) : file
    return await readTarball(own, await host.files.readBytes(join(folder, file)), plan.time)
  } finally {
    await host.files.remove(folder)
  }
}
