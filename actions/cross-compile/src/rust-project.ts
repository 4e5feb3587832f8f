import {join} from 'node:path'
import {ActionError, type Host, InputError} from '@mcp-release/action-kit'
import {isPlainName} from '@mcp-release/release-model'
import type {Inputs} from './inputs'
import {runCargo} from './rust-errors'

/** What cargo says of the package to be built. */
export interface RustProject {
  readonly name: string
  readonly version: string
  /** The cargo package. */
  readonly package: string
  /** Its binary target. */
  readonly binary: string
  /** The features without which cargo does not build the binary (`required-features`). */
  readonly features: readonly string[]
  /** Absolute path of the workspace's root, which holds Cargo.lock. */
  readonly root: string
}

// The part of `cargo metadata --format-version 1` that is read.
interface Metadata {
  readonly workspace_root: string
  readonly packages: readonly MetadataPackage[]
}

interface MetadataPackage {
  readonly name: string
  readonly version: string
  readonly manifest_path: string
  readonly default_run: string | null
  readonly targets: readonly {
    readonly name: string
    readonly kind: readonly string[]
    readonly 'required-features'?: readonly string[]
  }[]
}

/** Asks cargo for the package, its version and its binaries; the dependencies are not resolved. */
export async function readRustProject(host: Host, inputs: Inputs): Promise<RustProject> {
  const argv = ['cargo', 'metadata', '--no-deps', '--format-version', '1']
  const answer = await runCargo(host, argv, {cwd: inputs.directory, quiet: true})
  const metadata = readMetadata(answer.stdout)
  const manifest = join(await host.files.realPath(inputs.directory), 'Cargo.toml')
  const project = chooseBinary(metadata, {manifest, main: inputs.main})
  const name = inputs.name ?? project.package
  if (!isPlainName(name)) throw new InputError([`binary: ${JSON.stringify(name)} is no plain file name`])
  if ((await host.files.stat(join(project.root, 'Cargo.lock')))?.kind !== 'file') {
    const hint = 'Commit Cargo.lock: without it the same commit builds with other dependencies tomorrow.'
    throw new InputError([`${join(project.root, 'Cargo.lock')}: no such file`], {hint})
  }
  return {...project, name}
}

function readMetadata(text: string): Metadata {
  try {
    return JSON.parse(text) as Metadata
  } catch (cause) {
    const hint = 'Something in the place of cargo, such as a wrapper on PATH, prints to its output: let it be silent.'
    const said = JSON.stringify(text.slice(0, 200))
    throw new ActionError('TOOL', `cargo metadata printed ${said}, which is no JSON`, {hint, cause})
  }
}

/** The binary that `main` names: of the package in the folder, or of any member when the folder is a bare workspace. */
export function chooseBinary(
  metadata: Metadata,
  {manifest, main}: {readonly manifest: string; readonly main: string},
): Omit<RustProject, 'name'> {
  const own = metadata.packages.filter(each => each.manifest_path === manifest)
  const candidates = (own.length > 0 ? own : metadata.packages).flatMap(each =>
    each.targets
      .filter(({kind}) => kind.includes('bin'))
      .map(target => ({each, binary: target.name, features: target['required-features'] ?? []})),
  )
  const wanted = candidates.filter(({each, binary}) => (main === '.' ? each.default_run === binary : binary === main))
  const [chosen, second] = wanted.length === 0 && main === '.' ? candidates : wanted
  if (chosen === undefined || second !== undefined) {
    const binaries = candidates.map(({binary}) => binary).join(', ') || 'no binary'
    const problem = chosen === undefined ? 'is no binary of the package' : 'could be more than one binary'
    throw new InputError([`main: ${JSON.stringify(main)} ${problem}; Cargo.toml has ${binaries}`])
  }
  return {
    version: chosen.each.version,
    package: chosen.each.name,
    binary: chosen.binary,
    features: chosen.features,
    root: metadata.workspace_root,
  }
}
