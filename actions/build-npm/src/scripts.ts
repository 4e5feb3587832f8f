import {
  type Member,
  type NodeMachine,
  isForeign,
  memberName,
  neededMembers,
  record,
  scriptsBeforePack,
  scriptsOfPack,
  texts,
} from '@mcp-release/package-managers'
import type {Project} from './project'

/** A script of package.json, or a program of the project, to run. */
export interface ScriptStep {
  readonly title: string
  readonly folder: string
  /** The name of the script. */
  readonly script: string
  /** Run this program of the project's dependencies in place of the script. */
  readonly program?: readonly string[]
}

/** The builds of the members of the workspace that the package depends on, each after those that it needs itself. */
export function dependencySteps(project: Project, directory: string, machine: NodeMachine): readonly ScriptStep[] {
  const {workspace} = project.managers
  const needed = neededMembers(workspace.members, directory).filter(({fields}) => !isForeign(fields, machine))
  if (project.turbo && usesTurbo(workspace.rootFields)) {
    const argv = ['turbo', 'run', 'build', `--filter=${project.manifest.name}^...`]
    return [{title: 'Build what the package depends on', folder: workspace.root, script: 'build', program: argv}]
  }
  return needed.flatMap(member => {
    const script = scriptOf(member)
    const title = `Build ${memberName(member)}, on which the package depends`
    return script === undefined ? [] : [{title, script, folder: member.folder}]
  })
}

function usesTurbo(rootFields: Readonly<Record<string, unknown>>): boolean {
  return ['dependencies', 'devDependencies'].some(kind => record(rootFields[kind])['turbo'] !== undefined)
}

function scriptOf({fields}: Member): string | undefined {
  const scripts = texts(fields['scripts'])
  // npm and pnpm run `prepare` of every member when they install, unless `ignore-scripts` is set.
  return ['build', 'prepare', 'prepack'].find(name => scripts[name] !== undefined)
}

const runsBuild = /\b(?:npm|pnpm|yarn|bun)\s+(?:run(?:-script)?\s+)?build(?![\w:-])/

/**
 * The scripts that make the package. What its manager runs by itself when it packs need not run before as well; Yarn does
 * not run `prepare` then.
 */
export function ownScripts({manifest: {scripts}, choice}: Project): readonly string[] {
  const flavour = choice.manager.name === 'yarn' ? 'yarn-berry' : choice.manager.name
  const byPack = scriptsOfPack(flavour)
  const packs = byPack.flatMap(each => (each === 'postpack' ? [] : (scripts[each] ?? [])))
  const before = scriptsBeforePack(flavour).filter(each => scripts[each] !== undefined)
  if (scripts['build'] !== undefined) return packs.some(each => runsBuild.test(each)) ? before : ['build', ...before]
  return scripts['prepare'] !== undefined && !byPack.includes('prepare') ? ['prepare'] : before
}
