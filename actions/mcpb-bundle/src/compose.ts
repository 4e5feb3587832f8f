import {type Finding, InputError} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import {
  type Bundle,
  type BundleManifest,
  type BundleStart,
  generateManifest,
  mergeMetadata,
  type Stamp,
  plainStart,
  recipeStart,
  serverJsonMetadata,
  serverJsonStart,
  stampManifest,
  systemOfPlatform,
  withVariablesOf,
} from '@mcp-release/mcpb'
import {bundleName, parseVersion, sameVersion} from '@mcp-release/release-model'
import type {Content} from './content'
import type {Project} from './project'
import type {BundleRequest, KnownTool} from './request'

/** What a manifest takes from outside of the package. */
export interface Surroundings {
  readonly project: Project
  readonly tools?: readonly KnownTool[]
  /** The owner of the repository: the author where nothing else says one. */
  readonly owner?: string
}

/** A bundle out of its content: the manifest written or stamped, the files that belong in it. */
export function compose(content: Content, request: BundleRequest, around: Surroundings): Bundle {
  const {project} = around
  const version = versionOf(content, request, project)
  const manifest =
    project.manifest === undefined
      ? generated(content, request, {...around, version})
      : stamped(project.manifest, content, {...around, version})
  const files = new Map<string, ArchiveFile>()
  // The author's own files win over what a package happens to hold.
  for (const file of [...project.licenses, ...content.files, ...project.assets]) files.set(file.name, file)
  return {
    name: bundleName(plain(content.command), version, content.platform),
    manifest,
    files: [...files.values()].filter(({name}) => name !== 'manifest.json' && project.keeps(name)),
    ...(content.platform === undefined ? {} : {platform: content.platform}),
  }
}

function versionOf({metadata}: Content, {version}: BundleRequest, {manifest, manifestFile}: Project): string {
  const own = metadata.version === undefined ? undefined : parseVersion(metadata.version)
  const decided = version ?? own
  if (version !== undefined && own !== undefined && !sameVersion(version.text, own.text))
    throw new InputError([`files: the package has version ${own.text}, but the version is ${version.text}`])
  if (decided !== undefined) return decided.text
  const said = parseVersion(manifest?.version ?? '')
  if (said !== undefined) return said.text
  throw new InputError([
    manifest === undefined
      ? 'version: is not given, and executables do not say theirs'
      : `${manifestFile ?? ''}: version: ${JSON.stringify(manifest.version)} is not a version; mend it, or give version`,
  ])
}

type Context = Surroundings & {readonly version: string}

function generated(
  content: Content,
  request: BundleRequest,
  {project, tools, owner, version}: Context,
): BundleManifest {
  const {serverJson, icon} = project
  const {license} = request
  const systems = systemsOf(content)
  const metadata = mergeMetadata([
    content.metadata,
    ...(serverJson === undefined ? [] : [serverJsonMetadata(serverJson)]),
    license === undefined ? {} : {license},
    owner === undefined ? {} : {author: {name: owner}},
    {description: `The MCP server ${content.command}`},
  ])
  return generateManifest({
    server: content.server,
    version,
    metadata,
    start: startOf(content, request, serverJson),
    ...(icon === undefined ? {} : {icon}),
    ...(systems === undefined ? {} : {systems}),
    ...(content.runtimes === undefined ? {} : {runtimes: content.runtimes}),
    ...(tools === undefined ? {} : {tools}),
  })
}

/** What the plan decided, with what server.json knows besides; without a plan what server.json says. */
function startOf(content: Content, {start}: BundleRequest, serverJson: string | undefined): BundleStart {
  const {bundled, command} = content
  const said =
    serverJson === undefined || bundled === undefined ? plainStart : serverJsonStart(serverJson, {...bundled, command})
  return start === undefined ? said : withVariablesOf(recipeStart(start), said)
}

function stamped(manifest: BundleManifest, content: Content, {tools, version}: Context): BundleManifest {
  const systems = systemsOf(content)
  return stampManifest(manifest, {
    version,
    ...(systems === undefined ? {} : {systems}),
    ...(tools === undefined ? {} : {tools}),
    windows: content.platform?.startsWith('windows/') === true,
    config: content.server.config,
    ...vendored(content),
  })
}

function vendored({libraries}: Content): Pick<Stamp, 'libraries' | 'runtimes'> {
  if (libraries === undefined) return {}
  const {path, python} = libraries
  return {libraries: path, ...(python === undefined ? {} : {runtimes: {python}})}
}

function systemsOf({platform, systems}: Content): Content['systems'] {
  return platform === undefined ? systems : [systemOfPlatform(platform)]
}

// Names in manifests may hold spaces.
function plain(name: string): string {
  return name
    .replace(/^@[^/]*\//, '')
    .trim()
    .replaceAll(/[^A-Za-z0-9._+@-]+/g, '-')
    .replace(/^[^A-Za-z0-9_]+/, '')
}

/** The names that a plan says and that were not made, or the other way round. */
export function nameFindings(bundles: readonly Bundle[], {names}: BundleRequest): readonly Finding[] {
  if (names === undefined) return []
  const made = new Set(bundles.map(({name}) => name))
  const planned = new Set(names)
  return [
    ...names.filter(name => !made.has(name)).map(name => error(`${name}: is planned, but not made`)),
    ...[...made].filter(name => !planned.has(name)).map(name => error(`${name}: is made, but not planned`)),
  ]
}

const error = (text: string): Finding => ({level: 'error', text})
