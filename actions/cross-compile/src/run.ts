import {basename, relative, sep} from 'node:path'
import {ActionError, type Host, InputError} from '@mcp-release/action-kit'
import {type ArchiveFile, tarGz, zip} from '@mcp-release/archives'
import {type BuiltArtifact, type Platform, describeFile, platformSlices, secretFiles} from '@mcp-release/release-model'
import {executableProblem, readExecutable} from './executable'
import {runGo} from './go-errors'
import type {Inputs} from './inputs'
import type {Build} from './plan'
import {executableOf, runCargo} from './rust-errors'
import {universalBinary} from './universal'

/** An archive that was written. */
export interface Packed {
  /** Relative to the workspace, with `/`. */
  readonly path: string
  readonly artifact: BuiltArtifact
}

/** What is the same for all builds of a run. */
export interface Common {
  readonly inputs: Inputs
  readonly included: readonly ArchiveFile[]
  /** Seconds since 1970. */
  readonly time: number
}

/**
 * Builds, checks and packs each executable. The compilers are parallel inside, so they run one after the other; while one
 * runs, what the one before made is packed.
 */
export async function runBuilds(host: Host, builds: readonly Build[], common: Common): Promise<readonly Packed[]> {
  refuseSecrets(common.included)
  const packed: Packed[] = []
  let compiled = compile(host, builds[0], common)
  for (const [at, build] of builds.entries()) {
    await compiled
    compiled = compile(host, builds[at + 1], common)
    // Its failure is seen in the next round; until then it must not count as unhandled.
    compiled.catch(() => undefined)
    packed.push(await pack(host, build, common))
  }
  return packed
}

// Before anything is compiled: what stands beside the executable is public with it.
function refuseSecrets(included: readonly ArchiveFile[]): void {
  const secrets = secretFiles(included).map(({name, reason}) => `include: ${name} ${reason}`)
  if (secrets.length === 0) return
  throw new InputError(secrets, {
    hint: 'Leave the file out, and change what it protects if it was ever published.',
  })
}

async function compile(host: Host, build: Build | undefined, {inputs, included}: Common): Promise<void> {
  if (build === undefined) return
  if (included.some(({name}) => name === build.executable))
    throw new InputError([`include: ${build.executable} has the name of the executable`])
  await host.group(`Build for ${build.platform}`, async () => {
    for (const {argv, env, binary, locate} of build.parts) {
      // What an earlier build left there must not be taken for the result of this one.
      await host.files.remove(binary)
      const run = inputs.language === 'go' ? runGo : runCargo
      await run(host, argv, {cwd: inputs.directory, env})
      if (locate === undefined || (await host.files.stat(binary)) !== undefined) continue
      const {stdout} = await runCargo(host, locate.argv, {cwd: inputs.directory, env, quiet: true})
      const found = executableOf(stdout, locate.target)
      if (found !== undefined) await host.files.copy(found, binary)
    }
  })
}

async function pack(host: Host, build: Build, {inputs, included, time}: Common): Promise<Packed> {
  const content = await readChecked(host, build)
  const {holds} = build
  if (holds !== undefined && !Buffer.from(content).includes(holds.text)) host.warning(holds.otherwise)
  const files = [...included, {name: build.executable, mode: 0o755, content} as const]
  await writeArchive(host, build.archive, {files: wrapped(files, build.archive, inputs), content, time})
  const artifact = await describeFile(host.files, build.archive, {
    name: basename(build.archive),
    kind: 'archive',
    platform: build.platform,
    ...(inputs.package === undefined ? {} : {package: inputs.package}),
  })
  return {path: relative(host.workspace, build.archive).split(sep).join('/'), artifact}
}

const archived = /\.(?:tar\.gz|tgz|zip)$/

async function writeArchive(
  host: Host,
  path: string,
  {files, content, time}: {readonly files: readonly ArchiveFile[]; readonly content: Uint8Array; readonly time: number},
): Promise<void> {
  if (!archived.test(path)) await host.files.write(path, content, 0o755)
  else await host.files.write(path, path.endsWith('.zip') ? zip(files, {time}) : tarGz(files, {time}))
}

function wrapped(files: readonly ArchiveFile[], path: string, {wrapInDirectory}: Inputs): readonly ArchiveFile[] {
  if (!wrapInDirectory) return files
  const folder = basename(path).replace(archived, '')
  return files.map(file => ({...file, name: `${folder}/${file.name}`}))
}

async function readChecked(host: Host, {parts, platform}: Build): Promise<Uint8Array> {
  const slices = platformSlices(platform)
  const contents = await Promise.all(parts.map(({binary}, at) => readPart(host, binary, slices[at] ?? platform)))
  const [only] = contents
  return contents.length === 1 && only !== undefined ? only : universalBinary(contents)
}

async function readPart(host: Host, binary: string, platform: Platform): Promise<Uint8Array> {
  const there = (await host.files.stat(binary))?.kind === 'file'
  const content = there ? await host.files.readBytes(binary) : new Uint8Array()
  const problem = executableProblem(readExecutable(content), platform)
  if (problem === undefined) return content
  throw new ActionError('BINARY', `${binary}: ${problem}`, {
    hint: 'Check that `main` names a program, and that the build neither links system libraries nor keeps debug information.',
  })
}
