import {type PlanFinding, type ReleaseSettings, settingsOf} from '@mcp-release/release-model'
import {type Configuration, configurationsFor, launchOf, startRecipes} from '@mcp-release/start-recipes'
import {type Candidate, type Tree, packageId} from './detected'
import {startTarget} from './start-target'

interface Surroundings {
  readonly tree: Tree
  readonly settings: ReleaseSettings
  /** Also those that are not released: what a README says may be about them. */
  readonly all?: readonly Candidate[]
}

/** Adds to each server how it is started, learnt from the settings, or from what the repository tells its users. Pure. */
export function withStart(
  packages: readonly Candidate[],
  {tree, settings, all = packages}: Surroundings,
): {readonly packages: readonly Candidate[]; readonly findings: readonly PlanFinding[]} {
  const started = packages.map(each => {
    // What only the search needs to know is no part of a plan.
    const {entries: _, importPath: __, ...rest} = each
    if (each.role !== 'server') return rest
    const [start, ...alternatives] = startRecipes(
      startTarget(each, all),
      tree.texts,
      settingsOf(settings.servers, {id: packageId(each), ...each}),
    )
    return {
      ...rest,
      ...(start === undefined ? {} : {start}),
      ...(alternatives.length === 0 ? {} : {alternatives}),
    }
  })
  return {packages: started, findings: packages.flatMap(each => strangers(each, all, tree))}
}

/** A README that configures clients, but none with what its package installs: its users start something else, or nothing. */
function strangers(each: Candidate, packages: readonly Candidate[], {texts}: Tree): readonly PlanFinding[] {
  if (each.role !== 'server' || each.ecosystem === 'oci') return []
  const clients = configurationsFor(each.path, texts).filter(({form, argv}) => form === 'client' && argv.length > 0)
  const targets = packages.map(other => startTarget(other, packages))
  const known = clients.some(({argv}) => targets.some(target => launchOf(argv, target) !== undefined))
  const stranger = known ? undefined : clients.find(({argv}) => fetched(argv) !== undefined)
  if (stranger === undefined) return []
  return [
    {
      level: 'warning',
      subject: stranger.source,
      text: `tells clients to start ${shown(stranger)}, which is nothing that this repository installs; ${each.manifest} is ${each.name}, with the command ${each.executables.join(', ')}`,
      hint: `Name what is installed: ${each.name}.`,
    },
  ]
}

// Only a package by name is surely another one: a path or a script may be anything.
function fetched(argv: readonly string[]): string | undefined {
  const words = argv.filter(word => !word.startsWith('-') && word !== '/c' && word !== 'cmd')
  const [launcher, first] = words
  const helper = /^(?:mcp-remote|@modelcontextprotocol\/inspector|@smithery\/cli|supergateway|mcp-proxy)(?:@.*)?$/
  return /^(?:npx|uvx|bunx|pnpx)$/.test(launcher ?? '') &&
    first !== undefined &&
    /^(?:@[\w.-]+\/)?[\w.-]+(?:@[\w.-]+)?$/.test(first) &&
    !helper.test(first)
    ? first
    : undefined
}

function shown({argv}: Configuration): string {
  const line = argv.slice(0, 4).join(' ')
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``
}
