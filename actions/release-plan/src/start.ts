import {type PlanFinding, type ReleaseSettings, settingsOf} from '@mcp-release/release-model'
import {
  type Configuration,
  type NearMiss,
  type StartTarget,
  asInstalled,
  launchOf,
  nearMisses,
  readmeConfigurations,
  sameName,
  startRecipes,
  strangerOf,
} from '@mcp-release/start-recipes'
import {type Candidate, type Tree, fileNameOf, packageId} from './detected'
import {startTarget} from './start-target'
import {undeclared} from './undeclared'

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
    const {entries: _, sources: __, ...rest} = each
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
  const findings = [
    ...packages.flatMap(each => strangers(each, all, tree)),
    ...started.flatMap((each, index) => undeclared(each, packages[index]?.sources)),
  ]
  return {packages: started, findings}
}

/** Instructions that start another package: one that is called nearly the same, or nothing that the repository installs. */
function strangers(each: Candidate, packages: readonly Candidate[], {texts}: Tree): readonly PlanFinding[] {
  if (each.role !== 'server' || each.ecosystem === 'oci') return []
  const configurations = readmeConfigurations(each.path, texts)
  const near = nearMisses(configurations, startTarget(each, packages))
  if (near.length > 0) return near.map(miss => nearFinding(miss, each))
  const clients = configurations.filter(({form, argv}) => form === 'client' && argv.length > 0)
  const targets = packages.map(other => asInstalled(startTarget(other, packages), configurations))
  const known = clients.some(({argv}) => targets.some(target => launchOf(argv, target) !== undefined))
  const stranger = known ? undefined : clients.find(({argv}) => targets.every(target => isForeign(argv, target)))
  if (stranger === undefined) return []
  return [
    {
      level: 'warning',
      subject: stranger.source,
      text: `tells clients to start ${shown(stranger)}, which is nothing that this repository installs; ${each.manifest} is ${each.name}, ${installs(each)}`,
      hint: `Name what is installed: ${each.name}.`,
    },
  ]
}

function nearFinding({name, command, source, argv}: NearMiss, each: Candidate): PlanFinding {
  const text =
    command === undefined
      ? `starts ${name} (${shown({argv})}), the package is ${each.name}: clients fetch another one, so that this is not what is started here`
      : `starts the command ${command} (${shown({argv})}), and ${each.name} has none of that name, ${installs(each)}`
  return {
    level: 'warning',
    subject: source,
    text,
    hint: `Write ${userCommand(each)}, or publish ${command ?? name} too.`,
  }
}

function installs({executables, module, entry}: Candidate): string {
  if (entry !== undefined) return `started by node with its file ${entry}`
  return module === undefined ? `with the command ${executables.join(', ')}` : `started by python -m ${module}`
}

/** What users type who have nothing installed. */
function userCommand({ecosystem, name, executables, importPath, module, entry}: Candidate): string {
  if (entry !== undefined) return `\`node node_modules/${name}/${entry}\``
  const [command = name] = executables
  const isNamed = sameName(command, fileNameOf(name)) || executables.length === 1
  if (ecosystem === 'npm') return isNamed ? `\`npx -y ${name}\`` : `\`npx -y -p ${name} ${command}\``
  if (ecosystem === 'pypi' && module !== undefined) return `\`uvx --from ${name} python -m ${module}\``
  if (ecosystem === 'pypi') return sameName(command, name) ? `\`uvx ${name}\`` : `\`uvx --from ${name} ${command}\``
  return ecosystem === 'go' && importPath !== undefined ? `\`go run ${importPath}@latest\`` : `\`${command}\``
}

// Only a package by name is surely another one: a path or a script may be anything.
function isForeign(argv: readonly string[], target: StartTarget): boolean {
  const stranger = strangerOf(argv, target)
  const helper = /^(?:mcp-remote|@modelcontextprotocol\/inspector|@smithery\/cli|supergateway|mcp-proxy|mcpo|fastmcp)$/
  return stranger !== undefined && !helper.test(stranger.name)
}

function shown({argv}: Pick<Configuration, 'argv'>): string {
  const line = argv.slice(0, 4).join(' ')
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``
}
