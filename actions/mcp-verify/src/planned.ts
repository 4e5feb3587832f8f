import {
  type Plan,
  type PlannedPackage,
  type ServerSettings,
  type StartRecipe,
  settingsOf,
} from '@mcp-release/release-model'

/** What a plan says of one file. */
export interface Planned {
  readonly package: PlannedPackage
  readonly role: PlannedPackage['role']
  /** How it is started, in the order of trying. */
  readonly recipes: readonly StartRecipe[]
  /** What the settings say of its package. */
  readonly settings: Partial<ServerSettings>
  /** What happens when it cannot start without a real account or device. */
  readonly unverified: 'refuse' | 'allow'
}

/** The package of a file, by the file's name; `undefined` for a file that the plan does not know. */
export function plannedOf(plan: Plan | undefined, file: string): Planned | undefined {
  const id = plan?.artifacts.find(artifact => artifact.name === file)?.package
  const found = plan?.packages.find(each => each.id === id)
  if (plan === undefined || found === undefined) return undefined
  const {start, alternatives = []} = found
  const settings = settingsOf(plan.settings.servers, found)
  return {
    package: found,
    role: settings.role ?? found.role,
    recipes: [...(start === undefined ? [] : [start]), ...alternatives],
    settings,
    unverified: settings.unverified ?? plan.settings.unverified ?? 'refuse',
  }
}
