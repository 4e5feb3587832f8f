import {basename, relative, sep} from 'node:path'
import {ActionError, type Host, InputError} from '@mcp-release/action-kit'
import {type ArchiveFile, tarGz, zip} from '@mcp-release/archives'
import {type BuiltArtifact, describeFile} from '@mcp-release/release-model'
import {executableProblem, readExecutable} from './executable'
import type {Inputs} from './inputs'
import type {Build} from './plan'

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

/** Builds, checks and packs one executable. */
export async function runBuild(host: Host, build: Build, {inputs, included, time}: Common): Promise<Packed> {
  if (included.some(({name}) => name === build.executable))
    throw new InputError([`include: ${build.executable} has the name of the executable`])
  return host.group(`Build for ${build.platform}`, async () => {
    // What an earlier build left there must not be taken for the result of this one.
    await host.files.remove(build.binary)
    await host.exec(build.argv, {cwd: inputs.directory, env: build.env})
    const content = await readChecked(host, build)
    const files = [...included, {name: build.executable, mode: 0o755, content} as const]
    await host.files.write(build.archive, build.archive.endsWith('.zip') ? zip(files, {time}) : tarGz(files, {time}))
    const artifact = await describeFile(host.files, build.archive, {
      name: basename(build.archive),
      kind: 'archive',
      platform: build.platform,
      ...(inputs.package === undefined ? {} : {package: inputs.package}),
    })
    return {path: relative(host.workspace, build.archive).split(sep).join('/'), artifact}
  })
}

async function readChecked(host: Host, {binary, platform}: Build): Promise<Uint8Array> {
  const there = (await host.files.stat(binary))?.kind === 'file'
  const content = there ? await host.files.readBytes(binary) : new Uint8Array()
  const problem = executableProblem(readExecutable(content), platform)
  if (problem === undefined) return content
  throw new ActionError('BINARY', `${binary}: ${problem}`, {
    hint: 'Check that `main` names a program, and that the build neither links system libraries nor keeps debug information.',
  })
}
