import {type Host, realHost} from '@mcp-release/action-kit'
import {tarGz} from '@mcp-release/archives'
import {type Plan, describeFile, formatFragment, formatJson} from '@mcp-release/release-model'

export const tarball = 'demo-1.0.0.tgz'
export const archive = 'demo_1.0.0_linux_amd64.tar.gz'

/** A release of an npm package and a program in two build jobs. */
export const plan: Plan = {
  schemaVersion: 1,
  name: 'demo',
  version: {tag: 'v1.0.0', text: '1.0.0', semver: '1.0.0', pep440: '1.0.0', prerelease: false, channel: 'stable'},
  commit: 'c'.repeat(40),
  sourceDate: 0,
  packages: [],
  jobs: [],
  bundles: [],
  artifacts: [
    {name: tarball, kind: 'npm-package', job: 'npm'},
    {name: archive, kind: 'archive', platform: 'linux/amd64', job: 'go'},
    {name: `${tarball}.spdx.json`, kind: 'sbom', subject: tarball},
    {name: 'release-manifest.json', kind: 'manifest'},
    {name: 'SHA256SUMS', kind: 'checksums'},
    {name: `${tarball}.sigstore.json`, kind: 'signature', subject: tarball},
    {name: 'SHA256SUMS.sigstore.json', kind: 'signature', subject: 'SHA256SUMS'},
  ],
  skipped: [],
  findings: [],
  settings: {'verify-on': ['linux/amd64', 'darwin/arm64', 'windows/amd64']},
}

/** The inputs of the action, all stages but `stage`. */
export const inputs = {
  plan: 'plan.json',
  directory: 'files',
  handovers: 'handovers',
  fragments: 'fragments',
  seal: 'seal.json',
  sha256: undefined,
  signatures: undefined,
  sealed: undefined,
  verified: undefined,
  verification: undefined,
  notes: undefined,
}

/** A machine with a plan and an otherwise empty workspace. */
export async function machineIn(workspace: string, env: NodeJS.ProcessEnv): Promise<Host> {
  const own = {GITHUB_WORKSPACE: workspace, RUNNER_TEMP: `${workspace}-temp`, GITHUB_STEP_SUMMARY: ''}
  const host = realHost({...env, ...own})
  await host.files.write('plan.json', formatJson(plan))
  return host
}

/** The header of an ELF executable for a processor (62: amd64, 183: arm64). */
export function elf(processor: number): Uint8Array {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32BE(0x7f454c46)
  bytes.writeUInt8(2, 4)
  bytes.writeUInt8(1, 5)
  bytes.writeUInt16LE(2, 16)
  bytes.writeUInt16LE(processor, 18)
  return bytes
}

/** A gzipped tarball. */
export function packed(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => ({
    name,
    mode: 0o755 as const,
    content: Buffer.from(content),
  }))
  return tarGz(entries, {time: 0})
}

/** Writes what a job hands over, with a fragment that describes it as the plan does. */
export async function handOver(host: Host, job: string, files: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const folder = `handovers/built-${job}`
  const artifacts = []
  for (const [name, content] of Object.entries(files)) {
    await host.files.write(`${folder}/files/${name}`, content)
    const {kind = 'archive', platform} = plan.artifacts.find(each => each.name === name) ?? {}
    artifacts.push(
      await describeFile(host.files, `${folder}/files/${name}`, {
        name,
        kind,
        ...(platform === undefined ? {} : {platform}),
      }),
    )
  }
  await host.files.write(`${folder}/fragment.json`, formatFragment(artifacts))
}

/** Hands over all that the plan wants. */
export async function handOverAll(host: Host): Promise<void> {
  await handOver(host, 'npm', {[tarball]: packed({'package/package.json': '{}'})})
  await handOver(host, 'go', {[archive]: packed({demo: elf(62)})})
}
