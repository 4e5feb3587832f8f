import {join} from 'node:path'
import {type Host, InputError} from '@mcp-release/action-kit'
import {type Platform, executableSuffix, isPlainName, platformSlices} from '@mcp-release/release-model'
import type {Inputs} from './inputs'
import {type Build, type Compilation, names} from './plan'
import type {Revision} from './revision'

/** What a Go module says of itself. */
export interface GoProject {
  readonly name: string
  /** Whether its dependencies lie in its own folder `vendor`. */
  readonly vendored: boolean
}

const installHint = 'Install Go (on a runner: the action actions/setup-go) and put it on PATH.'

/** Reads go.mod. */
export async function readGoProject(host: Host, inputs: Inputs): Promise<GoProject> {
  const modules = await host.files.stat(join(inputs.directory, 'vendor/modules.txt'))
  const name = inputs.name ?? moduleName(await host.files.readText(join(inputs.directory, 'go.mod')))
  if (name === undefined || !isPlainName(name)) {
    throw new InputError([`go.mod: the module path gives no usable name (${JSON.stringify(name)})`], {
      hint: 'Give name.',
    })
  }
  return {name, vendored: modules?.kind === 'file'}
}

/** The last part of the module path, without the major version: `example.org/x/server/v2` → `server`. */
export function moduleName(text: string): string | undefined {
  const [, path] = /^\s*module\s+["`]?([^\s"`]+)/m.exec(text) ?? []
  return path
    ?.replace(/\/v\d+$/, '')
    .replace(/\.v\d+$/, '')
    .split('/')
    .at(-1)
}

/** The commands that build a Go module; the same sources and Go give the same bytes anywhere. */
export function planGo({
  inputs,
  project,
  revision,
  work,
}: {
  inputs: Inputs
  project: GoProject
  revision: Revision
  work: string
}): readonly Build[] {
  const compilation = (platform: Platform): Compilation => {
    const binary = join(work, platform.replaceAll('/', '_'), project.name + executableSuffix(platform))
    const argv = [
      'go',
      'build',
      ...(project.vendored ? [] : ['-mod=readonly']),
      '-trimpath',
      '-buildvcs=false',
      '-ldflags',
      linkerFlags(revision),
      '-o',
      binary,
      inputs.main,
    ]
    return {argv, env: goEnvironment(platform, revision), binary}
  }
  return inputs.targets.map(platform => ({
    ...names({name: project.name, version: revision.version.semver, output: inputs.output}, platform),
    parts: platformSlices(platform).map(compilation),
  }))
}

function linkerFlags({version, commit, time}: Revision): string {
  const date = new Date(time * 1000).toISOString().replace('.000Z', 'Z')
  const values = {version: version.semver, ...(commit === undefined ? {} : {commit}), date}
  return ['-s -w -buildid=', ...Object.entries(values).map(([name, value]) => `-X main.${name}=${value}`)].join(' ')
}

function goEnvironment(platform: Platform, {time}: Revision): Record<string, string> {
  const [os = '', arch = '', variant] = platform.split('/')
  return {
    CGO_ENABLED: '0',
    GOOS: os,
    GOARCH: arch,
    // Set, not emptied: an empty variable would let `go env -w` speak, and these all change the bytes.
    GOFLAGS: '-trimpath',
    GOAMD64: 'v1',
    GOARM64: 'v8.0',
    GOARM: variant?.slice(1) ?? '7',
    GO386: 'sse2',
    GORISCV64: 'rva20u64',
    GOPPC64: 'power8',
    SOURCE_DATE_EPOCH: String(time),
  }
}

/** Checks that Go is there and downloads the dependencies once, so that a network failure shows before the builds. */
export async function prepareGo(host: Host, inputs: Inputs, {vendored}: GoProject): Promise<void> {
  const options = {cwd: inputs.directory, env: {GOFLAGS: '-trimpath'}, installHint}
  await host.exec(['go', 'version'], options)
  if (!vendored) await host.exec(['go', 'mod', 'download'], options)
}
