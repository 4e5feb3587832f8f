import {expect, test} from '@jest/globals'
import {parseVersion} from '@mcp-release/release-model'
import {planGo} from './go'
import type {Inputs} from './inputs'
import type {Revision} from './revision'
import {planRust} from './rust'

const version = parseVersion('1.2.3')
if (version === undefined) throw new Error('1.2.3 is a version')
const revision: Revision = {version, commit: 'c'.repeat(40), time: 1_700_000_000}
const inputs: Inputs = {
  directory: '/w',
  output: '/w/built',
  language: 'go',
  targets: ['linux/arm64', 'windows/amd64'],
  main: './cmd/x',
  include: [],
  ldflags: [],
  buildTags: [],
  features: [],
  defaultFeatures: true,
  archiveNames: new Map(),
  wrapInDirectory: false,
}
const go = {name: 'x', module: 'example.org/x', vendored: false}

test('Go is built without cgo, machine settings and paths', () => {
  const [linux, windows] = planGo({
    inputs,
    project: go,
    revision,
    work: '/t',
    helper: '/t/h',
    flags: () => ['-X main.version=1.2.3'],
  })
  expect(linux?.parts[0]?.argv).toEqual([
    'go',
    'build',
    '-mod=readonly',
    '-trimpath',
    '-buildvcs=false',
    '-toolexec',
    '/t/h',
    '-ldflags',
    '-s -w -buildid= -X main.version=1.2.3',
    '-o',
    '/t/linux_arm64/x',
    './cmd/x',
  ])
  expect(linux?.parts[0]?.env).toMatchObject({CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'arm64', GOFLAGS: '-trimpath'})
  expect(linux?.parts[0]?.env).toMatchObject({
    MCP_RELEASE_VERSION: 'v1.2.3',
    MCP_RELEASE_SETTINGS: `build\tvcs=git\nbuild\tvcs.revision=${'c'.repeat(40)}\nbuild\tvcs.time=2023-11-14T22:13:20Z\nbuild\tvcs.modified=false\n`,
  })
  expect(linux).toMatchObject({executable: 'x', archive: '/w/built/x_1.2.3_linux_arm64.tar.gz'})
  expect(windows).toMatchObject({executable: 'x.exe', archive: '/w/built/x_1.2.3_windows_amd64.zip'})
})

test('vendored dependencies are used, and a missing commit is not stamped', () => {
  const {commit, ...bare} = revision
  const [build] = planGo({
    inputs: {...inputs, buildTags: ['a', 'b']},
    project: {...go, vendored: true},
    revision: bare,
    work: '/t',
    flags: () => [],
  })
  expect(commit).toHaveLength(40)
  expect(build?.parts[0]?.argv).not.toContain('-mod=readonly')
  expect(build?.parts[0]?.argv.join(' ')).toContain('go build -tags a,b -trimpath')
  expect(build?.parts[0]?.env).not.toHaveProperty('MCP_RELEASE_VERSION')
})

test('Rust is linked by zig for every target, and no path of the machine is compiled in', () => {
  const [linux, windows, mac] = planRust({
    inputs: {
      ...inputs,
      language: 'rust',
      targets: [...inputs.targets, 'darwin/arm64'],
      features: ['tls'],
      defaultFeatures: false,
    },
    project: {name: 'x', version: '1.2.3', package: 'x-server', binary: 'x-bin', root: '/w', features: ['server']},
    revision,
    toolchain: {
      cargoHome: '/home/me/.cargo',
      registries: ['/home/me/.cargo/registry/src/index-1'],
      sysroot: '/home/me/.rustup/stable',
      rustcCommit: 'abc',
      targetDirectory: '/t',
      path: '/tools:/bin',
      python: '/tools/python',
      flags: ['--cfg', 'special'],
    },
  })
  expect(linux?.parts[0]?.argv.join(' ')).toBe(
    'cargo auditable zigbuild --release --locked --target aarch64-unknown-linux-musl --package x-server --bin x-bin --no-default-features --features tls,server',
  )
  expect(linux?.parts[0]?.binary).toBe('/t/aarch64-unknown-linux-musl/release/x-bin')
  expect(windows?.parts[0]?.binary).toBe('/t/x86_64-pc-windows-gnu/release/x-bin.exe')
  expect(windows).toMatchObject({
    executable: 'x.exe',
    archive: '/w/built/x_1.2.3_windows_amd64.zip',
  })
  expect(linux?.parts[0]?.env['CARGO_ENCODED_RUSTFLAGS']?.split('\x1f')).toEqual([
    '--cfg',
    'special',
    '--cap-lints=warn',
    '--remap-path-prefix=/t=/target',
    '--remap-path-prefix=/w=/source',
    '--remap-path-prefix=/home/me/.cargo=/cargo',
    '--remap-path-prefix=/home/me/.cargo/registry/src/index-1=/cargo/registry',
    '--remap-path-prefix=/home/me/.rustup/stable=/rust',
    '--remap-path-prefix=/home/me/.rustup/stable/lib/rustlib/src/rust=/rustc/abc',
  ])
  expect(mac?.parts[0]?.env['CARGO_ENCODED_RUSTFLAGS']).toContain('-Clink-arg=-Wl,-S')
  expect(linux?.parts[0]?.env).toMatchObject({SOURCE_DATE_EPOCH: '1700000000', PATH: '/tools:/bin'})
})

test('ARM and universal binaries are built with the settings of their processor', () => {
  const targets = ['linux/arm/v6', 'darwin/universal'] as const
  const [arm, both] = planGo({inputs: {...inputs, targets}, project: go, revision, work: '/t', flags: () => []})
  expect(arm?.parts[0]?.env).toMatchObject({GOOS: 'linux', GOARCH: 'arm', GOARM: '6'})
  expect(arm?.archive).toBe('/w/built/x_1.2.3_linux_armv6.tar.gz')
  expect(both?.parts.map(({env}) => env['GOARCH'])).toEqual(['amd64', 'arm64'])
})

test('archives may have other names, so that links to them keep working', () => {
  const archiveNames = new Map([['linux/arm64', 'x_Linux_arm64.tar.gz']] as const)
  const [linux, windows] = planGo({
    inputs: {...inputs, archiveNames},
    project: go,
    revision,
    work: '/t',
    flags: () => [],
  })
  expect(linux?.archive).toBe('/w/built/x_Linux_arm64.tar.gz')
  expect(windows?.archive).toBe('/w/built/x_1.2.3_windows_amd64.zip')
})
