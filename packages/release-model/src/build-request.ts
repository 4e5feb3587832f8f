import {type Host, ActionError, pathInWorkspace, rejectProblems} from '@mcp-release/action-kit'
import {type ReleaseVersion, parseVersion} from './version'

/** The inputs that all actions have which build one package in a folder. */
export interface BuildInputs {
  readonly workingDirectory: string
  readonly outputDirectory: string
  readonly version: string | undefined
  readonly fragment: string | undefined
  readonly package: string | undefined
}

/** The same with absolute paths and a version that was read. */
export interface BuildRequest {
  readonly directory: string
  readonly output: string
  readonly version?: ReleaseVersion
  readonly fragment?: string
  readonly package?: string
}

/** Checks the common inputs before anything runs; throws one `InputError` with all problems. */
export async function refineBuild(host: Host, inputs: BuildInputs): Promise<BuildRequest> {
  const problems: string[] = []
  const place = (input: string, path: string) => pathInWorkspace(host, {input, path}, problems)
  const directory = await place('working-directory', inputs.workingDirectory)
  const output = await place('output-directory', inputs.outputDirectory)
  const fragment = inputs.fragment === undefined ? undefined : await place('fragment', inputs.fragment)
  const version = inputs.version === undefined ? undefined : parseVersion(inputs.version)
  if (inputs.version !== undefined && version === undefined)
    problems.push(`version: ${JSON.stringify(inputs.version)} is neither SemVer nor PEP 440`)
  const found = await host.files.stat(directory)
  if (found?.kind !== 'directory')
    problems.push(`working-directory: ${JSON.stringify(inputs.workingDirectory)} is no folder`)
  if (output === directory)
    problems.push(`output-directory: ${JSON.stringify(inputs.outputDirectory)} is the folder of the package itself`)
  rejectProblems(problems)
  return {
    directory,
    output,
    ...(version === undefined ? {} : {version}),
    ...(fragment === undefined ? {} : {fragment}),
    ...(inputs.package === undefined ? {} : {package: inputs.package}),
  }
}

/** The text of a file, or `undefined` when it is not there; a link is not followed. */
export async function textIfThere(host: Host, path: string): Promise<string | undefined> {
  const found = await host.files.stat(path)
  if (found === undefined) return undefined
  if (found.kind !== 'file') throw new ActionError('INPUT', `${path}: is no plain file`)
  return host.files.readText(path)
}
