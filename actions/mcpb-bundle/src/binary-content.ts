import {InputError} from '@mcp-release/action-kit'
import {type System, launchedPath, launcherPath, launcherScript, systemOfPlatform} from '@mcp-release/mcpb'
import {type Platform, executableSuffix, platformSlices, serverCommand} from '@mcp-release/release-model'
import type {Content} from './content'
import type {Project} from './project'
import type {BundleRequest} from './request'
import type {ExecutableSource} from './sources'

interface Binary {
  readonly command: string
  readonly platform: Platform
  readonly content: Uint8Array
  readonly source: ExecutableSource
}

/** A bundle for each platform that there is an executable for, or with a launcher one for all of them. */
export function binaryContents(
  sources: readonly ExecutableSource[],
  request: BundleRequest,
  project: Project,
): readonly Content[] {
  const binaries = wanted(
    sources.flatMap(source => binariesOf(source, request)),
    request,
  )
  if (request.launcher === 'node') return [withLauncher(binaries, project)]
  return binaries.map(binary => single(binary, project))
}

function binariesOf(source: ExecutableSource, {executable, targets}: BundleRequest): readonly Binary[] {
  const name = source.file.replace(/[_-]v?\d.*$/, '')
  const commands = source.executables.map(each => each.command)
  const chosen = serverCommand(commands, {name, asked: executable})
  const found = source.executables.filter(({command}) => command === chosen)
  if (found.length === 0)
    throw new InputError([
      `executable: ${source.file} has no ${executable ?? 'executable'}; it has ${commands.join(', ')}`,
    ])
  return found.flatMap(({command, platforms, content}) =>
    platforms
      .flatMap(platform => (targets.includes(platform) || targets.length === 0 ? [platform] : platformSlices(platform)))
      .map(platform => ({command, platform, content, source})),
  )
}

function wanted(binaries: readonly Binary[], {targets}: BundleRequest): readonly Binary[] {
  const seen = new Map<Platform, Binary>()
  const problems: string[] = []
  for (const binary of binaries) {
    const before = seen.get(binary.platform)
    if (before !== undefined)
      problems.push(`files: ${before.source.file} and ${binary.source.file} are both for ${binary.platform}`)
    seen.set(binary.platform, binary)
  }
  problems.push(...targets.filter(each => !seen.has(each)).map(each => `targets: there is no executable for ${each}`))
  const names = [...new Set(binaries.map(({command}) => command))]
  if (names.length > 1)
    problems.push(`files: hold different commands, ${names.join(' and ')}; say which one is the server by executable`)
  if (problems.length > 0) throw new InputError(problems)
  return targets.length === 0 ? binaries : binaries.filter(({platform}) => targets.includes(platform))
}

function single({command, platform, content, source}: Binary, {manifest}: Project): Content {
  // An author's manifest says where the executable lies.
  const given = manifest?.server.entry_point.replace(/^\.\//, '').replace(/\.exe$/, '')
  const entryPoint = `${given ?? `server/${command}`}${executableSuffix(platform)}`
  return {
    command,
    platform,
    files: [{name: entryPoint, mode: 0o755, content}, ...source.licenses],
    server: {type: 'binary', entryPoint, config: {command: `\${__dirname}/${entryPoint}`}},
    metadata: {name: command},
    bundled: {registryType: 'cargo', name: command},
  }
}

function withLauncher(binaries: readonly Binary[], {manifestFile}: Project): Content {
  const [first] = binaries
  if (first === undefined) throw new InputError(['files: there is no executable among them'])
  if (manifestFile !== undefined)
    throw new InputError([
      `launcher: node needs a generated manifest, but there is ${manifestFile}; remove one of them`,
    ])
  const platforms = binaries.map(({platform}) => platform)
  const systems = [...new Set(platforms.map((platform): System => systemOfPlatform(platform)))].sort()
  const script = launcherScript(first.command, platforms)
  return {
    command: first.command,
    systems,
    files: [
      {name: launcherPath, mode: 0o644, content: Buffer.from(script)},
      ...binaries.map(({platform, content}) => ({
        name: launchedPath(platform, first.command),
        mode: 0o755 as const,
        content,
      })),
      ...first.source.licenses,
    ],
    server: {
      type: 'node',
      entryPoint: launcherPath,
      config: {command: 'node', args: [`\${__dirname}/${launcherPath}`]},
    },
    metadata: {name: first.command},
    bundled: {registryType: 'cargo', name: first.command},
    runtimes: {node: '>=18'},
  }
}
