import type {PlanFinding} from '@mcp-release/release-model'
import {asInstalled, configurationsFor, isTask, launchOf} from '@mcp-release/start-recipes'
import {type Candidate, type Detected, type Tree, below} from './detected'
import {isOtherKind} from './program-kinds'
import {moduleOfFile} from './python-sources'
import {scriptHint} from './script-hint'
import {isClient, isSdk, sdkOf} from './sdk-dependencies'
import {startTarget} from './start-target'

/** How a Python package without a command is started, and why it is a server. */
export interface ModuleStart {
  readonly module: string
  readonly reason: string
}

/**
 * The module by which users start a Python package that installs no command: the one that server.json, a manifest or the
 * instructions run, else its `__main__` when it depends on an MCP SDK (https://docs.python.org/3/library/__main__.html).
 */
export function moduleStart(each: Detected, packages: readonly Detected[], tree: Tree): ModuleStart | undefined {
  if (each.ecosystem !== 'pypi' || each.executables.length > 0) return undefined
  return listed(each, tree) ?? bundled(each, tree) ?? told(each, packages, tree) ?? withSdk(each, tree)
}

function own(module: string, {sources}: Detected): boolean {
  return sources?.modules?.includes(module.split('.')[0] ?? '') === true
}

type Loose = Readonly<Record<string, unknown>>

function json(text: string | undefined): Loose {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Loose) : {}
  } catch {
    // What is wrong with it is told where it is published.
    return {}
  }
}

const list = (value: unknown): readonly Loose[] =>
  Array.isArray(value) ? value.filter((each): each is Loose => typeof each === 'object' && each !== null) : []

// https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json: runtimeArguments stand before what is run.
function listed(each: Detected, {texts}: Tree): ModuleStart | undefined {
  for (const file of new Set(['server.json', below(each.path, 'server.json')])) {
    for (const {registryType, runtimeArguments} of list(json(texts[file])['packages'])) {
      if (registryType !== 'pypi') continue
      const words = list(runtimeArguments).flatMap(({name, value}) =>
        [name, value].filter(word => typeof word === 'string'),
      )
      const module = words[words.indexOf('-m') + 1]
      if (words.includes('-m') && module !== undefined && own(module, each))
        return {module, reason: `${file} has clients run python -m ${module}`}
    }
  }
  return undefined
}

// https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md
function bundled(each: Detected, tree: Tree): ModuleStart | undefined {
  const file = below(each.path, 'manifest.json')
  const manifest = json(tree.texts[file])
  if (manifest['manifest_version'] === undefined && manifest['dxt_version'] === undefined) return undefined
  const server = (manifest['server'] ?? {}) as Loose
  const {args} = (server['mcp_config'] ?? {}) as Loose
  const words = Array.isArray(args) ? args.map(String) : []
  const named = words.includes('-m') ? words[words.indexOf('-m') + 1] : undefined
  const script = words.find(word => word.endsWith('.py'))?.replace(/^\$\{__dirname\}\/?/, '')
  const module = named ?? (script === undefined ? undefined : moduleOfFile(script, each.path, tree)?.module)
  return module !== undefined && own(module, each) ? {module, reason: `${file} makes an MCP bundle of it`} : undefined
}

function told(each: Detected, packages: readonly Detected[], tree: Tree): ModuleStart | undefined {
  const configurations = configurationsFor(each.path, tree.texts)
  const target = asInstalled(startTarget(each, packages), configurations)
  const serves = sdkOf(each, tree) !== undefined
  for (const {argv, form, source} of configurations) {
    // A line to type may run anything that the package has.
    if (argv.length === 0 || (form === 'shell' && !serves)) continue
    const launch = launchOf(argv, target)
    if (launch?.by !== 'own' || (form === 'shell' && isTask(launch.args))) continue
    const module =
      launch.module ?? (launch.file === undefined ? undefined : moduleOfFile(launch.file, each.path, tree)?.module)
    if (module !== undefined && own(module, each))
      return {module, reason: `${source} tells ${form === 'client' ? 'clients' : 'users'} to start it`}
  }
  return undefined
}

function withSdk(each: Detected, tree: Tree): ModuleStart | undefined {
  const [main] = each.sources?.runnable ?? []
  const sdk = sdkOf(each, tree)
  if (main === undefined || sdk === undefined || isOtherKind(each) || isSdk(each) || isClient(each, tree))
    return undefined
  return {module: main.module, reason: `depends on ${sdk} and has ${main.file}`}
}

/** What users of `uvx` meet where a server installs no command, and the line that gives it one. */
export function withoutCommand(each: Candidate, tree: Tree): readonly PlanFinding[] {
  if (each.module === undefined || each.role !== 'server') return []
  return [
    {
      level: 'warning',
      subject: each.manifest,
      text: `\`uvx ${each.name}\` and \`pipx run ${each.name}\` find no command: it is started by \`python -m ${each.module}\` alone`,
      hint: scriptHint(each, each.module, tree),
    },
  ]
}
