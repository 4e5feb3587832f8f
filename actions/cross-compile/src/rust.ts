import {join} from 'node:path'
import {type Platform, executableSuffix, platformSlices, rustTriples} from '@mcp-release/release-model'
import type {Inputs} from './inputs'
import {type Build, type Compilation, names} from './plan'
import type {Revision} from './revision'
import type {RustProject} from './rust-project'
import type {RustToolchain} from './rust-toolchain'

interface RustPlan {
  readonly inputs: Inputs
  readonly project: RustProject
  readonly revision: Revision
  readonly toolchain: RustToolchain
}

/**
 * The commands that build a Rust package. zig links for every target, also for the machine's own: so the bytes do not
 * depend on the linker and the libraries of the build machine. cargo-auditable keeps the list of dependencies in the
 * stripped binary, for SBOMs.
 */
export function planRust({inputs, project, revision, toolchain}: RustPlan): readonly Build[] {
  const env = rustEnvironment(project, revision, toolchain)
  const flags = rustFlags(project, toolchain)
  const compilation = (platform: Platform): Compilation => {
    const triple = rustTriples[platform] ?? ''
    const argv = [
      ...['cargo', 'auditable', 'zigbuild', '--release', '--locked', '--target', triple],
      ...['--package', project.package, '--bin', project.binary],
      ...featureFlags(inputs, project),
    ]
    return {
      argv,
      // Where cargo left it, should it not lie where it always has: https://doc.rust-lang.org/cargo/reference/external-tools.html
      locate: {argv: [...argv, '--message-format', 'json'], target: project.binary},
      env: {...env, CARGO_ENCODED_RUSTFLAGS: [...flags, ...linkerFlags(platform)].join('\x1f')},
      binary: join(toolchain.targetDirectory, triple, 'release', project.binary + executableSuffix(platform)),
    }
  }
  return inputs.targets.map(platform => ({
    ...names({name: project.name, version: revision.version.text, inputs}, platform),
    parts: platformSlices(platform).map(compilation),
  }))
}

function featureFlags(inputs: Inputs, project: RustProject): readonly string[] {
  const features = [...new Set([...inputs.features, ...project.features])]
  return [
    ...(inputs.defaultFeatures ? [] : ['--no-default-features']),
    ...(features.length === 0 ? [] : ['--features', features.join(',')]),
  ]
}

function rustEnvironment(project: RustProject, revision: Revision, toolchain: RustToolchain): Record<string, string> {
  const commit = revision.commit === undefined ? {} : {GITHUB_SHA: revision.commit, VERGEN_GIT_SHA: revision.commit}
  return {
    PATH: toolchain.path,
    CARGO_TARGET_DIR: toolchain.targetDirectory,
    CARGO_ZIGBUILD_PYTHON_PATH: toolchain.python,
    CARGO_PROFILE_RELEASE_STRIP: 'symbols',
    // Incremental and wrapped compilers give other bytes or keep them from being compared.
    CARGO_INCREMENTAL: '0',
    SOURCE_DATE_EPOCH: String(revision.time),
    ...commit,
  }
}

// Mach-O has a UUID made from what is linked, debug entries with paths of this machine included, even when they are
// stripped afterwards; so they must not be linked in.
function linkerFlags(platform: Platform): readonly string[] {
  return platform.startsWith('darwin/') ? ['-Clink-arg=-Wl,-S'] : []
}

// The user's flags, and the paths of this machine replaced by names that are the same everywhere.
function rustFlags(project: RustProject, toolchain: RustToolchain): readonly string[] {
  // Of two rules that fit a path, rustc takes the later.
  const paths: readonly (readonly [string, string])[] = [
    [toolchain.targetDirectory, '/target'],
    [project.root, '/source'],
    [toolchain.cargoHome, '/cargo'],
    ...toolchain.registries.map(folder => [folder, '/cargo/registry'] as const),
    [toolchain.sysroot, '/rust'],
    // Where the component rust-src is installed, rustc names the real files of its standard library.
    [join(toolchain.sysroot, 'lib/rustlib/src/rust'), `/rustc/${toolchain.rustcCommit}`],
  ]
  // A warning of the linker must not end a release because the user's own checks deny warnings.
  return [...toolchain.flags, '--cap-lints=warn', ...paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`)]
}
