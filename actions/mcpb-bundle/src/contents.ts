import {basename} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import type {ServerType} from '@mcp-release/mcpb'
import {binaryContents} from './binary-content'
import type {Content} from './content'
import {folderContent} from './folder-content'
import {nodeContents} from './node-content'
import type {Project} from './project'
import {pythonContents} from './python-content'
import type {BundleRequest} from './request'
import {type ExecutableSource, type Source, onlySource, readSource} from './sources'
import {uvContent} from './uv-content'

/** What goes into each bundle of a request. */
export async function gatherContents(
  host: Host,
  request: BundleRequest,
  {project, output}: {readonly project: Project; readonly output: string},
): Promise<readonly Content[]> {
  if (request.files.length === 0) {
    checkType(request, project)
    return [await folderContent(host, request, {project, output})]
  }
  const sources = await readSources(host, request)
  const type = checkType(request, project) ?? typeOf(sources)
  switch (type) {
    case 'binary':
      return binaryContents(
        sources.filter((each): each is ExecutableSource => each.kind === 'executables'),
        request,
        project,
      )
    case 'node':
      return nodeContents(host, onlySource(sources, 'npm'), request)
    case 'uv':
      return [await uvContent(host, sources, {request, project})]
    case 'python': {
      if (leavesToUv(request, project)) return [await uvContent(host, sources, {request, project})]
      const paths = new Map(request.files.map(path => [basename(path), path]))
      return pythonContents(host, sources, {request, project, paths})
    }
  }
}

// Many manifests of type python leave the dependencies to uv, as the type uv does. Without a manifest so does a bundle whose
// type nobody chose: the compiled parts of an MCP SDK would tie it to one platform and one version of Python.
function leavesToUv({type, dependencies}: BundleRequest, {manifest}: Project): boolean {
  if (manifest !== undefined) return manifest.server.mcp_config?.command === 'uv'
  return type === 'auto' || dependencies === 'uv'
}

async function readSources(host: Host, {files}: BundleRequest): Promise<readonly Source[]> {
  const sources: Source[] = []
  for (const path of files) {
    const source = await readSource(host, path)
    if (source !== undefined) sources.push(source)
  }
  if (sources.length > 0) return sources
  throw new InputError([
    `files: none of ${files.map(path => basename(path)).join(', ')} is an npm tarball, a wheel, an archive with an executable or an executable`,
  ])
}

/** The type that the input or the author's manifest says; both must say the same. */
function checkType({type}: BundleRequest, {manifest, manifestFile}: Project): ServerType | undefined {
  const own = manifest?.server.type
  if (type !== 'auto' && own !== undefined && type !== own)
    throw new InputError([`${manifestFile ?? ''}: server.type is ${own}, but the bundle is to be of type ${type}`])
  return type === 'auto' ? own : type
}

function typeOf(sources: readonly Source[]): ServerType {
  const kinds = [...new Set(sources.map(({kind}) => kind).filter(kind => kind !== 'sdist'))]
  const types = {npm: 'node', wheel: 'python', executables: 'binary'} as const
  const [kind] = kinds
  if (kind === undefined)
    throw new InputError(['files: a source distribution alone makes no bundle; give its wheel, too'])
  if (kinds.length === 1) return types[kind]
  throw new InputError([`files: are of several kinds (${kinds.join(', ')}); say by type what the bundle is made of`])
}
