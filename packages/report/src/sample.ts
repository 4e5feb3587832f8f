import {createHash} from 'node:crypto'
import type {Check, VerifiedServer} from '@mcp-release/release-model'
import type {FileReport, Report} from './report'

const version = {
  tag: 'v0.1.0',
  text: '0.1.0',
  semver: '0.1.0',
  pep440: '0.1.0',
  prerelease: false,
  channel: 'stable',
} as const
const protocol = '2025-11-25'
const server = {name: 'mcp-hash-tools', version: '0.1.0'}
const tools: VerifiedServer['tools'] = [
  {name: 'digest', description: 'Digest of a text: SHA-256, SHA-512, BLAKE3 or MD5, in hexadecimal or base64.'},
  {name: 'checksum', description: 'CRC-32 or Adler-32 of a text.'},
  {
    name: 'compare_digests',
    description:
      'Compare two digests in constant time.\n\nUpper and lower case are the same; surrounding blanks do not count.',
  },
  {name: 'base64_encode', description: 'Encode a text as base64 or base64url, with or without padding.'},
  {name: 'uuid_v5'},
]

const names = [
  'installs',
  'handshake',
  'stdout-purity',
  'server-version',
  'tools-valid',
  'expected-tools',
  'clean-exit',
] as const

function checks(changes: Readonly<Record<string, Omit<Check, 'name'>>> = {}): Check[] {
  return names.map(name => ({name, status: 'ok', ...changes[name]}))
}

function file(name: string, facts: Pick<FileReport, 'kind' | 'size'> & Partial<FileReport>): FileReport {
  return {name, sha256: createHash('sha256').update(name).digest('hex'), sboms: [], ...facts}
}

function archive(target: string, facts: {readonly platform: string; readonly size: number}): FileReport {
  const name = `mcp-hash-tools-0.1.0-${target}`
  return file(name, {
    kind: 'archive',
    ...facts,
    signature: `${name}.sigstore.json`,
    sboms: [`${name}.spdx.json`, `${name}.cdx.json`],
  })
}

const built = [
  archive('x86_64-unknown-linux-musl.tar.gz', {platform: 'linux/amd64', size: 1_912_448}),
  archive('aarch64-unknown-linux-musl.tar.gz', {platform: 'linux/arm64', size: 1_801_216}),
  archive('x86_64-pc-windows-gnu.zip', {platform: 'windows/amd64', size: 2_204_911}),
  file('mcp_hash_tools-0.1.0-py3-none-manylinux_2_17_x86_64.whl', {
    kind: 'wheel',
    platform: 'linux/amd64',
    size: 1_998_020,
    signature: 'mcp_hash_tools-0.1.0-py3-none-manylinux_2_17_x86_64.whl.sigstore.json',
    sboms: ['mcp_hash_tools-0.1.0.spdx.json'],
  }),
  file('mcp-hash-tools-0.1.0.tgz', {
    kind: 'npm-package',
    size: 18_204,
    signature: 'mcp-hash-tools-0.1.0.tgz.sigstore.json',
  }),
  file('release-manifest.json', {kind: 'manifest', size: 4_318}),
  file('SHA256SUMS', {kind: 'checksums', size: 812, signature: 'SHA256SUMS.sigstore.json'}),
]

const companions = built.flatMap(({sboms, signature}) => [
  ...sboms.map(name => file(name, {kind: 'sbom', size: 23_410})),
  ...(signature === undefined ? [] : [file(signature, {kind: 'signature', size: 3_977})]),
])

function answered(index: number, extra: Partial<VerifiedServer>): VerifiedServer {
  const base = {status: 'verified' as const, server, protocol, era: 'legacy' as const, tools, checks: checks()}
  return {file: built[index]?.name ?? '', ...base, ...extra}
}

const reason = 'this machine is linux/amd64 and cannot start'
const hint = 'Install qemu-user-static to start files of other processors, or verify on a runner of that platform.'
const skippedServer = {status: 'skipped' as const, checks: []}

const servers: readonly VerifiedServer[] = [
  answered(0, {startMilliseconds: 12, peakMemoryKilobytes: 5_204}),
  {file: built[1]?.name ?? '', ...skippedServer, reason: `${reason} linux/arm64`, hint},
  {file: built[2]?.name ?? '', ...skippedServer, reason: `${reason} windows/amd64`, hint},
  answered(3, {
    startMilliseconds: 418,
    peakMemoryKilobytes: 48_900,
    checks: checks({'clean-exit': {status: 'warning', detail: 'still ran 2 s after its input was closed'}}),
  }),
  answered(4, {
    startMilliseconds: 231,
    checks: checks({'expected-tools': {status: 'skipped', detail: 'the plan names no tools'}}),
  }),
]

function step(title: string, seconds: number, toolSeconds: number): Report['steps'][number] {
  const action = title.replaceAll(' ', '-')
  return {action, title, status: 'done', seconds, toolSeconds, log: `logs/${action}.log`}
}

/** A release of the usual kind, for tests and for looking at the reports. */
export const released: Report = {
  schemaVersion: 1,
  name: 'mcp-hash-tools',
  source: 'examples/rust',
  status: 'released',
  version,
  commit: '66e5c75d0f6a4f0a91b1b6c2f4c1a40de57c6f8e',
  dirty: true,
  startedAt: '2026-11-23T02:33:34Z',
  seconds: 84.6,
  toolSeconds: 80,
  packages: [
    {
      id: 'cargo:.#mcp-hash-tools',
      ecosystem: 'cargo',
      path: '.',
      name: 'mcp-hash-tools',
      version: '0.1.0',
      manifest: 'Cargo.toml',
      executables: ['mcp-hash-tools'],
      purl: 'pkg:cargo/mcp-hash-tools@0.1.0',
      role: 'server',
      roleReason: 'depends on rmcp',
      start: {
        args: [{value: 'stdio', origin: 'fixed'}],
        env: {API_KEY: {value: 'dummy key', origin: 'asked', secret: true}},
        transport: 'stdio',
        source: 'README.md, line 42',
      },
    },
  ],
  findings: [
    {level: 'notice', subject: 'server.json', text: 'version is "0.0.9"; 0.1.0 is stamped', hint: 'Nothing to do.'},
  ],
  warnings: [],
  files: [...built, ...companions],
  servers,
  skipped: [
    {subject: 'image', reason: 'no docker, podman or buildkit on this machine', hint: 'Install Docker with buildx.'},
    {subject: 'darwin/arm64', reason: 'needs a linker for Mach-O', hint: 'Install zig, or release on a macOS runner.'},
  ],
  steps: [
    step('plan', 0.3, 0.1),
    step('cross compile', 61.2, 60.7),
    {...step('build wheel', 4.2, 3.9), warnings: ['Cargo.toml: has no repository']},
    step('build npm', 1.1, 0.9),
    step('verify', 6.8, 6.1),
    step('sbom', 5.6, 5.4),
    step('sign', 3.1, 2.9),
    step('release', 1.4, 0),
  ],
  release: {tag: 'v0.1.0', state: 'published', draft: false, prerelease: false, downloaded: 22, assets: 22},
  verify: [
    'sha256sum --check SHA256SUMS',
    'cosign verify-blob --key cosign.pub --bundle SHA256SUMS.sigstore.json --private-infrastructure SHA256SUMS',
  ],
}

/** A project that could not be released on this machine. */
export const skipped: Report = {
  schemaVersion: 1,
  name: 'mcp-json-tools',
  source: 'examples/go',
  status: 'skipped',
  reason: 'Go is not installed.\nInstall Go 1.24 or newer.',
  dirty: false,
  startedAt: '2026-11-23T02:35:01Z',
  seconds: 0.2,
  toolSeconds: 0,
  packages: [],
  findings: [],
  warnings: [],
  files: [],
  servers: [],
  skipped: [],
  steps: [],
  verify: [],
}

const impure = built[4]?.name ?? ''

const {release: _, ...unreleased} = released

/** A release that stopped because a server wrote to its standard output. */
export const failed: Report = {
  ...unreleased,
  name: 'mcp-text-tools',
  source: 'examples/typescript',
  status: 'failed',
  reason: `${impure}: the server wrote "Listening on stdio" to its standard output`,
  files: built.slice(4, 5),
  servers: [
    {
      file: impure,
      status: 'failed',
      reason: 'the server wrote "Listening on stdio" to its standard output',
      hint: 'Write logs to standard error: console.error instead of console.log.',
      protocol,
      tools: [],
      checks: checks({'stdout-purity': {status: 'failed', detail: 'line 1: Listening on stdio'}}),
    },
  ],
  skipped: [],
  steps: [
    step('plan', 0.2, 0.1),
    step('build npm', 2.4, 2.2),
    {...step('verify', 3.1, 2.8), status: 'failed', error: 'one of one servers did not pass\nSee logs/verify.log'},
    {...step('sign', 0, 0), status: 'skipped'},
  ],
  verify: [],
}
