import {InputError} from '@mcp-release/action-kit/errors'
import type {BundleStart} from './bundle-start'
import type {BundleManifest, McpConfig, ServerType, System} from './manifest-schema'
import {type Metadata, describing} from './metadata'
import {currentVersion} from './current-version'

/** How the server inside of a bundle is started. */
export interface BundleServer {
  readonly type: ServerType
  /** Relative to the bundle, with `/`. */
  readonly entryPoint: string
  readonly config: McpConfig
}

/** What a manifest is generated from. */
export interface ManifestFacts {
  readonly server: BundleServer
  /** The version as SemVer. */
  readonly version: string
  readonly metadata: Metadata
  /** What the server is given when it is started. */
  readonly start: BundleStart
  /** Path inside of the bundle. */
  readonly icon?: string
  /** Absent: all. */
  readonly systems?: readonly System[]
  /** Such as `{node: '>=20'}`. */
  readonly runtimes?: {readonly node?: string; readonly python?: string}
  readonly tools?: readonly {readonly name: string; readonly description?: string}[]
}

/** A manifest of version 0.3, or 0.4 where uv needs it; throws an `InputError` with all that is not known. */
export function generateManifest(facts: ManifestFacts): BundleManifest {
  const {server, metadata, start, version} = facts
  const {name, description, author} = required(metadata)
  const options = Object.keys(start.options).length === 0 ? undefined : start.options
  return {
    manifest_version: server.type === 'uv' ? '0.4' : currentVersion,
    name,
    ...(metadata.title === undefined ? {} : {display_name: metadata.title}),
    version,
    description,
    author,
    ...describing(metadata),
    ...(facts.icon === undefined ? {} : {icon: facts.icon}),
    server: {
      type: server.type,
      entry_point: server.entryPoint,
      mcp_config: startedWith(server.config, start),
    },
    ...toolsOf(facts),
    ...compatibility(facts),
    ...(options === undefined ? {} : {user_config: options}),
  }
}

function required({name, description, author}: Metadata): Required<Pick<Metadata, 'name' | 'description' | 'author'>> {
  const problems: string[] = []
  const said = 'manifest.json cannot be generated: '
  if (name === undefined) problems.push(`${said}the server has no name`)
  if (description === undefined)
    problems.push(`${said}no description is known; write "description" into the package or server.json`)
  if (author === undefined)
    problems.push(`${said}no author is known; write the author into the package, or "repository" into server.json`)
  if (name === undefined || description === undefined || author === undefined) throw new InputError(problems)
  return {name, description, author}
}

function startedWith(config: McpConfig, start: BundleStart): McpConfig {
  const {command, args, env: own, platform_overrides: overrides} = config
  const given = [...(args ?? []), ...start.args]
  const env = {...start.env, ...own}
  // Clients take what a system has of its own in place of the rest.
  const systems = Object.entries(overrides ?? {}).map(([system, each]) => [
    system,
    {
      ...each,
      ...(each.args === undefined ? {} : {args: [...each.args, ...start.args]}),
      ...(each.env === undefined ? {} : {env: {...start.env, ...each.env}}),
    },
  ])
  return {
    command,
    ...(args === undefined && given.length === 0 ? {} : {args: given}),
    ...(Object.keys(env).length === 0 ? {} : {env}),
    ...(overrides === undefined ? {} : {platform_overrides: Object.fromEntries(systems) as typeof overrides}),
  }
}

// A client that finds no list of tools asks the server only when it is told that there are more.
function toolsOf({tools}: ManifestFacts): Partial<BundleManifest> {
  if (tools === undefined) return {tools_generated: true}
  return {tools: tools.map(({name, description}) => ({name, ...(description === undefined ? {} : {description})}))}
}

function compatibility({systems, runtimes}: ManifestFacts): Partial<BundleManifest> {
  if (systems === undefined && runtimes === undefined) return {}
  return {
    compatibility: {
      ...(systems === undefined ? {} : {platforms: [...systems]}),
      ...(runtimes === undefined ? {} : {runtimes}),
    },
  }
}
