import {delimiter, join, resolve} from 'node:path'
import {ActionError, type Host} from '@mcp-release/action-kit'
import {type Platform, platformSlices, rustTriples} from '@mcp-release/release-model'
import {cacheRoot, ensurePythonTools} from '@mcp-release/tools'
import type {Inputs} from './inputs'
import {cargoHint, runCargo} from './rust-errors'
import type {RustProject} from './rust-project'

/** What the machine has for building Rust; every path absolute. */
export interface RustToolchain {
  readonly cargoHome: string
  /** Unpacked sources of dependencies, one folder for each registry. */
  readonly registries: readonly string[]
  readonly sysroot: string
  /** The commit of rustc, under which it names the files of its standard library. */
  readonly rustcCommit: string
  readonly targetDirectory: string
  /** PATH with the cross-linker and cargo-auditable in front. */
  readonly path: string
  /** The Python that has zig. */
  readonly python: string
  /** Flags for rustc that the user set in the environment. */
  readonly flags: readonly string[]
}

/** Raised by hand; crates.io gives the checksum of the package, its Cargo.lock those of the dependencies. */
const auditableVersion = '0.7.7'

/** Gets everything that a build needs: standard libraries, zig, cargo-auditable and the locked dependencies. */
export async function prepareRust(host: Host, inputs: Inputs, project: RustProject): Promise<RustToolchain> {
  const inProject = {cwd: inputs.directory, quiet: true, installHint: cargoHint}
  const about = await host.exec(['rustc', '-vV'], inProject)
  const sysroot = (await host.exec(['rustc', '--print', 'sysroot'], inProject)).stdout.trim()
  for (const target of inputs.targets.flatMap(platformSlices))
    await ensureStandardLibrary(host, {directory: inputs.directory, sysroot, target})
  const python = await ensurePythonTools(host, 'zig')
  const auditable = await ensureAuditable(host)
  await runCargo(host, ['cargo', 'fetch', '--locked'], {cwd: project.root})
  const cargoHome = resolve(host.env['CARGO_HOME'] ?? join(homeOf(host), '.cargo'))
  const sources = join(cargoHome, 'registry/src')
  return {
    cargoHome,
    registries: (await host.files.list(sources)).map(name => join(sources, name)),
    sysroot,
    rustcCommit: /^commit-hash: (\w+)$/m.exec(about.stdout)?.[1] ?? 'unknown',
    targetDirectory: await targetDirectory(host, project),
    path: [python.bin, auditable, pathOf(host)].join(delimiter),
    python: python.python,
    flags: flagsOf(host),
  }
}

async function ensureStandardLibrary(
  host: Host,
  {directory, sysroot, target}: {readonly directory: string; readonly sysroot: string; readonly target: Platform},
): Promise<void> {
  const triple = rustTriples[target] ?? ''
  const library = join(sysroot, 'lib/rustlib', triple, 'lib')
  if ((await host.files.list(library)).length > 0) return
  const hint = `Install Rust with rustup, or your system's package with the standard library for ${triple}.`
  if ((await host.which('rustup')) === undefined) {
    throw new ActionError('TOOL_MISSING', `${library}: rustc has no standard library for ${target}`, {hint})
  }
  await host.exec(['rustup', 'target', 'add', triple], {cwd: directory})
}

// `cargo install` locks the folder and puts the program there when it is whole, so that parallel runs are safe.
async function ensureAuditable(host: Host): Promise<string> {
  const {os, arch} = host.platform
  const root = join(cacheRoot(host), 'mcp-release-cargo-auditable', `${auditableVersion}-${os}-${arch}`)
  const program = join(root, 'bin', os === 'windows' ? 'cargo-auditable.exe' : 'cargo-auditable')
  if ((await host.files.stat(program)) === undefined) {
    await host.files.makeDirectory(host.temp)
    const argv = ['cargo', 'install', '--locked', '--quiet', '--root', root, `cargo-auditable@${auditableVersion}`]
    // Not in the project: its toolchain file and its cargo settings are not meant for our tools.
    await host.exec(argv, {cwd: host.temp, installHint: cargoHint})
  }
  return join(root, 'bin')
}

async function targetDirectory(host: Host, {root}: RustProject): Promise<string> {
  const given = host.env['CARGO_TARGET_DIR'] ?? ''
  return given === '' ? host.files.makeTemporary('cargo-target') : resolve(root, given)
}

function flagsOf(host: Host): readonly string[] {
  const encoded = host.env['CARGO_ENCODED_RUSTFLAGS'] ?? ''
  if (encoded !== '') return encoded.split('\x1f')
  return (host.env['RUSTFLAGS'] ?? '').split(' ').filter(flag => flag !== '')
}

function pathOf(host: Host): string {
  return host.env['PATH'] ?? host.env['Path'] ?? ''
}

function homeOf(host: Host): string {
  return host.env['HOME'] ?? host.env['USERPROFILE'] ?? host.temp
}
