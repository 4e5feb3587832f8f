import type {Host} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import type {BundleManifest, McpConfig} from '@mcp-release/mcpb'
import type {Platform} from '@mcp-release/release-model'
import type {Content} from './content'
import {lockedConstraints} from './locked-python'
import {installLibraries, interpreter} from './pip-install'
import {refuseOwnSources} from './own-sources'
import type {Project} from './project'
import type {BundleRequest} from './request'
import {type Source, onlySource} from './sources'
import {type Wheel, launcherOf, readWheel} from './wheel'

const launcher = 'server/mcpb_launcher.py'

/** A wheel with its dependencies vendored inside, once for every platform or once for each target. */
export async function pythonContents(
  host: Host,
  sources: readonly Source[],
  {
    request,
    project,
    paths,
  }: {readonly request: BundleRequest; readonly project: Project; readonly paths: ReadonlyMap<string, string>},
): Promise<readonly Content[]> {
  const source = onlySource(sources, 'wheel')
  const {manifest} = project
  // What a manifest of the author's starts, it says itself.
  const wheel = readWheel(source, request.executable, manifest === undefined ? request.start?.extras : [])
  const folder = libraryFolder(manifest)
  const own: readonly ArchiveFile[] =
    manifest === undefined
      ? [{name: launcher, mode: 0o644, content: Buffer.from(launcherOf(wheel.target))}]
      : onlySource(sources, 'sdist').entries
  const platforms: readonly (Platform | undefined)[] = request.targets.length === 0 ? [undefined] : request.targets
  await refuseOwnSources(host, request.directory, wheel)
  const constraints = await lockedConstraints(host, request.directory, wheel)
  const contents: Content[] = []
  for (const platform of platforms) {
    const python = await interpreter(host)
    const installed = await installLibraries(host, {
      python,
      wheel,
      path: paths.get(source.file) ?? '',
      platform,
      constraints,
    })
    const libraries = installed.map(file => ({...file, name: folder === '' ? file.name : `${folder}/${file.name}`}))
    contents.push({
      command: wheel.command,
      ...(platform === undefined ? {} : {platform}),
      files: [...libraries, ...own],
      server: {type: 'python', entryPoint: manifest?.server.entry_point ?? launcher, config: config(platform)},
      metadata: wheel.metadata,
      bundled: {registryType: 'pypi', name: wheel.metadata.name ?? wheel.command},
      libraries: {path: libraryPath, ...(isCompiled(libraries) ? {python: onlyMinor(python.version)} : {})},
      runtimes: {python: runtime(wheel, libraries, python.version)},
    })
  }
  return contents
}

/**
 * Where the dependencies lie: the last folder of the bundle in the author's PYTHONPATH, from which their server imports
 * (https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md), else `server/lib`.
 */
export function libraryFolder(manifest: BundleManifest | undefined): string {
  const path = manifest?.server.mcp_config?.env?.['PYTHONPATH'] ?? ''
  const inner = [...path.replaceAll(/\$\{(?:\/|pathSeparator)\}/g, '/').matchAll(/\$\{__dirname\}([^:;]*)/g)]
  const last = inner.at(-1)?.[1] ?? 'server/lib'
  return last.replaceAll(/^\/+|\/+$/g, '')
}

const libraryPath = '${__dirname}/server/lib'

// Windows knows no python3, macOS no python.
function config(platform: Platform | undefined): McpConfig {
  const windows = platform?.startsWith('windows/') === true
  return {
    command: windows ? 'python' : 'python3',
    args: [`\${__dirname}/${launcher}`],
    env: {PYTHONPATH: libraryPath},
    ...(platform === undefined ? {platform_overrides: {win32: {command: 'python'}}} : {}),
  }
}

// Compiled modules are for one version of Python, unless they keep to the stable interface (abi3).
function isCompiled(libraries: readonly ArchiveFile[]): boolean {
  return libraries.some(({name}) => /\.(?:cpython-\d+|cp\d+)[^/]*\.(?:so|pyd)$/.test(name))
}

function runtime(wheel: Wheel, libraries: readonly ArchiveFile[], version: string): string {
  return isCompiled(libraries) ? onlyMinor(version) : (wheel.requiresPython ?? `>=${version}`)
}

function onlyMinor(version: string): string {
  const [major = 3, minor = 0] = version.split('.').map(Number)
  return `>=${version},<${major}.${minor + 1}`
}
