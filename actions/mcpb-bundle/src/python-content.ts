import {join} from 'node:path'
import type {Host} from '@mcp-release/action-kit'
import type {ArchiveFile} from '@mcp-release/archives'
import type {McpConfig} from '@mcp-release/mcpb'
import type {Platform} from '@mcp-release/release-model'
import type {Content} from './content'
import {readFolder} from './folder'
import type {Project} from './project'
import type {BundleRequest} from './request'
import {type Source, onlySource} from './sources'
import {type Wheel, launcherOf, readWheel} from './wheel'

const launcher = 'server/mcpb_launcher.py'

/** A wheel with its dependencies in `server/lib`, once for every platform or once for each target. */
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
  const wheel = readWheel(source, request.executable)
  const {manifest} = project
  const own: readonly ArchiveFile[] =
    manifest === undefined
      ? [{name: launcher, mode: 0o644, content: Buffer.from(launcherOf(wheel.target))}]
      : onlySource(sources, 'sdist').entries
  const platforms: readonly (Platform | undefined)[] = request.targets.length === 0 ? [undefined] : request.targets
  const contents: Content[] = []
  for (const platform of platforms) {
    const python = await interpreter(host)
    const libraries = await installLibraries(host, {python, wheel, path: paths.get(source.file) ?? '', platform})
    contents.push({
      command: wheel.command,
      ...(platform === undefined ? {} : {platform}),
      files: [...own, ...libraries],
      server: {type: 'python', entryPoint: manifest?.server.entry_point ?? launcher, config: config(platform)},
      metadata: wheel.metadata,
      runtimes: {python: runtime(wheel, libraries, python.version)},
    })
  }
  return contents
}

// Windows knows no python3, macOS no python.
function config(platform: Platform | undefined): McpConfig {
  const windows = platform?.startsWith('windows/') === true
  return {
    command: windows ? 'python' : 'python3',
    args: [`\${__dirname}/${launcher}`],
    env: {PYTHONPATH: '${__dirname}/server/lib'},
    ...(platform === undefined ? {platform_overrides: {win32: {command: 'python'}}} : {}),
  }
}

interface Python {
  readonly program: string
  /** Such as `3.13`. */
  readonly version: string
}

async function interpreter(host: Host): Promise<Python> {
  const program = host.platform.os === 'windows' ? 'python' : 'python3'
  const script = 'import sys; print(".".join(map(str, sys.version_info[:2])))'
  const {stdout} = await host.exec([program, '-I', '-c', script], {
    quiet: true,
    installHint: 'Bundles of type python need Python with pip; actions/setup-python has both.',
  })
  return {program, version: stdout.trim()}
}

async function installLibraries(
  host: Host,
  what: {
    readonly python: Python
    readonly wheel: Wheel
    readonly path: string
    readonly platform: Platform | undefined
  },
): Promise<readonly ArchiveFile[]> {
  const folder = await host.files.makeTemporary('mcpb-python')
  try {
    const {python, wheel, path, platform} = what
    const argv = [python.program, '-m', 'pip', 'install', '--target', join(folder, 'lib'), '--only-binary', ':all:']
    const options = [
      '--no-compile',
      '--quiet',
      '--no-input',
      '--disable-pip-version-check',
      '--no-warn-script-location',
    ]
    const tags = platform === undefined ? [] : (platformTags[platform] ?? ['any']).flatMap(tag => ['--platform', tag])
    await host.group(
      `Install ${wheel.file} and its dependencies${platform === undefined ? '' : ` for ${platform}`}`,
      () => host.exec([...argv, ...options, ...tags, path], {cwd: folder, env: {PIP_ROOT_USER_ACTION: 'ignore'}}),
    )
    const keeps = (name: string) =>
      !/^bin\/|(?:^|\/)__pycache__\/|^[^/]+\.dist-info\/(?:RECORD|INSTALLER|REQUESTED|direct_url\.json)$/.test(name)
    const files = await readFolder(host, join(folder, 'lib'), {keeps})
    return files.map(file => ({...file, name: `server/lib/${file.name}`, mode: 0o644}))
  } finally {
    await host.files.remove(folder)
  }
}

// What wheels of a platform may be tagged with (PEP 600, PEP 425). macOS tags include all older ones.
const platformTags: Readonly<Partial<Record<Platform, readonly string[]>>> = {
  'linux/amd64': ['manylinux_2_28_x86_64', 'manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
  'linux/arm64': ['manylinux_2_28_aarch64', 'manylinux_2_17_aarch64', 'manylinux2014_aarch64'],
  'darwin/amd64': ['macosx_12_0_x86_64'],
  'darwin/arm64': ['macosx_12_0_arm64'],
  'windows/amd64': ['win_amd64'],
  'windows/arm64': ['win_arm64'],
  'linux/386': ['manylinux_2_28_i686', 'manylinux_2_17_i686', 'manylinux2014_i686'],
  'linux/arm/v7': ['manylinux_2_31_armv7l', 'manylinux_2_17_armv7l'],
  'linux/riscv64': ['manylinux_2_39_riscv64'],
  'linux/ppc64le': ['manylinux_2_28_ppc64le', 'manylinux_2_17_ppc64le'],
  'linux/s390x': ['manylinux_2_28_s390x', 'manylinux_2_17_s390x'],
  'darwin/universal': ['macosx_12_0_universal2'],
  'windows/386': ['win32'],
}

// Compiled modules are for one version of Python, unless they keep to the stable interface (abi3).
function runtime(wheel: Wheel, libraries: readonly ArchiveFile[], version: string): string {
  const compiled = libraries.some(({name}) => /\.(?:cpython-\d+|cp\d+)[^/]*\.(?:so|pyd)$/.test(name))
  if (!compiled) return wheel.requiresPython ?? `>=${version}`
  const [major = 3, minor = 0] = version.split('.').map(Number)
  return `>=${version},<${major}.${minor + 1}`
}
