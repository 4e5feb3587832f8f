import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import {type ArchiveEntry, directoryWriter, jsonEntry, parsedEntry, readZip, unpackTo} from '@mcp-release/archives'
import {parse} from 'smol-toml'
import type {Incomplete} from './knowledge'
import type {Source} from './stage'
import type {Subject} from './subject'
import {installWheels} from './wheel-install'

/**
 * What a desktop client gets from an MCP bundle: what lies inside, and where uv installs the dependencies on their
 * machine what pyproject.toml asks for; not when `unresolved` says why they could not be resolved.
 */
export async function stageBundle(
  host: Host,
  {path, name}: Subject,
  folder: string,
  unresolved?: string,
): Promise<Source> {
  const entries = readZip(await host.files.readBytes(path))
  if (!leavesToUv(entries)) {
    // syft unpacks archives by their suffix.
    const copy = join(folder, `${name}.zip`)
    await host.files.copy(path, copy)
    return {location: `file:${copy}`}
  }
  await unpackTo(entries, directoryWriter(folder))
  const project = readProject(entries)
  const incomplete =
    unresolved === undefined ? await install(host, folder, project.dependencies) : [{reason: unresolved}]
  const known = entries.some(entry => entry.name.endsWith('.dist-info/METADATA'))
  if (!known && project.name !== undefined) {
    const metadata = `Metadata-Version: 2.1\nName: ${project.name}\nVersion: ${project.version ?? '0'}\n`
    await host.files.write(join(folder, `${project.name}.dist-info`, 'METADATA'), metadata)
  }
  return {location: `dir:${folder}`, base: folder, incomplete}
}

async function install(host: Host, folder: string, dependencies: readonly string[]): Promise<readonly Incomplete[]> {
  return dependencies.length === 0 ? [] : installWheels(host, join(folder, '.dependencies'), dependencies)
}

// Many manifests of type python have uv as the command, which installs what pyproject.toml asks for.
function leavesToUv(entries: readonly ArchiveEntry[]): boolean {
  const {server} = jsonEntry('manifest.json', textOf(entries, 'manifest.json') ?? '{}') as {
    readonly server?: {readonly type?: unknown; readonly mcp_config?: {readonly command?: unknown}}
  }
  return (
    server?.type === 'uv' ||
    (server?.mcp_config?.command === 'uv' && entries.some(({name}) => name === 'pyproject.toml'))
  )
}

interface PythonProject {
  readonly name?: string
  readonly version?: string
  /** PEP 508. */
  readonly dependencies: readonly string[]
}

function readProject(entries: readonly ArchiveEntry[]): PythonProject {
  const text = textOf(entries, 'pyproject.toml') ?? ''
  const {project = {}} = parsedEntry('pyproject.toml', () => parse(text)) as {
    project?: Readonly<Record<string, unknown>>
  }
  const {name, version, dependencies} = project
  // Names are parts of paths and arguments here.
  const isName = typeof name === 'string' && /^[A-Za-z0-9][\w.-]*$/.test(name)
  return {
    ...(isName ? {name} : {}),
    ...(typeof version === 'string' && /^[\w.!+-]+$/.test(version) ? {version} : {}),
    dependencies: (Array.isArray(dependencies) ? dependencies : []).filter(
      (each): each is string => typeof each === 'string' && /^[A-Za-z0-9]/.test(each),
    ),
  }
}

function textOf(entries: readonly ArchiveEntry[], name: string): string | undefined {
  const entry = entries.find(each => each.kind === 'file' && each.name === name)
  return entry === undefined ? undefined : Buffer.from(entry.content).toString()
}
