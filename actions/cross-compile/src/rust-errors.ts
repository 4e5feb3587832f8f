import {ActionError, type ExecResult, type Host, endingWords, quoted} from '@mcp-release/action-kit'

/** What a user without cargo can do. */
export const cargoHint = 'Install Rust (https://rustup.rs) and put cargo on PATH.'

interface Cause {
  readonly said: RegExp
  readonly hint: string
}

// What cargo and build scripts print → what a user can do about it.
const causes: readonly Cause[] = [
  {
    said: /lock file [^\n]* needs to be updated but --locked was passed|cannot update the lock file [^\n]* because --locked was passed/,
    hint: 'Cargo.lock does not fit Cargo.toml: run `cargo update --workspace` (or `cargo build`) and commit Cargo.lock.',
  },
  {
    said: /lock file version `?(\d+)`? (?:was found, but this version of Cargo does not understand|requires `-Znext-lockfile-bump`)/,
    hint: 'Cargo.lock was written by a newer cargo: raise the channel in rust-toolchain.toml, or update Rust.',
  },
  {
    said: /Could not find directory of OpenSSL installation|openssl-sys|pkg-config[^\n]*openssl/,
    hint: 'A dependency links OpenSSL of the system, which is not there for other platforms. Use its feature `rustls` (reqwest: default-features = false, features = ["rustls"]), or `openssl` with the feature `vendored`, or leave the platform out of the targets; libssl-dev does not help, because it is for this machine alone.',
  },
  {
    said: /Could not find `?protoc`?|protoc[^\n]*(?:not found|failed to invoke)/,
    hint: 'A build script needs protoc. Install protobuf-compiler in a step before this one, or use protox in the build script.',
  },
  {
    said: /is `?cmake`? not installed|failed to execute command[^\n]*cmake/,
    hint: 'A build script needs cmake. Install it in a step before this one.',
  },
  {
    said: /(?:pkg-config (?:command could not be (?:run|found)|exited)|pkg-config has not been configured to support cross-compilation)/,
    hint: 'A dependency links a library of the system, which is not there for other platforms. Use its feature that brings the library along (often `vendored`, `bundled` or `static`), leave the feature that wants it out (`features` and `default-features` below `builds` in .github/mcp-release.yml), or the platform out of the targets.',
  },
  {
    said: /Unable to find libclang/,
    hint: 'A build script uses bindgen and needs libclang. Install libclang-dev in a step before this one.',
  },
  {
    said: /requires rustc ([\d.]+)[^\n]*|rustc ([\d.]+) is not supported by the following package/,
    hint: 'A package needs another Rust than this one. Update Rust, or raise the channel in rust-toolchain.toml.',
  },
  {
    said: /feature `edition(\d+)` is required|this version of Cargo is older than the `(\d+)` edition/,
    hint: 'The package needs a newer Rust. Update it, or raise the channel in rust-toolchain.toml.',
  },
  {
    said: /toolchain '([^']+)' is not installed/,
    hint: 'rust-toolchain.toml asks for $1, which is not installed: run `rustup toolchain install $1` in a step before this one.',
  },
  {
    said: /target `([^`]+)` in package `[^`]+` requires the features: `([^\n]+)`/,
    hint: 'The program $1 needs the features `$2`: name them by the input features, or by `features` in .github/mcp-release.yml.',
  },
  {
    said: /does not contain (?:this|these) features?: ([^\n]+)|the package '[^']+' does not contain this feature: (\S+)/,
    hint: 'Correct `features`: Cargo.toml lists those that there are under [features].',
  },
  {
    said: /unable to find (?:dynamic system )?(?:library|framework) '?([\w-]+)'?|framework not found ([\w-]+)|ld: library not found for -l(\S+)/,
    hint: 'The program links a library of the system that is not there for this platform. For macOS set SDKROOT, or leave the platform out of the targets.',
  },
  {
    said: /failed to run custom build command for `(\S+)/,
    hint: 'The build script of $1 says above what it lacks. Install that in a step before this one, or leave the feature that wants it out: `features` and `default-features` below `builds` in .github/mcp-release.yml.',
  },
]

/** What helps against the last words of cargo; `undefined` when they speak for themselves. */
export function cargoHelp(words: string): string | undefined {
  for (const {said, hint} of causes) {
    const match = said.exec(words)
    if (match !== null) return hint.replaceAll(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '')
  }
  return undefined
}

/** The errors among what cargo said, without warnings, progress and what a build script printed for cargo. */
export function cargoWords({stdout, stderr}: Pick<ExecResult, 'stdout' | 'stderr'>): string {
  const lines = `${stderr}\n${stdout}`
    .split('\n')
    .filter(
      line => !/^\s*(?:Compiling|Downloaded|Downloading|Checking|Updating|Fresh|Locking|cargo:|Finished)\b/.test(line),
    )
  const first = lines.findIndex(line => /^error\b/.test(line))
  const blocks = first < 0 ? lines : lines.slice(first)
  const said = blocks.filter(
    line =>
      line.trim() !== '' &&
      !/^\s+at (?:\/|\.\/|library\/)|^\s+\d+: |^\s*stack backtrace:|^\s*note: [^\n]*backtrace/i.test(line),
  )
  return (said.length > 30 ? [...said.slice(0, 26), '…', ...said.slice(-3)] : said).join('\n')
}

/** Runs cargo; a failure says which errors it found, and what helps. */
export async function runCargo(
  host: Host,
  argv: readonly string[],
  options: {readonly cwd: string; readonly env?: Readonly<Record<string, string>>; readonly quiet?: boolean},
): Promise<ExecResult> {
  const result = await host.exec(argv, {...options, check: false, installHint: cargoHint})
  if (result.exitCode === 0) return result
  const words = cargoWords(result)
  const hint = cargoHelp(`${result.stderr}\n${result.stdout}`)
  const command = argv.slice(0, 3).map(quoted).join(' ')
  throw new ActionError('TOOL', `${command} … ${endingWords(result.exitCode)}${words === '' ? '' : `:\n${words}`}`, {
    ...(hint === undefined ? {} : {hint}),
  })
}

interface CargoMessage {
  readonly reason?: string
  readonly executable?: string | null
  readonly target?: {readonly name?: string; readonly kind?: readonly string[]}
}

/** The path of a program in what `cargo build --message-format json` prints. */
export function executableOf(stdout: string, name: string): string | undefined {
  const messages = stdout
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as CargoMessage)
  const built = messages.find(
    ({reason, target, executable}) =>
      reason === 'compiler-artifact' && target?.name === name && target.kind?.includes('bin') === true && executable,
  )
  return built?.executable ?? undefined
}
