import {expect, test} from '@jest/globals'
import {cargoHelp, cargoWords, executableOf} from './rust-errors'

// Printed by cargo 1.95 and by rustup for a toolchain file whose channel is not there.
const rustup = `error: toolchain '1.42.99-x86_64-unknown-linux-gnu' is not installed
help: run \`rustup toolchain install\` to install it

Stack backtrace:
   0: anyhow::error::<impl core::convert::From<E> for anyhow::Error>::from
   1: rustup::config::Cfg::local_toolchain::{{closure}}
  15: std::rt::lang_start_internal
`
const locked = `error: cannot update the lock file /w/Cargo.lock because --locked was passed to prevent this
help: to generate the lock file without accessing the network, remove the --locked flag and use --offline instead.
`
const newer = `error: failed to parse lock file at: /w/Cargo.lock

Caused by:
  lock file version \`99\` was found, but this version of Cargo does not understand this lock file, perhaps Cargo needs to be updated?
`
// Messages of the build scripts of openssl-sys, prost-build, pkg-config and bindgen.
const openssl = `error: failed to run custom build command for \`openssl-sys v0.9.109\`
  --- stderr
  Could not find directory of OpenSSL installation, and this \`-sys\` crate cannot proceed without this knowledge.
  If OpenSSL is installed and this crate had trouble finding it, you can set the \`OPENSSL_DIR\` environment variable.
  For example, \`libssl-dev\` on Ubuntu or \`openssl-devel\` on Fedora.
`
// Printed by cargo 1.95 for a build script that panics.
const panicked = `error: failed to run custom build command for \`acme-tray v1.0.0 (/w)\`
note: To improve backtraces for build dependencies, set the CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_DEBUG=true environment variable to enable debug information generation.

Caused by:
  process didn't exit successfully: \`/w/build-script-build\` (exit status: 101)
  --- stderr
  thread 'main' (22315) panicked at build.rs:3:9:
  the tray icon needs gtk+-3.0
  stack backtrace:
     0: __rustc::rust_begin_unwind
               at /rustc/library/std/src/panicking.rs:689:5
  note: Some details are omitted, run with \`RUST_BACKTRACE=full\` for a verbose backtrace.
`

test.each([
  ['a toolchain that is not installed', rustup, 'run `rustup toolchain install 1.42.99-x86_64-unknown-linux-gnu`'],
  ['a lock file that does not fit', locked, 'Cargo.lock does not fit Cargo.toml'],
  ['a lock file of a newer cargo', newer, 'Cargo.lock was written by a newer cargo'],
  ['OpenSSL of the system', openssl, '`openssl` with the feature `vendored`, or leave the platform out of the targets'],
  ['protoc', 'Could not find `protoc`. If `protoc` is installed, try setting', 'Install protobuf-compiler'],
  ['pkg-config', 'pkg-config has not been configured to support cross-compilation.', 'that brings the library along'],
  ['a build script', panicked, 'The build script of acme-tray says above what it lacks'],
  ['libclang', 'Unable to find libclang: "couldn\'t find any valid shared libraries"', 'Install libclang-dev'],
])('the cause %s is told with what helps', (_, stderr, remedy) => {
  expect(cargoHelp(stderr)).toContain(remedy)
})

test('the first line of rustup stands in place of its backtrace', () => {
  expect(cargoWords({stdout: '', stderr: rustup}).split('\n')).toEqual([
    "error: toolchain '1.42.99-x86_64-unknown-linux-gnu' is not installed",
    'help: run `rustup toolchain install` to install it',
  ])
})

test('the words of a build script stay, without its backtrace', () => {
  expect(cargoWords({stdout: '', stderr: panicked}).split('\n').slice(-3)).toEqual([
    '  --- stderr',
    "  thread 'main' (22315) panicked at build.rs:3:9:",
    '  the tray icon needs gtk+-3.0',
  ])
})

test('what cargo prints as JSON says where the program is', () => {
  const target = {kind: ['bin'], crate_types: ['bin'], name: 'tiny', src_path: '/w/src/main.rs', edition: '2021'}
  const artifact = {reason: 'compiler-artifact', target, features: [], executable: '/w/target/debug/tiny', fresh: false}
  const library = {...artifact, target: {...target, kind: ['lib']}, executable: null}
  const lines = [library, artifact, {reason: 'build-finished', success: true}].map(each => JSON.stringify(each))
  expect(executableOf(`warning: unused\n${lines.join('\n')}\n`, 'tiny')).toBe('/w/target/debug/tiny')
  expect(executableOf(lines.join('\n'), 'other')).toBeUndefined()
})
